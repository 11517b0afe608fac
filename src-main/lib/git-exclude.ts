// Brought files that git does not ignore: the agent's own git is told to, by a file in the session's directory, so that `git add` leaves
// them out. Neither the worktree nor the repository is changed for it.
import { join } from 'node:path';
import { probePath, readTextIfThere, removeFile, writeFileAtomic } from './files.ts';
import type { Git } from './git.ts';

export const excludeFileIn = (sessionDirectory: string): string => join(sessionDirectory, 'git-exclude');

/** Returns those that git does not ignore by itself. What git can't tell counts as one of them. */
export async function writeExclude(
  git: Git,
  {
    workspace,
    paths,
    home,
    file,
  }: { workspace: string; paths: readonly string[]; home: string | undefined; file: string },
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const told = await git.run(workspace, ['check-ignore', '-z', '--stdin'], { input: paths.join('\0') });
  const ignored = new Set(told.ok ? told.value.split('\0') : []);
  const open = paths.filter((path) => !ignored.has(path));
  if (open.length === 0) removeFile(file);
  else writeFileAtomic(file, `${await personalExcludes(git, workspace, home)}\n${open.map(asPattern).join('\n')}\n`);
  return open;
}

/** A file named by us takes the place of the person's own, so what stands in that one is said again. */
async function personalExcludes(git: Git, workspace: string, home: string | undefined): Promise<string> {
  const named = await git.run(workspace, ['config', '--path', '--get', 'core.excludesFile']);
  const file = named.ok ? named.value.trimEnd() : join(home ?? '/', '.config', 'git', 'ignore');
  try {
    return readTextIfThere(file, { maxBytes: 1024 * 1024, followLinks: true }) ?? '';
  } catch {
    return ''; // git could not read it either.
  }
}

/** As gitignore(5) reads it: this path and no other. */
const asPattern = (path: string): string =>
  `/${path.replaceAll(/[\\*?[\]]/g, '\\$&').replace(/ +$/, (end) => '\\ '.repeat(end.length))}`;

/** For the environment of whatever runs in the workspace; nothing when there is no such file. */
export function excludeVariables(env: Readonly<Record<string, string>>, file: string): Record<string, string> {
  if (probePath(file).kind !== 'file') return {};
  const count = /^\d{1,3}$/.test(env['GIT_CONFIG_COUNT'] ?? '') ? Number(env['GIT_CONFIG_COUNT']) : 0;
  return {
    GIT_CONFIG_COUNT: String(count + 1),
    [`GIT_CONFIG_KEY_${count}`]: 'core.excludesFile',
    [`GIT_CONFIG_VALUE_${count}`]: file,
  };
}
