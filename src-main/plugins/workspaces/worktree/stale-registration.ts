// A worktree that git still lists although its directory is gone (somebody deleted it by hand).
import { join } from 'node:path';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { listDirectory, probePath, readTextIfThere } from '../../../lib/files.ts';
import type { Removal, WorkspaceProblem, WorkspaceSpec } from '../workspace.ts';
import { couldNotAsk, listRegistrations, openRepository, type Repository } from './repository.ts';
import { rescueEntry } from './rescue.ts';
import type { WorktreeDependencies } from './worktree-dependencies.ts';

/** Takes the entry off git's list; what only it held (commits, staged files) gets a rescue ref first. The value is that ref. */
export async function dropStaleRegistration(
  dependencies: WorktreeDependencies,
  { project, session }: Pick<WorkspaceSpec, 'project' | 'session'>,
  path: string,
): Promise<Result<string | null, WorkspaceProblem>> {
  const { git } = dependencies;
  const registrations = await listRegistrations(git, project.path);
  if (!registrations.ok) return registrations;
  const entry = registrations.value.find((registration) => registration.path === path);
  if (entry === undefined || probePath(path).kind !== 'absent') return ok(null);
  if (entry.locked !== null && entry.locked !== 'initializing') return fail(lockedEntry(path));
  const saved = await saveEntry(dependencies, { project, session, path });
  if (!saved.ok) return saved;
  const removed = await git.run(project.path, ['worktree', 'remove', '--force', '--force', '--', path]);
  return removed.ok ? ok(saved.value) : fail(couldNotAsk(removed.problem));
}

async function saveEntry(
  dependencies: WorktreeDependencies,
  { project, session, path }: Removal,
): Promise<Result<string | null, WorkspaceProblem>> {
  const repository = await openRepository(dependencies.git, project.path);
  if (!repository.ok) return repository;
  const gitDirectory = entryOf(repository.value, path);
  if (gitDirectory === null) return fail(withoutEntry(path));
  return rescueEntry({ ...dependencies, session, entry: { path: project.path, gitDirectory } });
}

/** git's own directory for the worktree at `path`; null when none says so. */
function entryOf({ commonDirectory }: Repository, path: string): string | null {
  const root = join(commonDirectory, 'worktrees');
  const names = listDirectory(root);
  const isIt = (name: string): boolean =>
    readTextIfThere(join(root, name, 'gitdir'), { maxBytes: 8192 })?.trim() === join(path, '.git');
  const found = names.find(isIt);
  return found === undefined ? null : join(root, found);
}

const withoutEntry = (path: string): WorkspaceProblem => ({
  code: 'cannot-tell',
  what: `git lists ${path}, but where it keeps that worktree's state was not found.`,
  kept: 'Nothing was changed.',
  todo: 'Look at it with git worktree list, and take it off with git worktree prune.',
});

const lockedEntry = (path: string): WorkspaceProblem => ({
  code: 'workspace-failed',
  what: `git's entry for ${path} is locked, though the directory is not there.`,
  kept: 'Nothing was changed.',
  todo: `If the disk is not just unplugged: git worktree unlock ${path}`,
});
