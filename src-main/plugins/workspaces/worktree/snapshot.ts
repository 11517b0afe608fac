// A snapshot of everything in a worktree that its HEAD does not hold, made with an index of its own: the worktree is only read.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { copyFile, probePath, readTextIfThere, removeFile } from '../../../lib/files.ts';
import type { Git, GitFailure, GitOptions } from '../../../lib/git.ts';
import type { HomePaths } from '../../../storage/paths.ts';
import type { WorkspaceProblem } from '../workspace.ts';
import { couldNotAsk, garbled, objectName, resolveCommit } from './repository.ts';
import { rescueFailed } from './rescue-ref.ts';
import { inTheWay, type WorktreePlace } from './worktree-place.ts';

export interface Snapshot {
  /** Null on a branch without a commit. */
  readonly head: string | null;
  readonly headTree: string;
  /** Tracked and untracked files as they stand, and small ignored files (`.env`). */
  readonly filesTree: string;
  /** What was staged; null when there is no index. */
  readonly stagedTree: string | null;
}

export const holdsWork = ({ headTree, filesTree, stagedTree }: Snapshot): boolean =>
  filesTree !== headTree || (stagedTree !== null && stagedTree !== headTree);

/** Milliseconds: hashing every file of a large worktree. */
const hashingCap = 180_000;

export async function takeSnapshot(
  { git, paths }: { readonly git: Git; readonly paths: HomePaths },
  place: WorktreePlace,
): Promise<Result<Snapshot, WorkspaceProblem>> {
  const index = join(paths.run, `index-${randomBytes(8).toString('hex')}`);
  const ask: Ask = (args, options = {}) =>
    git.run(place.path, args, { timeoutMs: hashingCap, ...options, env: { GIT_INDEX_FILE: index } });
  try {
    return await snapshotWith(ask, git, place, index);
  } catch (error) {
    return fail(rescueFailed(String(error)));
  } finally {
    removeFile(index);
    removeFile(`${index}.lock`);
  }
}

type Ask = (args: readonly string[], options?: GitOptions) => Promise<Result<string, GitFailure>>;

async function snapshotWith(
  ask: Ask,
  git: Git,
  place: WorktreePlace,
  index: string,
): Promise<Result<Snapshot, WorkspaceProblem>> {
  const head = await resolveCommit(git, place.path, 'HEAD');
  if (!head.ok) return fail(couldNotAsk(head.problem));
  if (head.value === null && !isOnBranch(place)) return fail(couldNotAsk(garbled('no commit at a detached head')));
  const headTree = await treeOf(ask, head.value);
  if (!headTree.ok) return fail(couldNotAsk(headTree.problem));
  const staged = await stagedTree(ask, git, place, index);
  if (!staged.ok) return staged;
  const prepared = await prepareIndex(ask, git, place, { index, head: head.value });
  if (!prepared.ok) return prepared;
  const files = await filesTree(ask, place);
  if (!files.ok) return files;
  const value = { head: head.value, headTree: headTree.value, filesTree: files.value, stagedTree: staged.value };
  return ok(value);
}

/** Only a branch can be without a commit. */
const isOnBranch = ({ gitDirectory }: WorktreePlace): boolean =>
  readTextIfThere(join(gitDirectory, 'HEAD'))?.startsWith('ref: refs/heads/') === true;

async function treeOf(ask: Ask, head: string | null): Promise<Result<string, GitFailure>> {
  const told =
    head === null
      ? await ask(['mktree'], { input: '' })
      : await ask(['rev-parse', '--verify', '--end-of-options', `${head}^{tree}`]);
  return objectName(told);
}

/** Written from a copy; unmerged entries make git refuse, and then so do we. */
async function stagedTree(
  ask: Ask,
  git: Git,
  place: WorktreePlace,
  index: string,
): Promise<Result<string | null, WorkspaceProblem>> {
  const own = join(place.gitDirectory, 'index');
  if (probePath(own).kind === 'absent') return ok(null);
  copyFile(own, index);
  const written = objectName(await ask(['write-tree']));
  if (written.ok) return written;
  const unmerged = await git.run(place.path, ['ls-files', '--unmerged']);
  if (unmerged.ok && unmerged.value !== '') return fail(inTheWay(place.path, 'it has unresolved conflicts'));
  return fail(rescueFailed(written.problem.details));
}

/**
 * The copied index knows which files it need not hash again. Entries that hide changes (assume-unchanged, skip-worktree) make
 * it start from HEAD instead.
 */
async function prepareIndex(
  ask: Ask,
  git: Git,
  place: WorktreePlace,
  { index, head }: { readonly index: string; readonly head: string | null },
): Promise<Result<null, WorkspaceProblem>> {
  const listed = await git.run(place.path, ['ls-files', '-v', '--stage', '-z']);
  if (!listed.ok) return fail(couldNotAsk(listed.problem));
  const entries = listed.value.split('\0');
  const modules = entries
    .filter((entry) => /^\S+ 160000 /.test(entry))
    .map((entry) => entry.slice(entry.indexOf('\t') + 1));
  if (modules.some((path) => probePath(join(place.path, path, '.git')).kind !== 'absent')) {
    return fail(inTheWay(place.path, 'it holds submodules, whose work Athene can not put aside'));
  }
  const hidden = entries.some((entry) => /^[a-zS] /.test(entry));
  if (!hidden && probePath(index).kind === 'file') return ok(null);
  removeFile(index);
  const read = await ask(['read-tree', head ?? '--empty']);
  return read.ok ? ok(null) : fail(rescueFailed(read.problem.details));
}

async function filesTree(ask: Ask, place: WorktreePlace): Promise<Result<string, WorkspaceProblem>> {
  const status = await ask([
    'status',
    '--porcelain',
    '-z',
    '--no-renames',
    '--untracked-files=all',
    '--ignored=matching',
  ]);
  if (!status.ok) return fail(couldNotAsk(status.problem));
  const entries = status.value.split('\0');
  const nested = entries.find((entry) => entry.startsWith('?? ') && entry.endsWith('/'));
  if (nested !== undefined) return fail(inTheWay(place.path, `there is a repository of its own in ${nested.slice(3)}`));
  const added = await ask(['-c', 'core.safecrlf=false', '-c', 'add.ignoreErrors=false', 'add', '--all', '--', '.']);
  if (!added.ok) return fail(rescueFailed(added.problem.details));
  const precious = entries
    .filter((entry) => entry.startsWith('!! '))
    .map((entry) => entry.slice(3))
    .filter((path) => isPrecious(place, path));
  if (precious.length > 0) {
    const forced = await ask(
      ['--literal-pathspecs', 'add', '--force', '--pathspec-from-file=-', '--pathspec-file-nul'],
      { input: precious.join('\0') },
    );
    if (!forced.ok) return fail(rescueFailed(forced.problem.details));
  }
  const written = objectName(await ask(['write-tree']));
  return written.ok ? written : fail(rescueFailed(written.problem.details));
}

const largestPrecious = 1024 * 1024;
const generated =
  /(?:\.(?:pyc|pyo|o|obj|class|log|tmp|swp|tsbuildinfo|map|cache)|(?:^|\/)(?:\.DS_Store|Thumbs\.db|\.eslintcache))$/i;

/** Ignored, but written by hand as likely as not (`.env`): a small single file. Ignored directories are what tools make. */
function isPrecious(place: WorktreePlace, path: string): boolean {
  if (path.endsWith('/') || generated.test(path)) return false;
  const probe = probePath(join(place.path, path));
  return (probe.kind === 'file' || probe.kind === 'link') && probe.size <= largestPrecious;
}
