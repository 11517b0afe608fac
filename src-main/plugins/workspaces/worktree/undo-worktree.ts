// Takes back the making of a worktree, whole or cut off at any moment, by this process or by one that is gone.
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSafeBranch } from '#shared/domain/branch.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { listDirectory, probePath, readTextIfThere, removeDirectory } from '../../../lib/files.ts';
import type { RemovalReport, WorkspaceProblem, WorkspaceSpec } from '../workspace.ts';
import { findMarked } from '../../../lib/occupants.ts';
import {
  couldNotAsk,
  keptBy,
  listRegistrations,
  openRepository,
  resolveCommit,
  type Repository,
} from './repository.ts';
import { deleteWorktree } from './remove-worktree.ts';
import { rescue } from './rescue.ts';
import { dropStaleRegistration } from './stale-registration.ts';
import { obstacle, provePlace } from './worktree-place.ts';
import type { WorktreeDependencies } from './worktree-dependencies.ts';

export async function undoWorktree(
  dependencies: WorktreeDependencies,
  spec: WorkspaceSpec,
  branchCreated: boolean,
): Promise<Result<RemovalReport, WorkspaceProblem>> {
  const path = dependencies.paths.worktreeFor(spec.project.id, spec.session);
  const repository = await openRepository(dependencies.git, spec.project.path);
  if (!repository.ok) return probePath(path).kind === 'absent' ? ok({ rescueRef: null }) : repository;
  if (!(await gitHasEnded(path))) return fail(stillAtWork(path));
  try {
    const removed = await removeHalfMade(dependencies, spec, path, repository.value);
    if (!removed.ok || !branchCreated) return removed;
    const branch = await deleteUnusedBranch(dependencies, spec);
    return branch.ok ? removed : branch;
  } catch (error) {
    return fail(undoFailed(path, String(error)));
  }
}

/** Milliseconds. A git whose starter was killed goes on to its end; nothing may be judged before. */
const patience = 15_000;

export async function gitHasEnded(path: string): Promise<boolean> {
  const deadline = performance.now() + patience;
  while (findMarked(`ATHENE_WORKTREE=${path}`).length > 0) {
    if (performance.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

async function removeHalfMade(
  dependencies: WorktreeDependencies,
  spec: WorkspaceSpec,
  path: string,
  repository: Repository,
): Promise<Result<RemovalReport, WorkspaceProblem>> {
  const { paths } = dependencies;
  const files = probePath(path).kind === 'directory' ? listDirectory(path).filter((name) => name !== '.git') : null;
  if (files !== null && files.length > 0) return removeFilled(dependencies, spec, path, repository);
  // Nothing was checked out yet: there can be no work in it.
  if (files !== null) await removeDirectory(path, paths.worktrees);
  const dropped = await dropStaleRegistration(dependencies, spec, path);
  if (!dropped.ok) return dropped;
  await removeBrokenEntry(repository, path);
  return ok({ rescueRef: dropped.value });
}

async function removeFilled(
  dependencies: WorktreeDependencies,
  spec: WorkspaceSpec,
  path: string,
  repository: Repository,
): Promise<Result<RemovalReport, WorkspaceProblem>> {
  const place = provePlace(path, dependencies.paths.worktrees, repository);
  if (!place.ok) return place;
  const blocked = await obstacle(place.value, { halfMade: true });
  if (blocked !== null) return fail(blocked);
  const rescued = await rescue({ ...dependencies, session: spec.session, place: place.value, halfMade: true });
  if (!rescued.ok) return rescued;
  return deleteWorktree(dependencies, spec.project.path, path, rescued.value.ref);
}

/** git's own entry, cut off before it said which directory it is for: git neither lists nor prunes that one. */
async function removeBrokenEntry({ commonDirectory }: Repository, path: string): Promise<void> {
  const root = join(commonDirectory, 'worktrees');
  const entry = join(root, basename(path));
  if (probePath(entry).kind !== 'directory' || probePath(join(entry, 'HEAD')).kind !== 'absent') return;
  const pointer = readTextIfThere(join(entry, 'gitdir'), { maxBytes: 8192 })?.trim() ?? '';
  if (pointer === '' || pointer === join(path, '.git')) await removeDirectory(entry, root);
}

/** A branch that nobody has checked out and whose commits are all on others too is only a name. */
async function deleteUnusedBranch(
  { git }: WorktreeDependencies,
  { project, branch }: WorkspaceSpec,
): Promise<Result<null, WorkspaceProblem>> {
  if (!isSafeBranch(branch)) return ok(null);
  const ref = `refs/heads/${branch}`;
  const tip = await resolveCommit(git, project.path, ref);
  if (!tip.ok) return fail(couldNotAsk(tip.problem));
  if (tip.value === null) return ok(null);
  const registrations = await listRegistrations(git, project.path);
  if (!registrations.ok) return registrations;
  if (registrations.value.some((registration) => registration.branch === ref)) return ok(null);
  const where = { in: ['refs/heads', 'refs/remotes', 'refs/tags'], except: ref };
  const keeper = await keptBy(git, project.path, tip.value, where);
  if (!keeper.ok) return fail(couldNotAsk(keeper.problem));
  if (keeper.value === null) return ok(null);
  const deleted = await git.run(project.path, ['update-ref', '-d', ref, tip.value]);
  if (!deleted.ok) return fail(couldNotAsk(deleted.problem));
  // Its upstream, when it had one; git refuses when there is nothing to take, which is fine.
  await git.run(project.path, ['config', '--local', '--remove-section', `branch.${branch}`]);
  return ok(null);
}

export const stillAtWork = (path: string): WorkspaceProblem => ({
  code: 'cannot-tell',
  what: `A git that makes ${path} is still at work.`,
  kept: 'Nothing was removed.',
  todo: 'It is tried again when Athene starts next.',
});

const undoFailed = (path: string, details: string): WorkspaceProblem => ({
  code: 'workspace-failed',
  what: `The unfinished worktree ${path} could not be removed.`,
  kept: 'What is there was left as it is.',
  todo: 'Look at the details; remove it by hand when nothing in it matters.',
  details,
});
