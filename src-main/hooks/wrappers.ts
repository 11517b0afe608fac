// The wrappers in the home: one directory for each set of them, named by its hash, whole or not there, checked before each use.
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  ensureDirectory,
  isReallyInside,
  listDirectory,
  mayRun,
  modeOf,
  probePath,
  readStrangeFile,
  removeDirectory,
  removeFile,
  renameFile,
  writeFileAtomic,
} from '../lib/files.ts';
import type { HomePaths } from '../storage/paths.ts';
import { hookName, wrapperScripts } from './wrapper-scripts.ts';

export interface Wrappers {
  /** Absolute; first on the PATH of agents. */
  readonly directory: string;
  /** Absolute; what agents' own hooks call. */
  readonly hook: string;
}

/** \`changed\`: somebody wrote there; it is not used until it is made again. */
export type WrapperState = 'good' | 'missing' | 'changed';

/** Hexadecimal; another one for every change of a script. */
export const wrapperVersion = createHash('sha256').update(JSON.stringify(wrapperScripts)).digest('hex').slice(0, 12);

const names = Object.keys(wrapperScripts).toSorted();
/** Scripts have a few KB. */
const largest = 64 * 1024;

/** Scripts of another name skip directories of this pattern when they look for the real program. */
export const wrapperDirectory = (paths: HomePaths): string => join(paths.wrappers, `athene-${wrapperVersion}`);

/**
 * Makes them when they are missing or were changed. Null where there are none: Windows. Throws where they could not run: a shell that finds
 * such a git on its PATH looks for no other.
 */
export async function ensureWrappers(paths: HomePaths): Promise<Wrappers | null> {
  if (process.platform === 'win32') return null;
  const directory = wrapperDirectory(paths);
  if (wrapperState(paths) !== 'good') await make(paths, directory);
  const hook = join(directory, hookName);
  if (!mayRun(hook)) throw new Error(`No program may run in ${paths.home} (noexec)`);
  return { directory, hook };
}

/** Only these files, with exactly this content, which only this user may change. */
export function wrapperState(paths: HomePaths): WrapperState {
  const directory = wrapperDirectory(paths);
  const probe = probePath(directory);
  if (probe.kind === 'absent') return 'missing';
  if (probe.kind !== 'directory' || !isReallyInside(directory, paths.home)) return 'changed';
  const present = listDirectory(directory);
  if (present.length !== names.length || modeOf(directory) !== 0o700) return 'changed';
  return names.every((name) => isAsMade(join(directory, name), wrapperScripts[name] ?? '')) ? 'good' : 'changed';
}

function isAsMade(path: string, content: string): boolean {
  const read = readStrangeFile(path, largest);
  return read.kind === 'read' && read.text === content && modeOf(path) === 0o700;
}

/** Another process may do so at the same time: whoever comes second finds what it wanted. */
async function make(paths: HomePaths, directory: string): Promise<void> {
  ensureDirectory(paths.wrappers);
  const fresh = join(paths.wrappers, `.new-${randomBytes(6).toString('hex')}`);
  ensureDirectory(fresh);
  for (const name of names) writeFileAtomic(join(fresh, name), wrapperScripts[name] ?? '', 0o700);
  if (probePath(directory).kind !== 'absent') await putAway(paths, directory);
  try {
    renameFile(fresh, directory);
  } catch (error) {
    await removeDirectory(fresh, paths.wrappers);
    if (wrapperState(paths) !== 'good') throw error;
  }
  await sweep(paths);
}

async function putAway(paths: HomePaths, directory: string): Promise<void> {
  const bad = join(paths.wrappers, `.bad-${randomBytes(6).toString('hex')}`);
  renameFile(directory, bad);
  if (probePath(bad).kind === 'directory') await removeDirectory(bad, paths.wrappers);
  else removeFile(bad);
}

/** Milliseconds after which nobody is making what was begun. */
const abandoned = 60_000;

async function sweep(paths: HomePaths): Promise<void> {
  for (const name of listDirectory(paths.wrappers).filter((each) => each.startsWith('.'))) {
    const path = join(paths.wrappers, name);
    const probe = probePath(path);
    if (probe.kind === 'directory' && Date.now() - probe.modifiedAt > abandoned)
      await removeDirectory(path, paths.wrappers);
  }
}

/** All sets, of this version and others: agents that run then find the real programs only. */
export const removeWrappers = (paths: HomePaths): Promise<void> => removeDirectory(paths.wrappers, paths.home);
