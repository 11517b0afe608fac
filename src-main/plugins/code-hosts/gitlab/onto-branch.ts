// Puts a worktree onto the branch of a merge request, by git alone: its newest commit is in the repository already.
import { ok, type Result } from '#shared/lib/result.ts';
import type { Git, GitFailure } from '../../../lib/git.ts';
import { checkoutCap, type CheckOuts } from '../check-out.ts';
import type { FoundPullRequest } from '../code-host.ts';

const careful = ['--no-overwrite-ignore', '--quiet'];

/** @param fromFork its branch is in another project, so that one of that name in this project is not it */
export const checkOutsOf = (git: Git, fromFork: boolean): CheckOuts => ({
  git,
  refOf: (number) => `refs/merge-requests/${number}/head`,
  onto: (found, worktree) => onto(git, { ...found, fromFork }, worktree),
});

async function onto(
  git: Git,
  { pullRequest: { branch }, commit, fromFork }: FoundPullRequest,
  worktree: string,
): Promise<Result<null, GitFailure>> {
  const local = await git.run(worktree, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}^{commit}`]);
  if (!local.ok && local.problem.code !== 1) return local;
  const switched = local.ok
    ? await git.run(worktree, ['switch', '--no-guess', ...careful, branch], { timeoutMs: checkoutCap })
    : await git.run(worktree, ['switch', '--no-track', ...careful, '--create', branch, commit], {
        timeoutMs: checkoutCap,
      });
  if (!switched.ok) return switched;
  const forward = await git.run(worktree, ['merge', '--ff-only', ...careful, commit], { timeoutMs: checkoutCap });
  if (!forward.ok) return forward;
  if (fromFork) return ok(null);
  return follow(git, worktree, branch);
}

/** So that a push goes where the merge request is. Where `origin` is a fork, it has no such branch, and there is nothing to follow. */
async function follow(git: Git, worktree: string, branch: string): Promise<Result<null, GitFailure>> {
  const has = await git.run(worktree, ['ls-remote', '--exit-code', '--heads', '--', 'origin', `refs/heads/${branch}`]);
  if (!has.ok) return has.problem.code === 2 ? ok(null) : has;
  for (const [key, value] of Object.entries({ remote: 'origin', merge: `refs/heads/${branch}` })) {
    const set = await git.run(worktree, ['config', `branch.${branch}.${key}`, value]);
    if (!set.ok) return set;
  }
  return ok(null);
}
