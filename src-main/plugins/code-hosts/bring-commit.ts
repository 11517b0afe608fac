// The commit of a pull request, brought into the repository: from whichever remote has it, since `origin` may be a fork.
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Git, GitFailure } from '../../lib/git.ts';

/** Milliseconds; a large repository takes its time. */
const fetchCap = 15 * 60_000;
const mostRemotes = 8;

/** True when it is there afterwards. Only the commit itself proves which pull request was fetched. */
export async function bringCommit(
  git: Git,
  worktree: string,
  { commit, ref }: { readonly commit: string; readonly ref: string },
): Promise<Result<boolean, GitFailure>> {
  const isThere = async (): Promise<boolean> =>
    (await git.run(worktree, ['rev-parse', '--verify', '--quiet', `${commit}^{commit}`])).ok;
  if (await isThere()) return ok(true);
  const listed = await git.run(worktree, ['remote']);
  if (!listed.ok) return listed;
  let failure: GitFailure | null = null;
  for (const remote of originFirst(listed.value)) {
    const from = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--', remote, ref];
    const fetched = await git.run(worktree, from, { timeoutMs: fetchCap });
    if (!fetched.ok) failure ??= fetched.problem;
    else if (await isThere()) return ok(true);
  }
  return failure === null ? ok(false) : fail(failure);
}

function originFirst(listed: string): readonly string[] {
  const remotes = listed.split('\n').filter(Boolean);
  return remotes.toSorted((a, b) => Number(b === 'origin') - Number(a === 'origin')).slice(0, mostRemotes);
}

/** Null: git could not be asked. */
export async function isAncestor(git: Git, worktree: string, old: string, young: string): Promise<boolean | null> {
  const told = await git.run(worktree, ['merge-base', '--is-ancestor', old, young]);
  return told.ok ? true : told.problem.code === 1 ? false : null;
}
