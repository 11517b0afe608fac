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

/** Of a file that another program appends to, a part by whole lines. */
export type Stretch =
  | {
      readonly kind: 'read';
      /** In order, each with the byte at which it begins. */
      readonly lines: readonly { readonly offset: number; readonly text: string }[];
      readonly file: string;
      readonly from: number;
      readonly to: number;
      /** Something stands behind the stretch. */
      readonly more: boolean;
    }
  | Exclude<Growth, { readonly kind: 'read' }>;

/**
 * Only of a regular file of this user, and of none that a link stands for. From its beginning, or from near its end when that is far, where
 * nothing was read yet, where it was cut shorter, and where it is another file now. A last line without an end is left for later.
 */
export const readGrowth = (path: string, since: Place | null, maxBytes: number): Growth =>
  withFile(path, ({ fd, file, size, modifiedAt }) => {
    const known = since !== null && since.file === file && since.offset <= size ? since.offset : 0;
    const from = Math.max(known, size - maxBytes);
    const { lines, offset } = wholeLines(readAt(fd, from, size - from), from, from > known);
    return { kind: 'read', lines, place: { file, offset }, modifiedAt };
  });

/**
 * Of the same kind of file what stands before, or behind, a place that was read; without one, or when that is in another file, what stands at
 * its end. Never more than that many bytes: of a line that is longer nothing is told, and the next stretch goes on within it.
 */
export const readStretch = (path: string, beside: Beside | null, maxBytes: number): Stretch =>
  withFile(path, ({ fd, file, size }) => {
    const known = beside !== null && beside.file === file && beside.offset <= size ? beside : null;
    const isBehind = known?.side === 'behind';
    const end = isBehind ? Math.min(size, known.offset + maxBytes) : (known?.offset ?? size);
    const start = isBehind ? known.offset : Math.max(0, end - maxBytes);
    const { lines, first, last } = linesWithin(fd, start, end);
    return {
      ...{ kind: 'read', lines, file, more: end < size },
      from: first !== null && first < end ? first : start,
      to: last !== null && last > start ? last : end - start >= maxBytes ? end : start,
    };
  });

export interface Beside extends Place {
  readonly side: 'before' | 'behind';
}

interface OpenFile {
  readonly fd: number;
  readonly file: string;
  readonly size: number;
  readonly modifiedAt: number;
}

const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function withFile<T>(path: string, read: (file: OpenFile) => T): T | Exclude<Growth, { readonly kind: 'read' }> {
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
    return read({ fd, file, size: stats.size, modifiedAt: Math.floor(stats.mtimeMs) });
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

/** @returns also where the first line begins in it, and where the one behind the last would: null where none does */
function linesWithin(fd: number, start: number, end: number) {
  // With the byte before it, which tells whether a line begins there.
  const at = Math.max(0, start - 1);
  const bytes = readAt(fd, at, end - at);
  const feeds = [bytes.indexOf(lineFeed), bytes.lastIndexOf(lineFeed)].map((feed) => (feed < 0 ? null : at + feed + 1));
  const [first = null, last = null] = start === 0 ? [0, feeds[1]] : feeds;
  const lines: { readonly offset: number; readonly text: string }[] = [];
  for (let offset = first ?? end; last !== null && offset < last;) {
    const feed = bytes.indexOf(lineFeed, offset - at);
    lines.push({ offset, text: bytes.toString('utf8', offset - at, feed) });
    offset = at + feed + 1;
  }
  return { lines, first, last };
}
