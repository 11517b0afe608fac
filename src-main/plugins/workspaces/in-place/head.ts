// Where a checkout stands: its branch, if it is on one, and its commit, if there is one.
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Git } from '../../../lib/git.ts';
import type { Workspace, WorkspaceProblem } from '../workspace.ts';
import { couldNotAsk, resolveCommit } from '../worktree/repository.ts';

export async function headOf(
  git: Git,
  path: string,
): Promise<Result<Pick<Workspace, 'branch' | 'baseCommit'>, WorkspaceProblem>> {
  const named = await git.run(path, ['symbolic-ref', '--quiet', 'HEAD']);
  // 1: detached.
  if (!named.ok && named.problem.code !== 1) return fail(couldNotAsk(named.problem));
  const commit = await resolveCommit(git, path, 'HEAD');
  if (!commit.ok) return fail(couldNotAsk(commit.problem));
  const branch = named.ok ? /^refs\/heads\/(.{1,255})\n$/.exec(named.value)?.[1] : undefined;
  return ok({ branch: branch ?? null, baseCommit: commit.value ?? '' });
}
