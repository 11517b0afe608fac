// How the cause of a notice went away, as one sentence for people.
import { noticeKindOf, type NoticeKind } from './notice.ts';
import type { SessionView } from './session.ts';
import { stateWords } from './state-words.ts';

/**
 * @param view the session as it is now; null: there is none any more
 * @param wasTyped somebody has typed into its terminal since the notice
 */
export function resolvedBecause(
  kind: NoticeKind,
  view: Pick<SessionView, 'state' | 'archived'> | null,
  wasTyped: boolean,
): string {
  if (view === null) return 'The session was removed.';
  if (view.archived) return 'It was archived.';
  if (view.state === 'stopped') return 'It was stopped.';
  const next = noticeKindOf(view.state);
  if (next !== null) return `It is something else now: ${stateWords[view.state].toLowerCase()}.`;
  return kind === 'waiting' && wasTyped ? 'It was answered in its terminal.' : endings[kind];
}

const endings: Readonly<Record<NoticeKind, string>> = {
  waiting: 'It went on by itself.',
  broken: 'It runs again.',
  ready: 'It is not ready to land any more.',
  finished: 'It works again.',
};
