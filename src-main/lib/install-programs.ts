// Brings the programs that an app ships to a place of their own: its archive may be unmounted or replaced while agents run.
import { randomBytes } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { packageRoot } from './package-root.ts';
import { programRoot, setProgramRoot } from './program-root.ts';
import { faultPoint } from './fault-points.ts';
import {
  ensureDirectory,
  isBelow,
  listDirectory,
  probePath,
  readTextIfThere,
  removeDirectory,
  removeFile,
  renameFile,
} from './files.ts';
import { waitForKernelLock } from './kernel-lock.ts';
import { manifestName, treeName } from './program-manifest.ts';
import { copyTree, flawOf } from './program-tree.ts';
import { markUse, removeUnusedPrograms } from './unused-programs.ts';

export interface ProgramPlaces {
  /** The shipped tree, with its manifest. */
  readonly from: string;
  /** Parent of the copies; made 0700. */
  readonly into: string;
  /** File of the lock that one install at a time holds. */
  readonly lock: string;
}

export type ProgramsProblem = Problem<'programs-not-installed'>;

/** Milliseconds. A slow disk takes half a minute for 140 MB. */
const patience = 120_000;

/** Path of a whole copy: the one that is there, or a new one. Copies of other builds that nobody uses are removed. */
export async function installPrograms(places: ProgramPlaces): Promise<Result<string, ProgramsProblem>> {
  try {
    const { from, into } = places;
    const text = readTextIfThere(join(from, manifestName));
    if (text === null) return fail(problem(`${join(from, manifestName)} is missing: this copy of the app is damaged.`));
    ensureDirectory(into);
    const lock = await waitForKernelLock(places.lock, { timeout: patience });
    if (lock === null) return fail(problem(`Another start of Athene has been copying for ${patience / 1000} s.`));
    try {
      const installed = await installOnce(from, into, text);
      markUse(installed);
      pointAt(installed, join(into, 'current'));
      await removeUnusedPrograms(into, installed);
      return ok(installed);
    } finally {
      lock.release();
    }
  } catch (error) {
    return fail(problem(`Athene's programs could not be copied to ${places.into}.`, error));
  }
}

/**
 * For a command that runs where a packager put it: what it starts outlives an upgrade of that place, so it runs from a copy, too.
 * In a checkout, and in a copy, nothing is done.
 */
export async function leaveShippedPlace(places: Omit<ProgramPlaces, 'from'>): Promise<Result<null, ProgramsProblem>> {
  const from = packageRoot();
  const isShipped = programRoot() === from && probePath(join(from, manifestName)).kind === 'file';
  if (!isShipped || isBelow(from, places.into)) return ok(null);
  const installed = await installPrograms({ ...places, from });
  if (installed.ok) setProgramRoot(installed.value);
  return installed.ok ? ok(null) : installed;
}

async function installOnce(from: string, into: string, text: string): Promise<string> {
  const directory = join(into, treeName(text));
  await removeHalfCopies(into);
  const flaw = await flawOf(directory, text);
  if (flaw === null) return directory;
  const copy = join(into, `${halfCopy}${randomBytes(6).toString('hex')}`);
  try {
    await copyTree(from, copy, text);
    // A damaged one may still be run from: it is laid aside, and goes when nobody uses it.
    if (probePath(directory).kind !== 'absent')
      renameFile(directory, `${directory}.damaged-${randomBytes(3).toString('hex')}`);
    renameFile(copy, directory);
  } catch (error) {
    await removeDirectory(copy, into);
    throw error;
  }
  return directory;
}

/** For people's own links to the command, which no build may break. Windows lets not everybody make links. */
function pointAt(tree: string, link: string): void {
  if (process.platform === 'win32') return;
  const fresh = `${link}.new`;
  removeFile(fresh);
  faultPoint('fs', 'symlink');
  symlinkSync(basename(tree), fresh);
  renameFile(fresh, link);
}

const halfCopy = '.copy-';

/** Whoever made them has crashed: the lock is ours. */
async function removeHalfCopies(into: string): Promise<void> {
  for (const name of listDirectory(into)) {
    if (name.startsWith(halfCopy)) await removeDirectory(join(into, name), into);
  }
}

const problem = (what: string, error?: unknown): ProgramsProblem => ({
  code: 'programs-not-installed',
  what,
  kept: 'Nothing was changed, and agents that run go on.',
  todo: 'Free some space (200 MB) and see that the directory is yours, then start Athene again.',
  ...(error === undefined ? {} : { details: error instanceof Error ? String(error) : JSON.stringify(error) }),
});
