// How the cause of a notice went away, as one sentence for people.
import { noticeKindOf, type NoticeKind } from './notice.ts';
import type { SessionView } from './session.ts';
import { stateWords } from './state-words.ts';

/**
 * @param view the session as it is now; null: there is none any more
 * @param answered how its question was answered since the notice; null: nobody is known to have answered it
 */
export function resolvedBecause(
  kind: NoticeKind,
  view: Pick<SessionView, 'state' | 'archived'> | null,
  answered: Answered | null,
): string {
  if (view === null) return 'The session was removed.';
  if (view.archived) return 'It was archived.';
  if (view.state === 'stopped') return 'It was stopped.';
  const next = noticeKindOf(view.state);
  if (next !== null) return `It is something else now: ${stateWords[view.state].toLowerCase()}.`;
  return kind === 'waiting' && answered !== null ? answeredWords(answered) : endings[kind];
}

/** `by`: `person`, or the id of the session that leads it. */
export type Answered = { readonly where: 'terminal' } | { readonly where: 'athene'; readonly by: string };

function answeredWords(answered: Answered): string {
  if (answered.where === 'terminal') return 'It was answered in its terminal.';
  return answered.by === 'person' ? 'You answered it here.' : `${answered.by} answered it.`;
}

const endings: Readonly<Record<NoticeKind, string>> = {
  waiting: 'It went on by itself.',
  broken: 'It runs again.',
  ready: 'It is not ready to land any more.',
  finished: 'It works again.',
};
