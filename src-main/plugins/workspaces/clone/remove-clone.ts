// Removes a session's clone for good: proof of the place, nobody in it, every commit brought home, and only then the directory.
import { isDeepStrictEqual } from 'node:util';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { probePath, removeDirectory } from '../../../lib/files.ts';
import type { Removal, RemovalReport, WorkspaceProblem, WorkspaceSpec } from '../workspace.ts';
import type { HomePaths } from '../../../storage/paths.ts';
import { couldNotAsk, openRepository } from '../worktree/repository.ts';
import { rescue } from '../worktree/rescue.ts';
import { takeSnapshot, type Snapshot, type SnapshotDependencies } from '../worktree/snapshot.ts';
import { inTheWay, obstacle, type WorktreePlace } from '../worktree/worktree-place.ts';
import type { WorktreeDependencies } from '../worktree/worktree-dependencies.ts';
import { bringHome } from './bring-home.ts';
import { commitsOf, type CloneCommit } from './clone-commits.ts';
import { proveLoneClone } from './clone-place.ts';

type Place = Pick<WorkspaceSpec, 'project' | 'session'>;
type Terms = Pick<Removal, 'onlySaved' | 'discardLarge' | 'afterRescue'>;

export async function removeClone(
  dependencies: WorktreeDependencies,
  place: Removal,
): Promise<Result<RemovalReport, WorkspaceProblem>> {
  const path = dependencies.paths.worktreeFor(place.project.id, place.session);
  if (place.path !== path) return fail(elsewhere(place.path, path));
  if (probePath(path).kind === 'absent') return ok({ rescueRef: null });
  const repository = await openRepository(dependencies.git, place.project.path);
  if (!repository.ok) return fail({ ...repository.problem, code: 'cannot-tell', kept: 'Nothing was removed.' });
  return emptyAndRemove(dependencies, place, { ...place, keepBranch: true });
}

/** For a look before: proven, or null when nothing is there. */
export async function findClone({ git, paths }: WorktreeDependencies, { project, session, path }: Removal) {
  const around = { root: paths.worktrees, checkout: project.path };
  if (path !== paths.worktreeFor(project.id, session))
    return fail(elsewhere(path, paths.worktreeFor(project.id, session)));
  return probePath(path).kind === 'absent' ? ok(null) : proveLoneClone(git, path, around);
}

/** @param keepBranch the branch that is checked out becomes one of the project also when it holds nothing new */
export async function emptyAndRemove(
  dependencies: WorktreeDependencies,
  { project, session }: Place,
  how: Terms & { readonly path: string; readonly keepBranch: boolean },
): Promise<Result<RemovalReport, WorkspaceProblem>> {
  const { git, paths } = dependencies;
  const { path, keepBranch, onlySaved = false, discardLarge = false, afterRescue } = how;
  const proof = await proveLoneClone(git, path, { root: paths.worktrees, checkout: project.path });
  if (!proof.ok) return proof;
  const task = { git, paths, session, place: proof.value, halfMade: false, onlySaved, discardLarge };
  let earlier: string | null = null;
  for (let turn = 1; turn <= mostTurns; turn += 1) {
    const blocked = await obstacle(proof.value, { halfMade: false });
    if (blocked !== null) return fail(blocked);
    const put = await rescue(task);
    if (!put.ok) return put;
    const home = await bringHome(git, { project: project.path, clone: path, session, keepBranch });
    if (!home.ok) return home;
    const { rescued, commits } = home.value;
    const rescueRef: string | null =
      rescued.find(({ from }) => from === put.value.ref)?.ref ?? rescued[0]?.ref ?? earlier;
    if (turn === 1 && afterRescue !== undefined) {
      earlier = rescueRef;
      const stopped = await afterRescue();
      if (stopped !== null) return fail(stopped);
      continue;
    }
    const unchanged = await isAsBrought(task, { snapshot: put.value.snapshot, commits });
    if (!unchanged.ok) return unchanged;
    if (unchanged.value) return deleteClone(paths, path, rescueRef);
    earlier = rescueRef;
  }
  return fail(inTheWay(path, 'somebody is writing in it'));
}

const mostTurns = 4;

/** Only what a second look finds unchanged is taken: somebody may be writing, or committing, without being in it. */
async function isAsBrought(
  task: SnapshotDependencies & { readonly place: WorktreePlace },
  { snapshot, commits }: { readonly snapshot: Snapshot; readonly commits: readonly CloneCommit[] },
): Promise<Result<boolean, WorkspaceProblem>> {
  const again = await takeSnapshot(task, task.place);
  if (!again.ok) return again;
  const held = await commitsOf(task.git, task.place.path);
  if (!held.ok) return fail(couldNotAsk(held.problem));
  const same = isDeepStrictEqual(again.value, { ...snapshot, abandoned: again.value.abandoned });
  return ok(same && isDeepStrictEqual(held.value, commits));
}

async function deleteClone(
  { worktrees }: HomePaths,
  path: string,
  rescueRef: string | null,
): Promise<Result<RemovalReport, WorkspaceProblem>> {
  try {
    await removeDirectory(path, worktrees);
  } catch (error) {
    return fail(notRemoved(path, String(error)));
  }
  return ok({ rescueRef });
}

const elsewhere = (path: string, expected: string): WorkspaceProblem => ({
  code: 'cannot-tell',
  what: `The session's clone should be ${expected}, but is noted as ${path}.`,
  kept: 'Nothing was removed.',
  todo: 'If Athene was moved to another home, look at the clone and remove it by hand.',
});

const notRemoved = (path: string, details: string): WorkspaceProblem => ({
  code: 'workspace-failed',
  what: `The clone ${path} could not be removed.`,
  kept: "All its commits and unsaved files are in the project's repository.",
  todo: 'Look at the details; files of another user are the usual reason. Then try again.',
  details,
});
