// A small directory of ours in one that belongs to another program: made whole, made again when it was changed, and never one of somebody else.
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import {
  ensureDirectory,
  listDirectory,
  makeDirectories,
  probePath,
  readStrangeFile,
  removeDirectory,
  renameFile,
  writeFileAtomic,
} from './files.ts';

/** Names relative to the directory, `/` between. A directory whose mark has its content, and that holds no other names, is ours. */
export interface OwnFiles {
  readonly mark: string;
  readonly files: Readonly<Record<string, string>>;
}

/** `foreign`: something else is there. `unknown`: nobody can look. */
export type ForeignDirectoryState = 'good' | 'missing' | 'changed' | 'foreign' | 'unknown';

/** Our files are small. */
const largest = 64 * 1024;

export function foreignDirectoryState(path: string, { mark, files }: OwnFiles): ForeignDirectoryState {
  const probe = probePath(path);
  if (probe.kind === 'absent') return 'missing';
  if (probe.kind === 'unknown') return 'unknown';
  if (probe.kind !== 'directory') return 'foreign';
  const names = namesIfReadable(path);
  if (names === null) return 'unknown';
  const isAsMade = (name: string): boolean => {
    const read = readStrangeFile(join(path, name), largest);
    return read.kind === 'read' && read.text === files[name];
  };
  if (!isAsMade(mark) || !names.every((name) => Object.hasOwn(files, name))) return 'foreign';
  return Object.keys(files).every(isAsMade) ? 'good' : 'changed';
}

/** Throws where something stands in the way, a link above it too: then the person keeps that directory elsewhere, perhaps with others. */
export async function placeForeignDirectory(path: string, own: OwnFiles): Promise<void> {
  const parent = dirname(path);
  const places = [dirname(parent), parent];
  for (const place of places) {
    const { kind } = probePath(place);
    if (kind !== 'absent' && kind !== 'directory') throw new Error(`${place} is not known to be a directory`);
  }
  await sweep(path);
  if (foreignDirectoryState(path, own) === 'good') return;
  makeDirectories(parent);
  await removeForeignDirectory(path, own);
  await make(path, own);
}

/** Made beside the parent: what is in that would be taken for one that is broken. */
const beside = (path: string): string => join(dirname(dirname(path)), `.${basename(path)}-new-`);

async function make(path: string, own: OwnFiles): Promise<void> {
  const fresh = `${beside(path)}${randomBytes(6).toString('hex')}`;
  try {
    for (const [name, content] of Object.entries(own.files)) {
      ensureDirectory(dirname(join(fresh, name)));
      writeFileAtomic(join(fresh, name), content);
    }
    renameFile(fresh, path);
  } catch (error) {
    await removeDirectory(fresh, dirname(fresh));
    // Another process may have done so at the same time.
    if (foreignDirectoryState(path, own) !== 'good') throw error;
  }
}

/** Milliseconds after which nobody is making what was begun. */
const abandoned = 60_000;

async function sweep(path: string): Promise<void> {
  const begun = beside(path);
  const root = dirname(begun);
  for (const other of listDirectory(root).map((name) => join(root, name))) {
    if (!other.startsWith(begun) || !/^[0-9a-f]{12}$/.test(other.slice(begun.length))) continue;
    const probe = probePath(other);
    if (probe.kind === 'directory' && Date.now() - probe.modifiedAt > abandoned) await removeDirectory(other, root);
  }
}

/** What is not ours stays, and throws. */
export async function removeForeignDirectory(path: string, own: OwnFiles): Promise<void> {
  const state = foreignDirectoryState(path, own);
  if (state === 'foreign') throw new Error(`${path} is not a directory of Athene`);
  if (state === 'unknown') throw new Error(`${path} can't be looked at`);
  if (state !== 'missing') await removeDirectory(path, dirname(path));
}

function namesIfReadable(path: string): readonly string[] | null {
  try {
    return namesBelow(path);
  } catch {
    // Whatever keeps it from being read: what is in it is not known.
    return null;
  }
}

/** Of everything that is no directory. */
const namesBelow = (path: string, before = ''): readonly string[] =>
  listDirectory(path).flatMap((name) =>
    probePath(join(path, name)).kind === 'directory'
      ? namesBelow(join(path, name), `${before}${name}/`)
      : [`${before}${name}`],
  );
