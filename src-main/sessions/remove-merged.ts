// What becomes of a session whose pull request was merged: it is ended, and its worktree goes if nothing in it is left to do.
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { SessionDependencies } from './dependencies.ts';
import { killSession } from './kill.ts';
import { removeSession, type Removed } from './remove.ts';

/**
 * For automation: what would have to be put aside first stays, with its session, for a person to look at; so does what still runs or
 * can't be judged. The problem says why.
 * @param ended called once its processes are gone
 */
export async function removeMerged(
  dependencies: SessionDependencies,
  id: string,
  { ended }: { readonly ended?: () => Promise<unknown> } = {},
): Promise<Result<Removed, Problem>> {
  const killed = await killSession(dependencies, id);
  if (!killed.ok) return killed;
  if (killed.value.survivors.length > 0) return fail(survived(id, killed.value.survivors));
  await ended?.();
  const removed = await removeSession(dependencies, id, { onlySaved: true });
  return removed.ok ? ok(removed.value) : removed;
}

const survived = (id: string, pids: readonly number[]): Problem => ({
  code: 'processes-left',
  what: `These processes of ${id} could not be ended: ${pids.join(', ')}.`,
  kept: 'Its worktree and branch are kept.',
});
