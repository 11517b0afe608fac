import type { Host } from '../host/host.ts';
import { isReallyInside } from '../lib/files.ts';

/** Id of the project in whose directory, or in a worktree of whose repository, this is; null when it is none. */
export async function projectHere(
  host: Pick<Host, 'projects' | 'sessions'>,
  directory: string,
): Promise<string | null> {
  const projects = host.projects().filter(({ state }) => state === 'ready');
  const around = projects.find(({ path }) => path === directory || isReallyInside(directory, path));
  if (around !== undefined) return around.id;
  const repository = await repositoryOf(host, directory);
  if (repository === null) return null;
  for (const { id, path } of projects) {
    if ((await repositoryOf(host, path)) === repository) return id;
  }
  return null;
}

/** What all worktrees of a repository share. Null: it is none, or git can't tell. */
async function repositoryOf({ sessions }: Pick<Host, 'sessions'>, directory: string): Promise<string | null> {
  const found = await sessions.git.run(directory, ['rev-parse', '--path-format=absolute', '--git-common-dir']);
  return found.ok && found.value.trim() !== '' ? found.value.trim() : null;
}
