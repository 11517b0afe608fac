// Is the directory really the session's worktree, and is it in a state in which it may go? Anything in doubt is a refusal.
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { isReallyInside, probePath, readTextIfThere, realPathIfThere } from '../../../lib/files.ts';
import type { Git } from '../../../lib/git.ts';
import type { Removal, WorkspaceProblem } from '../workspace.ts';
import { findOccupants } from '../../../lib/occupants.ts';
import { openRepository, type Repository } from './repository.ts';

export const submodules =
  'it holds submodules, whose work Athene can not put aside (git worktree remove --force takes it when nothing in them matters)';

/** What git leaves in a worktree's own directory while something is under way. */
const unfinished: Readonly<Record<string, string>> = {
  'rebase-merge': 'a rebase is in progress',
  'rebase-apply': 'a rebase or git am is in progress',
  MERGE_HEAD: 'a merge is in progress',
  CHERRY_PICK_HEAD: 'a cherry-pick is in progress',
  REVERT_HEAD: 'a revert is in progress',
  BISECT_LOG: 'a bisect is in progress',
  sequencer: 'a sequence of picks is in progress',
  modules: submodules,
};
const locks: Readonly<Record<string, string>> = {
  'index.lock': 'git is at work in it, or left index.lock behind',
  'HEAD.lock': 'git is at work in it, or left HEAD.lock behind',
  locked: 'it was locked (git worktree lock)',
};

export interface WorktreePlace {
  readonly path: string;
  /** The worktree's own directory inside of the repository's. */
  readonly gitDirectory: string;
  /** The project's own checkout. */
  readonly checkout: string;
}

/** The same for a worktree that is gone: `path` is where git is started then. */
export type WorktreeEntry = Pick<WorktreePlace, 'path' | 'gitDirectory'>;

/** The directory is a real one below `root` and a worktree of this repository, both ways: no link, no foreign `.git`. */
export function provePlace(
  path: string,
  root: string,
  { path: checkout, commonDirectory }: Repository,
): Result<WorktreePlace, WorkspaceProblem> {
  try {
    if (probePath(path).kind !== 'directory' || !isReallyInside(path, root) || realPathIfThere(path) !== path) {
      return fail(notOurs(path, 'it is not a real directory in the place of the worktrees'));
    }
    const pointer = /^gitdir: (.+)$/m.exec(readTextIfThere(join(path, '.git'), { maxBytes: 8192 }) ?? '')?.[1];
    const gitDirectory = pointer === undefined ? null : realPathIfThere(pointer);
    if (gitDirectory === null) return fail(notOurs(path, 'its .git does not lead to a repository'));
    const back = readTextIfThere(join(gitDirectory, 'gitdir'), { maxBytes: 8192 })?.trim();
    if (dirname(gitDirectory) !== join(commonDirectory, 'worktrees') || back !== join(path, '.git')) {
      return fail(notOurs(path, 'its .git leads to another repository or worktree'));
    }
    return ok({ path, gitDirectory, checkout });
  } catch (error) {
    return fail({ ...notOurs(path, 'it could not be looked at'), details: String(error) });
  }
}

/** Wherever it is: an agent may work in it when it is the repository's. Its own place is asked for before a removal alone. */
export async function proveWorktree(
  { git }: { readonly git: Git },
  { project, path }: Pick<Removal, 'project' | 'path'>,
): Promise<WorkspaceProblem | null> {
  const repository = await openRepository(git, project.path);
  if (!repository.ok) return repository.problem;
  const proof = provePlace(path, '/', repository.value);
  return proof.ok ? null : proof.problem;
}

const notOurs = (path: string, why: string): WorkspaceProblem => ({
  code: 'cannot-tell',
  what: `${path} is not provably the session's worktree: ${why}.`,
  kept: 'Nothing was removed.',
  todo: 'Look at the directory, and move or remove it by hand.',
});

/** Null when nothing speaks against a removal but, perhaps, unsaved files. */
export async function obstacle(
  place: WorktreePlace,
  { halfMade }: { readonly halfMade: boolean },
): Promise<WorkspaceProblem | null> {
  for (const [name, why] of Object.entries(halfMade ? unfinished : { ...unfinished, ...locks })) {
    const probe = probePath(join(place.gitDirectory, name));
    if (probe.kind === 'unknown') return cannotLook(place.path, probe.why);
    if (probe.kind !== 'absent') return inTheWay(place.path, why);
  }
  const occupants = await findOccupants(place.path);
  if (occupants.kind === 'unknown') return cannotLook(place.path, occupants.why);
  if (occupants.kind === 'none') return null;
  return inTheWay(place.path, `a process has it as its current directory (${occupants.pids.join(', ')})`);
}

const cannotLook = (path: string, details: string): WorkspaceProblem => ({
  code: 'cannot-tell',
  what: `Could not find out whether ${path} is in use.`,
  kept: 'Nothing was removed.',
  todo: 'Try again.',
  details,
});

export const inTheWay = (path: string, why: string): WorkspaceProblem => ({
  code: 'workspace-dirty',
  what: `The worktree ${path} can't be removed now: ${why}.`,
  kept: 'Nothing was removed.',
  todo: 'Finish or end that, then try again.',
});
