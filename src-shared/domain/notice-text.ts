// The words of a notice. They come from agents and people, and go to programs that may show markup and believe what it says.
import type { NoticeKind } from './notice.ts';
import { plainLine } from './plain-line.ts';
import type { SessionView } from './session.ts';
import { stateWords } from './state-words.ts';
import type { ScreenState } from './status.ts';

/** Code points. */
const longestTitle = 80;
const longestBody = 200;
const longestName = 30;
/** Names that a bundle says; of the others only the number. */
const named = 4;

/** Of one session: what it does, and why we say so. */
export function textOfOne({ id, name, project, state, because, question, told }: SessionView): {
  title: string;
  body: string;
} {
  const says = told?.to === 'person' ? told.says : null;
  const phrase = says?.phrase ?? phrases[state] ?? `is: ${stateWords[state]}`;
  return {
    title: `${plainLine(name, longestTitle - phrase.length - 1) || id} ${phrase}`,
    body: plainLine(`${project} · ${says?.why || (question?.command ?? question?.text ?? because)}`, longestBody),
  };
}

/** Of three and more. `now` in milliseconds since the epoch. */
export function textOfMany(
  kind: NoticeKind,
  sessions: readonly SessionView[],
  now: number,
): { title: string; body: string } {
  const inOrder = sessions.toSorted((a, b) => a.since - b.since);
  const names = inOrder.slice(0, named).map(({ id, name }) => plainLine(name, longestName) || id);
  const more = inOrder.length - names.length;
  const all = listed(more === 0 ? names : [...names, `${more} more`]);
  const oldest = kind === 'finished' ? '' : forHowLong(now - (inOrder[0]?.since ?? now));
  return { title: `${sessions.length} agents ${verbs[kind]}`, body: plainLine(`${all}${oldest}`, longestBody) };
}

const phrases: Partial<Record<ScreenState, string>> = {
  'asks-permission': 'asks permission',
  'asks-you': 'asks you',
  stuck: 'is stuck',
  'ci-failing': 'fails CI',
  conflict: 'has a conflict',
  'ready-to-land': 'is ready to land',
  crashed: 'crashed',
  lost: 'is lost',
  merged: 'was merged',
  done: 'is done',
};

const verbs: Readonly<Record<NoticeKind, string>> = {
  waiting: 'are waiting',
  broken: 'are broken',
  ready: 'are ready to land',
  finished: 'have finished',
};

const listed = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** Nothing for less than a minute. */
function forHowLong(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return '';
  const [count, unit] =
    minutes < 60
      ? [minutes, 'minute']
      : minutes < 24 * 60
        ? [Math.floor(minutes / 60), 'hour']
        : [Math.floor(minutes / (24 * 60)), 'day'];
  return `, the oldest for ${count} ${unit}${count === 1 ? '' : 's'}`;
}
