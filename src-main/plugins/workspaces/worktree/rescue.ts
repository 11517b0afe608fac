// Puts aside what a removal would lose: a commit of the snapshot under a private ref. Nothing to lose, nothing made.
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Git } from '../../../lib/git.ts';
import type { HomePaths } from '../../../storage/paths.ts';
import type { WorkspaceProblem } from '../workspace.ts';
import { couldNotAsk, keptBy, objectName } from './repository.ts';
import { rescueFailed, saveCommit } from './rescue-ref.ts';
import { holdsWork, takeSnapshot, type Snapshot } from './snapshot.ts';
import type { WorktreePlace } from './worktree-place.ts';

interface Rescue {
  readonly git: Git;
  readonly paths: HomePaths;
  readonly session: string;
  readonly place: WorktreePlace;
  /** A checkout that was cut off lacks files that HEAD holds: those are no loss. */
  readonly halfMade: boolean;
  /** Refuse instead of putting anything aside. */
  readonly onlySaved?: boolean;
}

/** The value is the ref, or null when everything is in a commit that a local branch keeps. */
export async function rescue(task: Rescue): Promise<Result<string | null, WorkspaceProblem>> {
  const snapshot = await takeSnapshot(task, task.place);
  if (!snapshot.ok) return snapshot;
  const needed = await isNeeded(task, snapshot.value);
  if (!needed.ok) return needed;
  if (!needed.value) return ok(null);
  if (task.onlySaved === true) return fail(unsaved(task.session));
  const commit = await commitSnapshot(task, snapshot.value);
  if (!commit.ok) return commit;
  return saveCommit(task.git, task.place.path, task.session, commit.value);
}

async function isNeeded(
  { git, place, halfMade }: Rescue,
  snapshot: Snapshot,
): Promise<Result<boolean, WorkspaceProblem>> {
  const { head, headTree, filesTree } = snapshot;
  if (halfMade) {
    // By exit code: 0 = nothing beyond what HEAD holds, 1 = something.
    const args = ['diff-tree', '-r', '--quiet', '--diff-filter=d', headTree, filesTree];
    const added = await git.run(place.path, args);
    if (!added.ok) return added.problem.code === 1 ? ok(true) : fail(couldNotAsk(added.problem));
  } else if (holdsWork(snapshot)) return ok(true);
  if (head === null) return ok(false);
  const keeper = await keptBy(git, place.path, head, { in: ['refs/heads'] });
  return keeper.ok ? ok(keeper.value === null) : fail(couldNotAsk(keeper.problem));
}

async function commitSnapshot(task: Rescue, snapshot: Snapshot): Promise<Result<string, WorkspaceProblem>> {
  const { head, headTree, filesTree, stagedTree } = snapshot;
  const parents = head === null ? [] : [head];
  if (stagedTree !== null && stagedTree !== headTree && stagedTree !== filesTree) {
    const staged = await commitTree(task, stagedTree, parents, `What was staged in session ${task.session}`);
    if (!staged.ok) return staged;
    parents.push(staged.value);
  }
  return commitTree(task, filesTree, parents, `Rescue of session ${task.session}`);
}

const author = {
  GIT_AUTHOR_NAME: 'Athene',
  GIT_AUTHOR_EMAIL: 'athene@localhost',
  GIT_COMMITTER_NAME: 'Athene',
  GIT_COMMITTER_EMAIL: 'athene@localhost',
} as const;

async function commitTree(
  { git, place }: Rescue,
  tree: string,
  parents: readonly string[],
  message: string,
): Promise<Result<string, WorkspaceProblem>> {
  const args = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])];
  const made = objectName(await git.run(place.path, args, { input: message, env: author }));
  return made.ok ? made : fail(rescueFailed(made.problem.details));
}

const unsaved = (session: string): WorkspaceProblem => ({
  code: 'workspace-dirty',
  what: `The worktree of ${session} holds work that is not committed, or that no branch has.`,
  kept: 'Nothing was removed.',
  todo: 'Have it committed first. A person can remove it all the same: it is put aside then.',
});
