// The door to a file to which another program appends: what has come since the last look, by whole lines, and never more than a look's worth.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { faultPoint } from './fault-points.ts';
import { codeOf } from './files.ts';

/** Up to where it was read; of which file, since another one may have taken its place. */
export interface Place {
  readonly file: string;
  /** Bytes; the beginning of a line. */
  readonly offset: number;
}

export type Growth =
  | {
      readonly kind: 'read';
      readonly lines: readonly string[];
      readonly place: Place;
      /** Milliseconds since the epoch. */
      readonly modifiedAt: number;
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly why: string };

const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Only of a regular file of this user, and of none that a link stands for. From its beginning, or from near its end when that is far, where
 * nothing was read yet, where it was cut shorter, and where it is another file now. A last line without an end is left for later.
 */
export function readGrowth(path: string, since: Place | null, maxBytes: number): Growth {
  faultPoint('fs', 'read');
  let fd: number;
  try {
    fd = openSync(path, flags);
  } catch (error) {
    const code = codeOf(error);
    return ['ENOENT', 'ENOTDIR'].includes(code)
      ? { kind: 'absent' }
      : { kind: 'refused', why: `can't be opened (${code})` };
  }
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) return { kind: 'refused', why: 'not a regular file' };
    if (process.platform !== 'win32' && stats.uid !== process.getuid?.())
      return { kind: 'refused', why: 'belongs to another user' };
    const file = `${stats.dev}:${stats.ino}`;
    const known = since !== null && since.file === file && since.offset <= stats.size ? since.offset : 0;
    const from = Math.max(known, stats.size - maxBytes);
    const { lines, offset } = wholeLines(readAt(fd, from, stats.size - from), from, from > known);
    return { kind: 'read', lines, place: { file, offset }, modifiedAt: Math.floor(stats.mtimeMs) };
  } finally {
    closeSync(fd);
  }
}

/** It may grow while it is read: what comes then is for the next look. */
function readAt(fd: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, length));
  let read = 0;
  while (read < bytes.length) {
    const more = readSync(fd, bytes, read, bytes.length - read, from + read);
    if (more === 0) break;
    read += more;
  }
  return bytes.subarray(0, read);
}

const lineFeed = 0x0a;

/** @param inLine they begin in the middle of a line, which is left out */
function wholeLines(
  bytes: Buffer,
  from: number,
  inLine: boolean,
): { readonly lines: readonly string[]; readonly offset: number } {
  const start = inLine ? bytes.indexOf(lineFeed) + 1 : 0;
  const end = bytes.lastIndexOf(lineFeed) + 1;
  if (end === 0 || end <= start) return { lines: [], offset: from + start };
  return { lines: bytes.toString('utf8', start, end - 1).split('\n'), offset: from + end };
}
