// Removes a session's worktree for good and keeps its branch: proof of the place, nobody in it, rescue, and only then the removal.
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { probePath } from '../../../lib/files.ts';
import type { Removal, RemovalReport, WorkspaceProblem } from '../workspace.ts';
import { openRepository } from './repository.ts';
import { rescue } from './rescue.ts';
import { dropStaleRegistration } from './stale-registration.ts';
import { obstacle, provePlace } from './worktree-place.ts';
import type { WorktreeDependencies } from './worktree-dependencies.ts';

export async function removeWorktree(
  dependencies: WorktreeDependencies,
  spec: Removal,
): Promise<Result<RemovalReport, WorkspaceProblem>> {
  const { git, paths } = dependencies;
  const path = paths.worktreeFor(spec.project.id, spec.session);
  if (spec.path !== path) return fail(elsewhere(spec.path, path));
  const repository = await openRepository(git, spec.project.path);
  if (!repository.ok) return fail({ ...repository.problem, code: 'cannot-tell', kept: 'Nothing was removed.' });
  if (probePath(path).kind === 'absent') {
    const dropped = await dropStaleRegistration(dependencies, spec, path);
    return dropped.ok ? ok({ rescueRef: dropped.value }) : dropped;
  }
  const place = provePlace(path, paths.worktrees, repository.value);
  if (!place.ok) return place;
  const blocked = await obstacle(place.value, { halfMade: false });
  if (blocked !== null) return fail(blocked);
  const { session, onlySaved = false } = spec;
  const rescued = await rescue({ ...dependencies, session, place: place.value, halfMade: false, onlySaved });
  if (!rescued.ok) return rescued;
  return deleteWorktree(dependencies, spec.project.path, path, rescued.value);
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
