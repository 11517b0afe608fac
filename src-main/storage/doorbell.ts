// A small file of its own, touched after every commit that changed something, by which other processes hear of it.
// It is never the database itself: opening that with fs would drop SQLite's locks (see docs/storage.md).
import { touch } from '../lib/files.ts';
import { watchFile, type FileWatch } from '../lib/watch-file.ts';

export function ringDoorbell(path: string): void {
  try {
    touch(path);
  } catch {
    // The commit stands; whoever watches finds it by the safety check.
  }
}

export type DoorbellWatch = FileWatch;

/** Calls `onRing` for every ring that is heard; some may be swallowed, so it needs a slow check beside it. Keeps no process alive. */
export const watchDoorbell = (path: string, onRing: () => void): DoorbellWatch =>
  watchFile(path, onRing, () => touch(path));
