// Changes a file that belongs to another program, beside that program: under its own lock, whole, with its permissions.
import { mkdirSync, rmdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { faultPoint } from './fault-points.ts';
import { codeOf, modeOf, readStrangeFile, writeFileAtomic } from './files.ts';

export type ForeignEdit = 'changed' | 'unchanged' | 'absent' | { readonly refused: string };

/** Bytes. */
const largest = 16 * 1024 * 1024;
/** Milliseconds for which the other program may hold its lock; one that it left behind is for it to remove. */
const lockWait = 3000;

/**
 * The lock is a directory beside the file, as the package proper-lockfile makes it. Links, odd files and what `edit` does not understand are
 * left as they are.
 * @param edit the new text; null changes nothing
 */
export async function editForeignFile(path: string, edit: (text: string) => string | null): Promise<ForeignEdit> {
  const first = readStrangeFile(path, largest);
  if (first.kind === 'absent') return 'absent';
  if (first.kind === 'refused') return { refused: first.why };
  const lock = `${path}.lock`;
  if (!(await takeLock(lock))) return { refused: 'is locked by the program that it belongs to' };
  try {
    return editNow(path, edit);
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  } finally {
    giveBack(lock);
  }
}

/** The other program takes a lock that is not renewed for a leftover after a while, and removes it: after a sleep of the machine, say. */
function giveBack(lock: string): void {
  try {
    rmdirSync(lock);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** Without a wait: the lock is held for milliseconds. */
function editNow(path: string, edit: (text: string) => string | null): ForeignEdit {
  const read = readStrangeFile(path, largest);
  if (read.kind === 'absent') return 'absent';
  if (read.kind === 'refused') return { refused: read.why };
  if (!read.isText) return { refused: 'has bytes that are no text, which would not come out as they were' };
  const next = edit(read.text);
  if (next === null) return 'unchanged';
  const mode = modeOf(path);
  // A rename asks nobody: whoever took this right away from the file meant it.
  if ((mode & 0o200) === 0) return { refused: 'is read-only' };
  writeFileAtomic(path, next, mode);
  return 'changed';
}

async function takeLock(lock: string): Promise<boolean> {
  for (const until = Date.now() + lockWait; ; await delay(50)) {
    try {
      faultPoint('fs', 'mkdir');
      mkdirSync(lock);
      return true;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || Date.now() > until) return false;
    }
  }
}
