// Where the desktop app and Electron keep what is theirs: `desktop/` in the home, closed to others.
import { join } from 'node:path';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { ensureDirectory, renameFile } from '../lib/files.ts';

export interface StateDirectory {
  readonly path: string;
  /** Of Chromium's own files. */
  readonly browser: string;
}

/** Whatever lies in its place is put aside: nothing in a home keeps the app from opening. */
export function openStateDirectory(home: string, now: () => number): Result<StateDirectory, Problem<'home-refused'>> {
  const path = join(home, 'desktop');
  const browser = join(path, 'browser');
  try {
    for (const directory of [path, browser]) makeRoom(directory, now);
    return ok({ path, browser });
  } catch (error) {
    return fail({
      code: 'home-refused',
      what: `${path} can’t be used.`,
      kept: 'Nothing was written.',
      todo: 'Move it out of the way, or make it a directory of yours.',
      details: String(error),
    });
  }
}

function makeRoom(directory: string, now: () => number): void {
  try {
    ensureDirectory(directory);
  } catch {
    // A file, a link, or somebody else's: if it can't be moved either, that is the error that counts.
    renameFile(directory, `${directory}.corrupt-${now()}`);
    ensureDirectory(directory);
  }
}
