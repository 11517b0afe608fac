// Puts a worktree onto the branch of a pull request: the code host does it, once nothing in the worktree could be lost by it.
import { join, resolve } from 'node:path';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { probePath } from '../../lib/files.ts';
import type { Git, GitFailure } from '../../lib/git.ts';
import type { CheckedOut, CheckOutFailure, FoundPullRequest } from './code-host.ts';
import { bringCommit, isAncestor } from './bring-commit.ts';

/** Milliseconds; a checkout of a large repository takes its time. */
export const checkoutCap = 15 * 60_000;

/** What differs between code hosts. */
export interface CheckOuts {
  readonly git: Git;
  /** Where a remote has the newest commit of a pull request. */
  refOf(number: number): string;
  /** Puts the worktree onto its branch. What came of it is looked at in the worktree. */
  onto(found: FoundPullRequest, worktree: string): Promise<Result<unknown, { readonly details: string }>>;
}

export async function checkOutPullRequest(
  { git, refOf, onto }: CheckOuts,
  found: FoundPullRequest,
  worktree: string,
): Promise<Result<CheckedOut, CheckOutFailure>> {
  const { pullRequest } = found;
  const before = await readHead(git, worktree);
  if (!before.ok) return before;
  const brought = await bringCommit(git, worktree, { commit: found.commit, ref: refOf(pullRequest.number) });
  if (!brought.ok) return fail(cannotTell(brought.problem));
  if (!brought.value) return fail(notBrought(found));
  const { branch, commit } = before.value;
  if (branch === pullRequest.branch && (await isAncestor(git, worktree, found.commit, commit)) === true)
    return ok({ branch, commit, changed: false });
  const safe = await proveSafe(git, { worktree, found, head: before.value });
  if (!safe.ok) return safe;
  const done = await onto(found, worktree);
  const after = await readHead(git, worktree);
  if (done.ok && after.ok && after.value.branch !== null) {
    const has = await isAncestor(git, worktree, found.commit, after.value.commit);
    if (has === true) return ok({ branch: after.value.branch, commit: after.value.commit, changed: true });
  }
  const back = await goBack(git, worktree, before.value);
  const details = done.ok
    ? 'It ended well, but the worktree has not got the commits of the pull request.'
    : done.problem.details;
  return fail({ kind: 'failed', what: `The branch ${pullRequest.branch} could not be checked out${back}.`, details });
}

interface Head {
  /** Null when detached. */
  readonly branch: string | null;
  readonly commit: string;
}

async function readHead(git: Git, worktree: string): Promise<Result<Head, CheckOutFailure>> {
  const commit = await git.run(worktree, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (!commit.ok) return fail(cannotTell(commit.problem));
  const branch = await git.run(worktree, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  if (!branch.ok && branch.problem.code !== 1) return fail(cannotTell(branch.problem));
  return ok({ branch: branch.ok ? branch.value.trim() : null, commit: commit.value.trim() });
}

interface Switch {
  readonly worktree: string;
  readonly found: FoundPullRequest;
  readonly head: Head;
}

/** Every look must answer, and none may find anything. */
async function proveSafe(git: Git, move: Switch): Promise<Result<null, CheckOutFailure>> {
  for (const look of [underWay, heldElsewhere, otherCommits, unsaved, unreachable, ignoredInTheWay]) {
    const found = await look(git, move);
    if (!found.ok) return found;
  }
  return ok(null);
}

/** What git leaves in a worktree's own directory while something is under way. */
const unfinished = ['rebase-merge', 'rebase-apply', 'MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'BISECT_LOG'];

async function underWay(git: Git, { worktree }: Switch): Promise<Result<null, CheckOutFailure>> {
  const told = await git.run(worktree, ['rev-parse', '--absolute-git-dir']);
  if (!told.ok) return fail(cannotTell(told.problem));
  const directory = resolve(worktree, told.value.trim());
  for (const name of unfinished) {
    const probe = probePath(join(directory, name));
    if (probe.kind !== 'absent') return fail(dirty('a rebase, merge, pick or bisect is under way', name));
  }
  return ok(null);
}

async function heldElsewhere(git: Git, { worktree, found, head }: Switch): Promise<Result<null, CheckOutFailure>> {
  const { branch } = found.pullRequest;
  if (head.branch === branch) return ok(null);
  const listed = await git.run(worktree, ['worktree', 'list', '--porcelain', '-z']);
  if (!listed.ok) return fail(cannotTell(listed.problem));
  const entries = listed.value.split('\0\0').map((entry) => entry.split('\0'));
  const holder = entries.find((fields) => fields.includes(`branch refs/heads/${branch}`));
  const path = holder?.find((field) => field.startsWith('worktree '))?.slice('worktree '.length);
  return path === undefined ? ok(null) : fail({ kind: 'held', path });
}

/** A local branch of that name may be another one: what is only there must not be taken for the pull request. */
async function otherCommits(git: Git, { worktree, found }: Switch): Promise<Result<null, CheckOutFailure>> {
  if (found.fromFork) return ok(null);
  const { branch } = found.pullRequest;
  const local = await git.run(worktree, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}^{commit}`]);
  if (!local.ok) return local.problem.code === 1 ? ok(null) : fail(cannotTell(local.problem));
  const commit = local.value.trim();
  const [behind, ahead] = [
    await isAncestor(git, worktree, commit, found.commit),
    await isAncestor(git, worktree, found.commit, commit),
  ];
  if (behind === true || ahead === true) return ok(null);
  if (behind === null || ahead === null) return fail(cannotTell({ details: `${commit} and ${found.commit}` }));
  return fail(dirty('a branch of that name is here already, with other commits', commit));
}

async function unsaved(git: Git, { worktree }: Switch): Promise<Result<null, CheckOutFailure>> {
  const status = await git.run(worktree, ['status', '--porcelain', '-z', '--untracked-files=all']);
  if (!status.ok) return fail(cannotTell(status.problem));
  const files = status.value.split('\0').filter(Boolean);
  if (files.length === 0) return ok(null);
  return fail(dirty('there are changes that are not committed', files.slice(0, 20).join('\n')));
}

/** Commits of a detached HEAD that no branch holds would only be in the reflog. */
async function unreachable(git: Git, { worktree, head }: Switch): Promise<Result<null, CheckOutFailure>> {
  if (head.branch !== null) return ok(null);
  const held = await git.run(worktree, ['for-each-ref', '--count=1', '--contains', head.commit, 'refs/heads/']);
  if (!held.ok) return fail(cannotTell(held.problem));
  return held.value.trim() === '' ? fail(dirty('it has commits that are on no branch', head.commit)) : ok(null);
}

/** git writes over ignored files without a word (`.env`), so what the pull request brings is compared with them first. */
async function ignoredInTheWay(git: Git, { worktree, found }: Switch): Promise<Result<null, CheckOutFailure>> {
  const status = await git.run(worktree, [
    'status',
    '--porcelain',
    '-z',
    '--ignored=matching',
    '--untracked-files=all',
  ]);
  if (!status.ok) return fail(cannotTell(status.problem));
  const ignored = status.value.split('\0').flatMap((entry) => (entry.startsWith('!! ') ? [entry.slice(3)] : []));
  if (ignored.length === 0) return ok(null);
  const brought = await git.run(worktree, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', found.commit]);
  if (!brought.ok) return fail(cannotTell(brought.problem));
  const inTheWay = brought.value.split('\0').filter((file) => ignored.some((path) => meets(file, path)));
  if (inTheWay.length === 0) return ok(null);
  return fail(
    dirty(`ignored files in it would be written over (${inTheWay.slice(0, 3).join(', ')})`, inTheWay.join('\n')),
  );
}

/** An ignored directory ends with a slash; a file of that name would take its place. */
const meets = (file: string, ignored: string): boolean =>
  file === ignored ||
  (ignored.endsWith('/') && (file.startsWith(ignored) || `${file}/` === ignored)) ||
  ignored.startsWith(`${file}/`);

/** A checkout that ended in the middle may have moved HEAD already. Nothing is forced; says what is left. */
async function goBack(git: Git, worktree: string, { branch, commit }: Head): Promise<string> {
  const now = await readHead(git, worktree);
  if (now.ok && now.value.branch === branch && now.value.commit === commit) return '; the worktree is as before';
  const target = branch === null ? ['--detach', commit] : [branch];
  const back = await git.run(worktree, ['switch', '--no-guess', '--no-overwrite-ignore', '--quiet', ...target]);
  if (back.ok) return '; the worktree is on its branch again';
  return ', and the worktree could not be put back; nothing in it was lost';
}

const dirty = (why: string, details: string): CheckOutFailure => ({ kind: 'dirty', what: why, details });

const notBrought = ({ commit }: FoundPullRequest): CheckOutFailure => ({
  kind: 'cannot-tell',
  what: 'no remote of the repository has its commits',
  details: commit,
});

const cannotTell = ({ details }: Pick<GitFailure, 'details'>): CheckOutFailure => ({
  kind: 'cannot-tell',
  what: 'git could not be asked about the worktree',
  details,
});
