// Removes a session's worktree for good and keeps its branch: proof of the place, nobody in it, rescue, whatever is to run before, and only then the removal.
import { isDeepStrictEqual } from 'node:util';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { probePath } from '../../../lib/files.ts';
import type { Removal, RemovalReport, WorkspaceProblem } from '../workspace.ts';
import { openRepository } from './repository.ts';
import { rescue } from './rescue.ts';
import { takeSnapshot } from './snapshot.ts';
import { dropStaleRegistration } from './stale-registration.ts';
import { inTheWay, obstacle, provePlace, type WorktreePlace } from './worktree-place.ts';
import type { WorktreeDependencies } from './worktree-dependencies.ts';

export async function removeWorktree(
  dependencies: WorktreeDependencies,
  spec: Removal,
): Promise<Result<RemovalReport, WorkspaceProblem>> {
  const found = await findPlace(dependencies, spec);
  if (!found.ok) return found;
  if (found.value === null) {
    const dropped = await dropStaleRegistration(dependencies, spec, spec.path);
    return dropped.ok ? ok({ rescueRef: dropped.value }) : dropped;
  }
  const { session, onlySaved = false, discardLarge = false } = spec;
  const task = { ...dependencies, session, place: found.value, halfMade: false, onlySaved, discardLarge };
  let earlier: string | null = null;
  for (let turn = 1; turn <= mostTurns; turn += 1) {
    const blocked = await obstacle(found.value, { halfMade: false });
    if (blocked !== null) return fail(blocked);
    const rescued = await rescue(task);
    if (!rescued.ok) return rescued;
    const { ref, snapshot } = rescued.value;
    if (turn === 1 && spec.afterRescue !== undefined) {
      earlier = ref;
      const stopped = await spec.afterRescue();
      if (stopped !== null) return fail(stopped);
      continue;
    }
    // Only what a second look finds unchanged is taken: somebody may be writing without being in it.
    const again = await takeSnapshot(task, found.value);
    if (!again.ok) return again;
    if (isDeepStrictEqual(again.value, { ...snapshot, abandoned: again.value.abandoned })) {
      return deleteWorktree(dependencies, spec.project.path, spec.path, ref ?? earlier);
    }
    earlier = ref ?? earlier;
  }
  return fail(inTheWay(spec.path, 'somebody is writing in it'));
}

const mostTurns = 4;

/** The session's own place, proven; null when nothing is there. */
export async function findPlace(
  { git, paths }: WorktreeDependencies,
  spec: Removal,
): Promise<Result<WorktreePlace | null, WorkspaceProblem>> {
  const path = paths.worktreeFor(spec.project.id, spec.session);
  if (spec.path !== path) return fail(elsewhere(spec.path, path));
  const repository = await openRepository(git, spec.project.path);
  if (!repository.ok) return fail({ ...repository.problem, code: 'cannot-tell', kept: 'Nothing was removed.' });
  return probePath(path).kind === 'absent' ? ok(null) : provePlace(path, paths.worktrees, repository.value);
}

/** Milliseconds: a worktree with its `node_modules` has some hundred thousand files. */
const deletionCap = 10 * 60_000;

/** Only after a rescue: takes the directory and git's entry for it. */
export async function deleteWorktree(
  { git }: Pick<WorktreeDependencies, 'git'>,
  repository: string,
  path: string,
  rescueRef: string | null,
): Promise<Result<RemovalReport, WorkspaceProblem>> {
  const removed = await git.run(repository, ['worktree', 'remove', '--force', '--force', '--', path], {
    timeoutMs: deletionCap,
  });
  if (removed.ok) return ok({ rescueRef });
  return fail({
    code: 'workspace-failed',
    what: `git could not remove the worktree ${path}.`,
    kept: rescueRef === null ? 'Its branch is untouched.' : `Unsaved work was put aside as ${rescueRef}.`,
    todo: 'Look at the details; files of another user or open files are the usual reason. Then try again.',
    details: removed.problem.details,
  });
}

const elsewhere = (path: string, expected: string): WorkspaceProblem => ({
  code: 'cannot-tell',
  what: `The session's worktree should be ${expected}, but is noted as ${path}.`,
  kept: 'Nothing was removed.',
  todo: 'If Athene was moved to another home, remove the worktree with git worktree remove.',
});
