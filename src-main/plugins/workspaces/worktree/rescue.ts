// Puts aside what a removal would lose: a commit of the snapshot under a private ref. Nothing to lose, nothing made.
import { parentsOf, rescueMessage, type RescueParts } from '#shared/domain/rescue.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Git } from '../../../lib/git.ts';
import type { HomePaths } from '../../../storage/paths.ts';
import type { WorkspaceProblem } from '../workspace.ts';
import { couldNotAsk, keptBy, objectName } from './repository.ts';
import { rescueFailed, saveCommit } from './rescue-ref.ts';
import { holdsWork, takeEntrySnapshot, takeSnapshot, type Snapshot } from './snapshot.ts';
import type { WorktreeEntry, WorktreePlace } from './worktree-place.ts';

/** Put aside, from wherever git finds it. */
type Saving = Omit<Rescue, 'place'> & { readonly place: WorktreeEntry };

interface Rescue {
  readonly git: Git;
  readonly paths: HomePaths;
  readonly session: string;
  readonly place: WorktreePlace;
  /** A checkout that was cut off lacks files that HEAD holds: those are no loss. */
  readonly halfMade: boolean;
  /** Ignored files that are too large to be put aside may go. */
  readonly discardLarge?: boolean;
  /** Refuse instead of putting anything aside. */
  readonly onlySaved?: boolean;
}

export interface Rescued {
  /** Null when everything is in a commit that a local branch keeps. */
  readonly ref: string | null;
  readonly snapshot: Snapshot;
}

export async function rescue(task: Rescue): Promise<Result<Rescued, WorkspaceProblem>> {
  const snapshot = await takeSnapshot(task, task.place);
  if (!snapshot.ok) return snapshot;
  const needed = await isNeeded(task, snapshot.value);
  if (!needed.ok) return needed;
  if (!needed.value) return ok({ ref: null, snapshot: snapshot.value });
  if (task.onlySaved === true) return fail(unsaved(task.session));
  const saved = await saveSnapshot(task, snapshot.value);
  return saved.ok ? ok({ ref: saved.value, snapshot: snapshot.value }) : saved;
}

/** The same for a worktree that is gone: what git still holds of it is put aside. */
export async function rescueEntry(
  task: Pick<Rescue, 'git' | 'paths' | 'session'> & { readonly entry: WorktreeEntry },
): Promise<Result<string | null, WorkspaceProblem>> {
  const snapshot = await takeEntrySnapshot(task, task.entry);
  if (!snapshot.ok) return snapshot;
  const whole = { ...task, place: task.entry, halfMade: false };
  const needed = await isNeeded(whole, snapshot.value);
  if (!needed.ok || !needed.value) return needed.ok ? ok(null) : needed;
  return saveSnapshot(whole, snapshot.value);
}

async function isNeeded(
  { git, place, halfMade }: Saving,
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

/** Everything hangs on one commit; its message says which parent is what. The value is the ref. */
async function saveSnapshot(task: Saving, snapshot: Snapshot): Promise<Result<string, WorkspaceProblem>> {
  const { head, headTree, filesTree, stagedTree, abandoned } = snapshot;
  const base = head === null ? [] : [head];
  const apart: Record<'staged' | 'raw', string | null> = { staged: null, raw: null };
  const trees = {
    staged: stagedTree === headTree || stagedTree === filesTree ? null : stagedTree,
    raw: snapshot.rawTree,
  };
  for (const part of ['staged', 'raw'] as const) {
    const tree = trees[part];
    if (tree === null) continue;
    const message = `${rescueParts[part]} in session ${task.session}`;
    const made = await commitTree(task, { tree, parents: base, message, env: undated });
    if (!made.ok) return made;
    apart[part] = made.value;
  }
  const parts: RescueParts = { base: head, ...apart, abandoned };
  const made = { tree: filesTree, parents: parentsOf(parts) };
  const commit = await commitTree(task, { ...made, message: rescueMessage(task.session, parts), env: author });
  return commit.ok ? saveCommit(task.git, task.place.path, task.session, { name: commit.value, ...made }) : commit;
}

const rescueParts = { staged: 'What was staged', raw: 'What git would not give back byte for byte' } as const;

const author = {
  GIT_AUTHOR_NAME: 'Athene',
  GIT_AUTHOR_EMAIL: 'athene@localhost',
  GIT_COMMITTER_NAME: 'Athene',
  GIT_COMMITTER_EMAIL: 'athene@localhost',
} as const;

/** A part without a date of its own is the same commit each time. */
const undated = { ...author, GIT_AUTHOR_DATE: '@0 +0000', GIT_COMMITTER_DATE: '@0 +0000' } as const;

interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly env: Readonly<Record<string, string>>;
}

async function commitTree(
  { git, place }: Saving,
  { tree, parents, message, env }: NewCommit,
): Promise<Result<string, WorkspaceProblem>> {
  const args = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])];
  const made = objectName(await git.run(place.path, args, { input: message, env }));
  return made.ok ? made : fail(rescueFailed(made.problem.details));
}

const unsaved = (session: string): WorkspaceProblem => ({
  code: 'workspace-dirty',
  what: `The worktree of ${session} holds work that is not committed, or that no branch has.`,
  kept: 'Nothing was removed.',
  todo: 'Have it committed first. A person can remove it all the same: it is put aside then.',
});
