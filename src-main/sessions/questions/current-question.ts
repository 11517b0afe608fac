// What a session asks now, with the id by which it is answered. Whoever asks needs no app that looks at screens.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { AskedQuestion } from '#shared/domain/asked-question.ts';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import { listOpenQuestions, type StoredQuestion } from '../../storage/questions.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { findSession } from '../session-record.ts';
import { lookWhenAtRest, type QuestionLook } from './look-at-question.ts';
import { showQuestion, type ShownQuestion } from './show-question.ts';

type QuestionProblem = Problem<CodeOf<AtheneContract, 'session.question'>>;

export async function currentQuestion(
  dependencies: SessionDependencies,
  id: string,
): Promise<Result<AskedQuestion | null, QuestionProblem>> {
  const found = findSession(dependencies, id);
  if (!found.ok) return fail({ ...found.problem, code: 'session-unknown' });
  const { terminal, lifecycle } = found.value;
  if (terminal === null || isTerminal(lifecycle)) return ok(null);
  const look = await lookWhenAtRest(dependencies, id, terminal);
  if (look.kind === 'unknown') {
    return fail({ code: 'runtime-unreachable', what: `What ${id} asks can't be seen: ${look.why}` });
  }
  await showQuestion(dependencies, id, shownBy(look, terminal));
  return ok(dependencies.store.read((tx) => listOpenQuestions(tx, id)).map(asAsked)[0] ?? null);
}

export const asAsked = ({ found, id, source, asked }: StoredQuestion): AskedQuestion => ({
  ...found,
  ...{ id, source, at: asked },
});

/** Whatever was typed before, this is what stands there now that it is at rest. */
function shownBy(look: Exclude<QuestionLook, { kind: 'unknown' }>, terminal: string): ShownQuestion {
  if (look.kind === 'ended') return { kind: 'nothing', why: 'ended' };
  const { found, status } = look;
  if (found === null) return { kind: 'nothing', why: 'withdrawn' };
  const at = Math.max(status.lastOutputAt ?? 0, status.inputAt ?? 0);
  return { kind: 'asks', terminal, source: 'screen', found, at, typedAt: status.inputAt };
}
