// The built screen, read from one directory and from nowhere else.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { faultPoint } from '../lib/fault-points.ts';
import { codeOf, isBelow, realPathIfThere } from '../lib/files.ts';

export interface StaticFile {
  readonly content: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** A FIFO must not hang the reader, nor a link lead it elsewhere after the look. Neither flag exists on Windows. */
const reading = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
/** Bytes; nothing of a screen comes near. */
const largestFile = 64 * 1024 * 1024;

/** Null when the path names no regular file below the directory, links resolved. `path` is as it came, still encoded. */
export async function readStaticFile(directory: string, path: string): Promise<StaticFile | null> {
  const segments = safeSegments(path === '/' ? '/index.html' : path);
  if (segments === null) return null;
  const root = realPathIfThere(directory);
  const file = realPathIfThere(join(directory, ...segments));
  if (root === null || file === null || !isBelow(file, root)) return null;
  const content = await readRegularFile(file);
  return content === null ? null : { content, headers: headersFor(segments) };
}

/** Each segment decoded once; null for everything that could mean another place on some system. */
function safeSegments(path: string): string[] | null {
  try {
    const segments = path.slice(1).split('/').map(decodeURIComponent);
    return segments.every(isSafeSegment) ? segments : null;
  } catch (error) {
    // decodeURIComponent on bytes that are no UTF-8.
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** Names as a build makes them. Leaves out: dots in front, slashes, backslashes, NUL, colons, and what was encoded twice. */
const isSafeSegment = (segment: string): boolean => /^[\w@+-][\w@+.,-]{0,199}$/.test(segment);

async function readRegularFile(path: string): Promise<Buffer | null> {
  faultPoint('fs', 'static');
  try {
    await using file = await open(path, reading);
    const stats = await file.stat();
    return stats.isFile() && stats.size <= largestFile ? await file.readFile() : null;
  } catch (error) {
    // Gone since it was looked at, or not for us to read: the same as absent to who asks.
    if (['ENOENT', 'EACCES', 'EISDIR', 'ELOOP', 'ENXIO'].includes(codeOf(error))) return null;
    throw error;
  }
}

function headersFor(segments: readonly string[]): Readonly<Record<string, string>> {
  const name = segments.at(-1) ?? '';
  return {
    'Content-Type': contentTypes[extname(name).toLowerCase()] ?? 'application/octet-stream',
    'Cache-Control': cacheControl(segments, name),
  };
}

function cacheControl(segments: readonly string[], name: string): string {
  if (name.endsWith('.html')) return 'no-store';
  // As the build names what it has hashed.
  const hashed = segments[0] === 'assets' && /-[\w-]{8}\.\w+$/.test(name);
  return hashed ? 'private, max-age=31536000, immutable' : 'no-cache';
}
