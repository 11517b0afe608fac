// A worktree that git still lists although its directory is gone (somebody deleted it by hand).
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { probePath } from '../../../lib/files.ts';
import type { WorkspaceProblem, WorkspaceSpec } from '../workspace.ts';
import { couldNotAsk, keptBy, listRegistrations } from './repository.ts';
import { saveCommit } from './rescue-ref.ts';
import type { WorktreeDependencies } from './worktree-dependencies.ts';

/** Takes the entry off git's list; a commit that only it held gets a rescue ref first. The value is that ref. */
export async function dropStaleRegistration(
  { git }: Pick<WorktreeDependencies, 'git'>,
  { project, session }: Pick<WorkspaceSpec, 'project' | 'session'>,
  path: string,
): Promise<Result<string | null, WorkspaceProblem>> {
  const registrations = await listRegistrations(git, project.path);
  if (!registrations.ok) return registrations;
  const entry = registrations.value.find((registration) => registration.path === path);
  if (entry === undefined || probePath(path).kind !== 'absent') return ok(null);
  if (entry.locked !== null && entry.locked !== 'initializing') return fail(lockedEntry(path));
  let rescueRef: string | null = null;
  if (entry.branch === null && entry.head !== null && !/^0+$/.test(entry.head)) {
    const kept = await keptBy(git, project.path, entry.head, { in: ['refs/heads'] });
    if (!kept.ok) return fail(couldNotAsk(kept.problem));
    if (kept.value === null) {
      const saved = await saveCommit(git, project.path, session, entry.head);
      if (!saved.ok) return saved;
      rescueRef = saved.value;
    }
  }
  const removed = await git.run(project.path, ['worktree', 'remove', '--force', '--force', '--', path]);
  return removed.ok ? ok(rescueRef) : fail(couldNotAsk(removed.problem));
}

const lockedEntry = (path: string): WorkspaceProblem => ({
  code: 'workspace-failed',
  what: `git's entry for ${path} is locked, though the directory is not there.`,
  kept: 'Nothing was changed.',
  todo: `If the disk is not just unplugged: git worktree unlock ${path}`,
});
