// The door to state files: small, whole, private to the person, never through a symbolic link that somebody else may have laid.
import { isUtf8 } from 'node:buffer';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { faultPoint } from './fault-points.ts';

/** Absent on Windows, where opening a link for reading is judged by `lstat` alone. */
const noFollow = constants.O_NOFOLLOW ?? 0;
/** A FIFO in the place of a file must not hang the reader. */
const nonBlock = constants.O_NONBLOCK ?? 0;
const defaultCap = 16 * 1024 * 1024;

/** What stands at a path; `unknown` when that could not be told (no permission, input/output error). */
export type PathProbe =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file' | 'directory' | 'link' | 'other'; readonly size: number; readonly modifiedAt: number }
  | { readonly kind: 'unknown'; readonly why: string };

/** Looks at the path itself, not at what a link points to. Never throws. */
export function probePath(path: string): PathProbe {
  try {
    faultPoint('fs', 'lstat');
    const stats = lstatSync(path);
    const kind = stats.isSymbolicLink()
      ? 'link'
      : stats.isFile()
        ? 'file'
        : stats.isDirectory()
          ? 'directory'
          : 'other';
    return { kind, size: stats.size, modifiedAt: stats.mtimeMs };
  } catch (error) {
    return isAbsence(error) ? { kind: 'absent' } : { kind: 'unknown', why: messageOf(error) };
  }
}

/** Permission bits of what stands at the path itself; throws when that can't be told. */
export function modeOf(path: string): number {
  faultPoint('fs', 'lstat');
  return lstatSync(path).mode & 0o777;
}

/** The path with every link resolved; null when nothing is there; throws when that can't be told. */
export function realPathIfThere(path: string): string | null {
  try {
    faultPoint('fs', 'realpath');
    return realpathSync.native(path);
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

/** Creates the directory and its parents 0700; throws unless it is a real directory of this user, and closes it to others. */
export function ensureDirectory(path: string): void {
  faultPoint('fs', 'mkdir');
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const stats = lstatSync(path);
  if (!stats.isDirectory()) throw new Error(`${path} is not a directory but a link or a file`);
  if (process.platform === 'win32') return;
  if (stats.uid !== process.getuid?.()) throw new Error(`${path} belongs to another user`);
  if ((stats.mode & 0o077) !== 0) chmodSync(path, 0o700);
}

export interface ReadOptions {
  /** Largest size in bytes; a longer file throws. */
  readonly maxBytes?: number;
  /** For files that people may rightly keep as a link (their configuration). */
  readonly followLinks?: boolean;
}

/** The text of a regular file; null when there is none. Throws on links, devices, FIFOs, and files over the cap. */
export function readTextIfThere(path: string, options: ReadOptions = {}): string | null {
  faultPoint('fs', 'read');
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | nonBlock | (options.followLinks === true ? 0 : noFollow));
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw new Error(`${path} is not a regular file`);
    if (stats.size > (options.maxBytes ?? defaultCap)) throw new Error(`${path} is too long (${stats.size} bytes)`);
    return readFileSync(fd, 'utf8');
  } finally {
    closeSync(fd);
  }
}

/** The first bytes of a regular file as text; null when there is none. A character that the end cuts through is replaced. */
export function readHeadIfThere(path: string, bytes: number): string | null {
  faultPoint('fs', 'read');
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | nonBlock | noFollow);
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
  try {
    if (!fstatSync(fd).isFile()) throw new Error(`${path} is not a regular file`);
    const head = Buffer.alloc(bytes);
    return head.toString('utf8', 0, readSync(fd, head, 0, bytes, 0));
  } finally {
    closeSync(fd);
  }
}

export type StrangeFile =
  /** `isText`: every byte of it is in `text`; else some of them were none of UTF-8. */
  | {
      readonly kind: 'read';
      readonly text: string;
      readonly isText: boolean;
      readonly bytes: Buffer;
      readonly modifiedAt: number;
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly why: string };

/** A file that anybody of this user may have laid there: only a regular one of this user with one name is read, up to the cap. */
export function readStrangeFile(path: string, maxBytes: number): StrangeFile {
  faultPoint('fs', 'read');
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | nonBlock | noFollow);
  } catch (error) {
    if (isAbsence(error)) return { kind: 'absent' };
    const { code = '' } = error as NodeJS.ErrnoException;
    // A link, a socket, or something that this user may not read.
    if (['ELOOP', 'EMLINK', 'ENXIO', 'EACCES'].includes(code))
      return { kind: 'refused', why: `can't be opened (${code})` };
    throw error;
  }
  try {
    const stats = fstatSync(fd);
    const why = strangeness(stats, maxBytes);
    if (why !== null) return { kind: 'refused', why };
    const bytes = readFileSync(fd);
    const modifiedAt = Math.floor(stats.mtimeMs);
    return { kind: 'read', text: bytes.toString('utf8'), isText: isUtf8(bytes), bytes, modifiedAt };
  } finally {
    closeSync(fd);
  }
}

function strangeness(stats: Stats, maxBytes: number): string | null {
  if (!stats.isFile()) return 'not a regular file';
  if (process.platform !== 'win32' && stats.uid !== process.getuid?.()) return 'belongs to another user';
  if (stats.nlink > 1) return 'has a second name';
  return stats.size > maxBytes ? `too long (${stats.size} bytes)` : null;
}

/** False when there is something of that name already. */
export function createFile(path: string, content: string, mode: number): boolean {
  try {
    writeNew(path, content, mode);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** After a crash at any moment the file is the old one or the new one, whole. Mode 0600. Replaces a link, does not follow it. */
export function writeFileAtomic(path: string, content: string | Uint8Array, mode = 0o600): void {
  const temporary = join(dirname(path), `.${basename(path).slice(0, 80)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    writeNew(temporary, content, mode);
    faultPoint('fs', 'rename');
    renameSync(temporary, path);
  } catch (error) {
    unlinkIfThere(temporary);
    throw error;
  }
  syncDirectory(dirname(path));
}

/** Copies a regular file to a new one, 0600, dated to the whole second before `from` (git then trusts no time stamp in a copied index). */
export function copyFile(from: string, to: string): boolean {
  const probe = probePath(from);
  if (probe.kind === 'absent') return false;
  if (probe.kind !== 'file') throw new Error(`${from} is not a regular file`);
  faultPoint('fs', 'copy');
  copyFileSync(from, to, constants.COPYFILE_EXCL);
  chmodSync(to, 0o600);
  const seconds = Math.floor(probe.modifiedAt / 1000);
  utimesSync(to, seconds, seconds);
  return true;
}

/** Copies a regular file to where nothing is, with its mode. Throws when something is there. */
export function copyNew(from: string, to: string): void {
  faultPoint('fs', 'copy');
  copyFileSync(from, to, constants.COPYFILE_EXCL);
}

/** A symbolic link where nothing is. Throws when something is there. */
export function linkNew(target: string, path: string): void {
  faultPoint('fs', 'symlink');
  symlinkSync(target, path);
}

/** What the link at the path says, unresolved; null when there is no link. */
export function readLinkIfThere(path: string): string | null {
  faultPoint('fs', 'readlink');
  try {
    return readlinkSync(path);
  } catch (error) {
    if (isAbsence(error) || codeOf(error) === 'EINVAL') return null;
    throw error;
  }
}

/** A directory with its parents in a place that is not Athene's own: modes are left as they are. */
export function makeDirectories(path: string): void {
  faultPoint('fs', 'mkdir');
  mkdirSync(path, { recursive: true });
}

/** True when the file holds nothing but the beginning of the other, or all of it. Both must be regular files of at most 16 MB. */
export function isBeginningOf(path: string, other: string): boolean {
  const [own, whole] = [probePath(path), probePath(other)];
  if (own.kind !== 'file' || whole.kind !== 'file' || own.size > whole.size || whole.size > defaultCap) return false;
  faultPoint('fs', 'read');
  const bytes = readFileSync(path);
  return bytes.equals(readFileSync(other).subarray(0, bytes.length));
}

/** Appends in one write, so that lines of several processes do not mix. Creates the file 0600. */
export function appendFile(path: string, content: string | Uint8Array): void {
  faultPoint('fs', 'append');
  const fd = openForAppend(path);
  try {
    writeAll(fd, content);
  } finally {
    closeSync(fd);
  }
}

/** A descriptor at the end of a regular file, made 0600 when there is none. Throws on links, devices and FIFOs, and never waits. */
export function openForAppend(path: string): number {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | nonBlock | noFollow;
  const fd = openSync(path, flags, 0o600);
  if (fstatSync(fd).isFile()) return fd;
  closeSync(fd);
  throw new Error(`${path} is not a regular file`);
}

/** Says whether there was one. */
export function removeFile(path: string): boolean {
  faultPoint('fs', 'unlink');
  return unlinkIfThere(path);
}

/** Moves within one file system; replaces what a rename replaces. */
export function renameFile(from: string, to: string): void {
  faultPoint('fs', 'rename');
  renameSync(from, to);
}

/** Puts a file in the place of a regular one, whose mode it takes over. */
export function replaceContent(from: string, to: string): void {
  faultPoint('fs', 'rename');
  const { mode } = lstatSync(to);
  chmodSync(from, mode & 0o777);
  renameSync(from, to);
}

/**
 * Removes a directory tree that lies really inside `root`: links are resolved first, a link in its place or a place outside throws.
 * Links inside the tree are removed, not followed. An absent one is no error.
 */
export async function removeDirectory(path: string, root: string): Promise<void> {
  const probe = probePath(path);
  if (probe.kind === 'absent') return;
  if (probe.kind !== 'directory') throw new Error(`${path} is not a directory (${probe.kind}); nothing was removed`);
  if (!isReallyInside(path, root)) throw new Error(`${path} is not inside ${root}; nothing was removed`);
  faultPoint('fs', 'rmdir');
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}

/** False when something is in it, or it is not there. */
export function removeIfEmpty(path: string): boolean {
  faultPoint('fs', 'rmdir');
  try {
    rmdirSync(path);
    return true;
  } catch (error) {
    if (isAbsence(error) || ['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) return false;
    throw error;
  }
}

/** True when `path`, all links resolved, is a place below `root`, all links resolved. False when either is absent. */
export function isReallyInside(path: string, root: string): boolean {
  const [realPath, realRoot] = [realPathIfThere(path), realPathIfThere(root)];
  return realPath !== null && realRoot !== null && isBelow(realPath, realRoot);
}

/** Pure: by the text of two absolute paths. A path is not below itself. */
export function isBelow(path: string, root: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Sets the modification time to now; creates an empty file 0600 when there is none. */
export function touch(path: string): void {
  faultPoint('fs', 'touch');
  const fd = openSync(path, constants.O_WRONLY | constants.O_CREAT | nonBlock | noFollow, 0o600);
  closeSync(fd);
  const now = new Date();
  utimesSync(path, now, now);
}

/** Names in the directory, sorted; empty when there is no directory. */
export function listDirectory(path: string): readonly string[] {
  try {
    faultPoint('fs', 'readdir');
    return readdirSync(path).toSorted();
  } catch (error) {
    if (isAbsence(error)) return [];
    throw error;
  }
}

/** Asks the system, which says no on a file system where no program may run (`noexec`), whatever the modes say. */
export function mayRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // Absent, not executable, or not to be judged: it can't be counted on.
  }
}

/** Follows links. Never throws: a file that can't be judged is not executable. */
export function isExecutableFile(path: string): boolean {
  try {
    const stats = statSync(path);
    return stats.isFile() && (process.platform === 'win32' || (stats.mode & 0o111) !== 0);
  } catch {
    return false; // Absent or unreadable: no program for us either way.
  }
}

function writeNew(path: string, content: string | Uint8Array, mode: number): void {
  faultPoint('fs', 'write');
  const fd = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow, mode);
  try {
    writeAll(fd, content);
    faultPoint('fs', 'fsync');
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function writeAll(fd: number, content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let written = 0; written < bytes.length;) written += writeSync(fd, bytes, written);
}

export function syncDirectory(path: string): void {
  if (process.platform === 'win32') return; // Windows can't open a directory for this.
  const fd = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function unlinkIfThere(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    if (isAbsence(error)) return false;
    throw error;
  }
}

const isAbsence = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error));

/** The errno name of a system error, else an empty text. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
