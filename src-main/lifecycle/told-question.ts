// What an agent's hooks told of a question: that it asks one, as long as nothing that they told later has done away with it, or that it went on.
import type { FoundQuestion } from '#shared/domain/asked-question.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { factsByNow } from '#shared/domain/this-clock.ts';
import { turnOf } from '#shared/domain/turn.ts';
import type { ReadTransaction } from '../storage/store.ts';
import type { HookFacts } from './hook-facts.ts';

export interface ToldQuestion {
  /** Null when it asks nothing, as far as hooks tell. */
  readonly asked: { readonly found: FoundQuestion; readonly at: number } | null;
  /** When a hook last told that it works, or rests: what was on the screen before that is not asked any more. Null when it asks, or none told. */
  readonly wentOnAt: number | null;
}

export type ToldQuestions = (tx: ReadTransaction, record: SessionRecord) => ToldQuestion;

export const toldQuestions =
  (hooks: HookFacts, now: () => number): ToldQuestions =>
  (tx, record) => {
    const begun = record.restoredAt ?? record.lifecycle.session.startedAt ?? 0;
    const { turn } = turnOf(factsByNow(hooks(tx, record), begun, now()), now());
    if (turn.kind === 'asks') {
      return { asked: { found: turn.fact.claim.question, at: turn.fact.at }, wentOnAt: null };
    }
    return { asked: null, wentOnAt: turn.kind === 'unknown' ? null : turn.fact.at };
  };
