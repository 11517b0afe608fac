// On which branch a session's worktree really stands: asked of git, whatever somebody said.
import { isSafeBranch } from '#shared/domain/branch.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { Git } from '../lib/git.ts';
import type { ProjectConfiguration } from '../projects/configuration.ts';

/**
 * Null: on none, on one whose name is not safe, on one that its project's repository does not have (its `.git` may have been bent to
 * another repository), or nobody can tell.
 */
export async function worktreeBranch(
  { git, projects }: { readonly git: Git; readonly projects: Pick<ProjectConfiguration, 'find'> },
  { project, workspace }: SessionRecord,
): Promise<string | null> {
  const known = projects.find(project);
  if (workspace === null || workspace.kind !== 'worktree' || !known.ok) return null;
  const listed = await git.run(known.value.path, ['worktree', 'list', '--porcelain', '-z']);
  if (!listed.ok) return null;
  const branch = branchIn(listed.value, workspace.path);
  return branch !== null && isSafeBranch(branch) ? branch : null;
}

/** Records are lines ended by NUL, with an empty one after each. */
export function branchIn(listed: string, path: string): string | null {
  const lines = listed.split('\0\0').find((record) => record.split('\0')[0] === `worktree ${path}`);
  const ref = lines?.split('\0').find((line) => line.startsWith('branch refs/heads/'));
  return ref?.slice('branch refs/heads/'.length) ?? null;
}
