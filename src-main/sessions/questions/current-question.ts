// What a session asks now, with the id by which it is answered. Whoever asks needs no app that looks at screens.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { AskedQuestion } from '#shared/domain/asked-question.ts';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import { listOpenQuestions, type StoredQuestion } from '../../storage/questions.ts';
import type { ReadTransaction } from '../../storage/store.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { findSession } from '../session-record.ts';
import { lookWhenAtRest, type QuestionLook } from './look-at-question.ts';
import { showQuestion, type ShownQuestion } from './show-question.ts';
import { shownTogether, type FoundAt } from './shown-together.ts';

type QuestionProblem = Problem<CodeOf<AtheneContract, 'session.question'>>;

export async function currentQuestion(
  dependencies: SessionDependencies,
  id: string,
  told: (tx: ReadTransaction, record: SessionRecord) => { readonly asked: FoundAt | null },
): Promise<Result<AskedQuestion | null, QuestionProblem>> {
  const found = findSession(dependencies, id);
  if (!found.ok) return fail({ ...found.problem, code: 'session-unknown' });
  const { terminal, lifecycle } = found.value;
  if (terminal === null || isTerminal(lifecycle)) return ok(null);
  const look = await lookWhenAtRest(dependencies, id, terminal);
  if (look.kind === 'unknown') {
    return fail({ code: 'runtime-unreachable', what: `What ${id} asks can't be seen: ${look.why}` });
  }
  const { asked } = dependencies.store.read((tx) => told(tx, found.value));
  await showQuestion(dependencies, id, shownBy(look, terminal, asked));
  return ok(dependencies.store.read((tx) => listOpenQuestions(tx, id)).map(asAsked)[0] ?? null);
}

export const asAsked = ({ found, id, source, asked }: StoredQuestion): AskedQuestion => ({
  ...found,
  ...{ id, source, at: asked },
});

/** Whatever was typed before, this is what stands there now that it is at rest. */
function shownBy(
  look: Exclude<QuestionLook, { kind: 'unknown' }>,
  terminal: string,
  told: FoundAt | null,
): ShownQuestion {
  if (look.kind === 'ended') return { kind: 'nothing', why: 'ended' };
  const { found, status } = look;
  const at = Math.max(status.lastOutputAt ?? 0, status.inputAt ?? 0);
  const together = shownTogether(told, found === null ? null : { found, at }, status.inputAt);
  return together === null
    ? { kind: 'nothing', why: 'withdrawn' }
    : { kind: 'asks', terminal, ...together, typedAt: status.inputAt };
}
