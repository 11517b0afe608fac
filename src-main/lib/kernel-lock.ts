// An exclusive lock that the kernel drops with its process: an open exclusive transaction on a small SQLite file of its own.
// The file is never deleted, and never opened by anything but SQLite: closing any other descriptor of it would drop the lock.
import { closeSync, lstatSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { faultPoint } from './fault-points.ts';

/** Milliseconds. Longer than a probe holds the file, short enough for an event loop. */
const probeGrace = 20;

export interface KernelLock {
  /** Idempotent. */
  release(): void;
}

/** Null when another holder has it, in this process or another. Throws when the file can't be a lock (unreadable, not ours, a link). */
export function acquireKernelLock(path: string): KernelLock | null {
  createOnce(path);
  faultPoint('fs', 'lock');
  const database = new DatabaseSync(path, { timeout: probeGrace });
  try {
    // Nothing is ever written, so no journal need lie beside the file either.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw new Error(`The lock file ${path} can't be used`, { cause: error });
  }
  return { release: () => database.isOpen && database.close() };
}

export interface WaitOptions {
  /** Milliseconds until giving up. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  /** 0 up to 1, spreads the contenders. */
  readonly random?: () => number;
}

/** Tries again until the lock is free; null after the time. Never freezes the event loop for more than 20 ms. */
export async function waitForKernelLock(path: string, options: WaitOptions): Promise<KernelLock | null> {
  const deadline = performance.now() + options.timeout;
  for (;;) {
    const lock = acquireKernelLock(path);
    if (lock !== null || performance.now() >= deadline) return lock;
    await sleep(
      5 + 25 * (options.random ?? Math.random)(),
      undefined,
      options.signal ? { signal: options.signal } : {},
    );
  }
}

/** Three values; a file that is not there is not locked. Takes no lock that a holder could miss for more than a moment. */
export function isLocked(path: string): 'yes' | 'no' | 'unknown' {
  try {
    faultPoint('fs', 'lock-probe');
    const there = lstatSync(path, { throwIfNoEntry: false });
    if (there === undefined) return 'no';
    // SQLite would follow a link, and wait for ever at a FIFO.
    if (!there.isFile()) return 'unknown';
    const database = new DatabaseSync(path, { readOnly: true, timeout: 0 });
    try {
      database.prepare('SELECT count(*) FROM sqlite_schema').get();
      return 'no';
    } catch (error) {
      return isBusy(error) ? 'yes' : 'unknown';
    } finally {
      database.close();
    }
  } catch {
    return 'unknown'; // Could not even look: the third value is the answer.
  }
}

/** Null when the file is a lock, or can become one; else what to tell a person. */
export const lockTrouble = (path: string) =>
  isLocked(path) !== 'unknown'
    ? null
    : {
        what: `The lock file ${path} can't be used: something else lies in its place, or it can't be read.`,
        kept: 'Nothing was started or changed.',
        todo: 'Move it away, then try again. Athene makes a new one.',
      };

/** SQLite would create it with the umask's mode and follow a link. */
function createOnce(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    if (!lstatSync(path).isFile()) throw new Error(`The lock file ${path} is not a regular file`, { cause: error });
  }
}

/** SQLITE_BUSY is 5, with more in the upper bits. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 255) === 5;
