// The answers that a place may offer which shows no more than a line or two: a menu of the tray, a notification.
import type { Choice } from './asked-question.ts';
import { isGuessed } from './answer-words.ts';
import type { SessionView } from './session.ts';

/** Characters of a command that such a place is sure to show whole: what nobody can read in full, nobody agrees to there. */
const longestShown = 150;
/** Never what lasts longer than this once. */
const passing: ReadonlySet<Choice['meaning']> = new Set(['allow-once', 'deny', 'other']);

/** @param locked nobody who sees the screen has proved who they are: nothing that approves */
export function offeredAnswers(
  { question }: Pick<SessionView, 'question'>,
  { locked }: { readonly locked: boolean },
): readonly Choice[] {
  if (question === null || isGuessed(question)) return [];
  const offered = question.choices.filter(({ meaning }) => passing.has(meaning));
  const isShort = (question.command ?? '').length <= longestShown;
  const onlyDenying = locked || question.kind === 'trust' || !isShort;
  return onlyDenying ? offered.filter(({ meaning }) => meaning === 'deny') : offered;
}
