// A snapshot of everything in a worktree that its HEAD does not hold, made with an index of its own: the worktree is only read.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { copyFile, probePath, readTextIfThere, removeFile } from '../../../lib/files.ts';
import { excludeFileIn, excludeVariables } from '../../../lib/git-exclude.ts';
import type { Git, GitFailure } from '../../../lib/git.ts';
import type { HomePaths } from '../../../storage/paths.ts';
import type { WorkspaceProblem } from '../workspace.ts';
import { abandonedCommits } from './abandoned-commits.ts';
import { repositoryInside, sortIgnored, tooLarge } from './ignored-files.ts';
import { rawTree, type Ask } from './raw-files.ts';
import { couldNotAsk, garbled, objectName, resolveCommit } from './repository.ts';
import { rescueFailed } from './rescue-ref.ts';
import { inTheWay, submodules, type WorktreeEntry, type WorktreePlace } from './worktree-place.ts';

export interface Snapshot {
  /** Null on a branch without a commit. */
  readonly head: string | null;
  readonly headTree: string;
  /** Tracked and untracked files as they stand, and the ignored ones that no tool makes again (`.env`). */
  readonly filesTree: string;
  /** What was staged; null when there is no index. */
  readonly stagedTree: string | null;
  /** Those changed files that git stores otherwise than they are; null when there are none. */
  readonly rawTree: string | null;
  /** Commits that no branch holds and that HEAD does not lead to. */
  readonly abandoned: readonly string[];
}

export const holdsWork = ({ headTree, filesTree, stagedTree, abandoned }: Snapshot): boolean =>
  filesTree !== headTree || (stagedTree !== null && stagedTree !== headTree) || abandoned.length > 0;

export interface SnapshotDependencies {
  readonly git: Git;
  readonly paths: HomePaths;
  readonly session: string;
  /** Ignored files that are too large to be put aside may go. */
  readonly discardLarge?: boolean;
}

/** Milliseconds: hashing every file of a large worktree. */
const hashingCap = 180_000;

export function takeSnapshot(
  dependencies: SnapshotDependencies,
  place: WorktreePlace,
): Promise<Result<Snapshot, WorkspaceProblem>> {
  const excluded = excludedFor(dependencies);
  return withIndex(dependencies, place.path, (index, plain) => {
    const ask: Ask = (args, options = {}) => plain(args, { ...options, env: { ...excluded, ...options.env } });
    return snapshotWith({ ...dependencies, ask, index }, place);
  });
}

/** For the environment of git: what the session's agent's git leaves out is judged like what git ignores. */
export const excludedFor = ({
  paths,
  session,
}: Pick<SnapshotDependencies, 'paths' | 'session'>): Readonly<Record<string, string>> =>
  excludeVariables({}, excludeFileIn(paths.sessionDirectory(session)));

/** Of a worktree whose directory is gone: what was staged stands for its files. */
export function takeEntrySnapshot(
  dependencies: Pick<SnapshotDependencies, 'git' | 'paths'>,
  entry: WorktreeEntry,
): Promise<Result<Snapshot, WorkspaceProblem>> {
  const { git } = dependencies;
  const env = { GIT_DIR: entry.gitDirectory };
  return withIndex(dependencies, entry.path, async (index, plain) => {
    const ask: Ask = (args, options = {}) => plain(args, { ...options, env: { ...env, ...options.env } });
    const told = await ask(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
    const head = !told.ok && told.problem.code === 1 ? ok(null) : objectName(told);
    if (!head.ok) return fail(couldNotAsk(head.problem));
    const headTree = await treeOf(ask, head.value);
    if (!headTree.ok) return fail(couldNotAsk(headTree.problem));
    const staged = await stagedTree(ask, git, entry, index);
    if (!staged.ok) return staged;
    const abandoned = await abandonedCommits(git, entry, head.value);
    if (!abandoned.ok) return abandoned;
    const trees = { headTree: headTree.value, filesTree: staged.value ?? headTree.value, stagedTree: staged.value };
    return ok({ head: head.value, ...trees, rawTree: null, abandoned: abandoned.value });
  });
}

/** An index of its own beside git's, gone again afterwards. */
export async function withIndex<T>(
  { git, paths }: Pick<SnapshotDependencies, 'git' | 'paths'>,
  path: string,
  work: (index: string, ask: Ask) => Promise<Result<T, WorkspaceProblem>>,
): Promise<Result<T, WorkspaceProblem>> {
  const index = join(paths.run, `index-${randomBytes(8).toString('hex')}`);
  const ask: Ask = (args, options = {}) =>
    git.run(path, args, { timeoutMs: hashingCap, ...options, env: { GIT_INDEX_FILE: index, ...options.env } });
  try {
    return await work(index, ask);
  } catch (error) {
    return fail(rescueFailed(String(error)));
  } finally {
    for (const file of [index, `${index}-raw`]) {
      removeFile(file);
      removeFile(`${file}.lock`);
    }
  }
}

interface Looking extends SnapshotDependencies {
  readonly ask: Ask;
  readonly index: string;
}

async function snapshotWith(
  { ask, git, index, discardLarge = false }: Looking,
  place: WorktreePlace,
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
  const files = await filesTree(ask, place, discardLarge);
  if (!files.ok) return files;
  const trees = { headTree: headTree.value, filesTree: files.value };
  const raw = await rawTree(ask, { ...trees, index: `${index}-raw` });
  if (!raw.ok) return fail(rescueFailed(raw.problem.details));
  const abandoned = await abandonedCommits(git, place, head.value);
  if (!abandoned.ok) return abandoned;
  const rest = { stagedTree: staged.value, rawTree: raw.value, abandoned: abandoned.value };
  return ok({ head: head.value, ...trees, ...rest });
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
export async function stagedTree(
  ask: Ask,
  git: Git,
  place: WorktreeEntry,
  index: string,
): Promise<Result<string | null, WorkspaceProblem>> {
  const own = join(place.gitDirectory, 'index');
  if (probePath(own).kind === 'absent') return ok(null);
  copyFile(own, index);
  const written = objectName(await ask(['write-tree']));
  if (written.ok) return written;
  const unmerged = await git.run(place.path, ['ls-files', '--unmerged'], { env: { GIT_DIR: place.gitDirectory } });
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
    return fail(inTheWay(place.path, submodules));
  }
  const inner = innerRepository(place, entries);
  if (inner !== null) return fail(repositoryInside(place, inner));
  const hidden = entries.some((entry) => /^[a-zS] /.test(entry));
  if (!hidden && probePath(index).kind === 'file') return ok(null);
  removeFile(index);
  const read = await ask(['read-tree', head ?? '--empty']);
  return read.ok ? ok(null) : fail(rescueFailed(read.problem.details));
}

/** A directory of tracked files in which somebody made a repository: git itself overlooks that one. */
function innerRepository({ path }: WorktreePlace, entries: readonly string[]): string | null {
  const directories = new Set(
    entries.flatMap((entry) => {
      const parts = entry.slice(entry.indexOf('\t') + 1).split('/');
      return parts.slice(1).map((_name, index) => parts.slice(0, index + 1).join('/'));
    }),
  );
  for (const directory of directories) {
    const probe = probePath(join(path, directory, '.git'));
    if (probe.kind !== 'absent') return directory;
  }
  return null;
}

export const statusArguments = [
  ...['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--ignored=matching'],
] as const;

async function filesTree(
  ask: Ask,
  place: WorktreePlace,
  discardLarge: boolean,
): Promise<Result<string, WorkspaceProblem>> {
  const status = await ask(statusArguments);
  if (!status.ok) return fail(couldNotAsk(status.problem));
  const entries = status.value.split('\0');
  const nested = nestedRepository(entries);
  if (nested !== null) return fail(repositoryInside(place, nested));
  const ignored = await sortIgnored(place, ignoredOf(entries));
  if (!ignored.ok) return ignored;
  const { precious, large } = ignored.value;
  if (large.length > 0 && !discardLarge) return fail(tooLarge(place, large));
  const added = await ask(['-c', 'core.safecrlf=false', '-c', 'add.ignoreErrors=false', 'add', '--all', '--', '.']);
  if (!added.ok) return fail(rescueFailed(added.problem.details));
  if (precious.length > 0) {
    const input = precious.map(({ path }) => path).join('\0');
    const args = ['add', '--force', '--pathspec-from-file=-', '--pathspec-file-nul'];
    const forced = await ask(['-c', 'core.safecrlf=false', '--literal-pathspecs', ...args], { input });
    if (!forced.ok) return fail(rescueFailed(forced.problem.details));
  }
  const written = objectName(await ask(['write-tree']));
  return written.ok ? written : fail(rescueFailed(written.problem.details));
}

export const ignoredOf = (entries: readonly string[]): readonly string[] =>
  entries.filter((entry) => entry.startsWith('!! ')).map((entry) => entry.slice(3));

/** git names all new files one by one, but for a directory with a repository of its own. */
export const nestedRepository = (entries: readonly string[]): string | null =>
  entries.find((entry) => entry.startsWith('?? ') && entry.endsWith('/'))?.slice(3) ?? null;
