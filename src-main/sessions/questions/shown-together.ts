// What a session asks, from what its hooks told and what its screen shows. Pure.
import type { AskedQuestion, FoundQuestion } from '#shared/domain/asked-question.ts';
import { joinQuestion } from '#shared/domain/join-question.ts';

export interface FoundAt {
  readonly found: FoundQuestion;
  /** Since when, in milliseconds since the epoch. */
  readonly at: number;
}

/**
 * @param told null when no hook has told of a question that still stands
 * @param typedAt when somebody last typed: what only a hook told of is taken to be answered then
 */
export function shownTogether(
  told: FoundAt | null,
  shown: FoundAt | null,
  typedAt: number | null,
): (FoundAt & { readonly source: AskedQuestion['source'] }) | null {
  if (shown === null) return told === null || (typedAt ?? 0) > told.at ? null : { ...told, source: 'hook' };
  const both = told === null ? null : joinQuestion(told.found, shown.found);
  return both === null ? { ...shown, source: 'screen' } : { source: 'both', found: both, at: shown.at };
}
