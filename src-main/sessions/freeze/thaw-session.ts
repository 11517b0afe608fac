// Continues a paused session from where it was.
import type { AtheneContract } from '#shared/contract/contract.ts';
import { notFrozen, type FrozenState } from '#shared/domain/frozen.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import { continueTree } from '../../lib/process-freeze.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { changeSession, findSession } from '../session-record.ts';
import { treeOf } from './session-trees.ts';

type ThawProblem = Problem<CodeOf<AtheneContract, 'session.thaw'>>;

export interface ThawedSession {
  /** It was not paused. */
  readonly already: boolean;
  /** Pids that could not be continued. */
  readonly left: readonly number[];
}

/**
 * The processes go first: after a crash in the middle the session is still shown as paused, and never the other way round. Once more behind
 * the record, since whoever keeps paused sessions paused may have come in between.
 */
export async function thawSession(
  dependencies: SessionDependencies,
  id: string,
): Promise<Result<ThawedSession, ThawProblem>> {
  const found = findSession(dependencies, id);
  if (!found.ok) return found;
  const { frozen } = found.value;
  if (frozen === null) return ok({ already: true, left: [] });
  await continueAll(dependencies, frozen);
  await changeSession(dependencies, 'thaw', id, (record, now) =>
    record.frozen === null ? record : { ...record, ...notFrozen, thawedAt: now },
  );
  return ok({ already: false, left: await continueAll(dependencies, frozen) });
}

/** Returns the pids that could not be continued. */
export async function continueAll(
  { runtime }: Pick<SessionDependencies, 'runtime'>,
  { terminals, stoppedBefore }: FrozenState,
): Promise<readonly number[]> {
  const left = await Promise.all(terminals.map((terminal) => continueTree(treeOf(runtime, terminal), stoppedBefore)));
  return left.flat();
}
