// Programs by name on a PATH, without the entries through which a repository could slip in its own.
import { statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { isBelow, isExecutableFile } from './files.ts';

/** Absolute path of the first executable file; null when there is none. A name with a separator is judged as an absolute path. */
export function findProgram(name: string, path: string): string | null {
  if (/[/\\]/.test(name)) return isAbsolute(name) && isExecutableFile(name) ? name : null;
  if (name === '' || name.includes('\0')) return null;
  for (const directory of absoluteEntries(path)) {
    for (const ending of endings) {
      const file = join(directory, name + ending);
      if (isExecutableFile(file)) return file;
    }
  }
  return null;
}

const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat', ''] : [''];

/** Relative entries (`.`, `node_modules/.bin`, empty) mean another program in every directory. */
export const absoluteEntries = (path: string): readonly string[] =>
  path.split(delimiter).filter((entry) => isAbsolute(entry));

/**
 * The PATH for Athene's own calls: absolute, not of a package's `node_modules`, not below `except` (Athene's home, with agents'
 * worktrees and wrappers), not writable by everybody; ends with the system's directories.
 */
export function cleanPath(path: string, except: readonly string[]): string {
  const kept = [...absoluteEntries(path), ...systemDirectories].filter(
    (entry) =>
      !/[/\\]node_modules[/\\]/.test(entry) &&
      !except.some((root) => entry === root || isBelow(entry, root)) &&
      !isOpenToAll(entry),
  );
  return [...new Set(kept)].join(delimiter);
}

const systemDirectories =
  process.platform === 'win32'
    ? ['C:\\Program Files\\Git\\cmd', 'C:\\Windows\\System32', 'C:\\Windows']
    : ['/usr/local/bin', '/opt/homebrew/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin'];

function isOpenToAll(directory: string): boolean {
  if (process.platform === 'win32') return false;
  try {
    const stats = statSync(directory, { throwIfNoEntry: false });
    return stats !== undefined && (stats.mode & 0o002) !== 0;
  } catch {
    return true; // Another user's, as after `su`: nothing there can be run, and nobody knows who may write there.
  }
}
