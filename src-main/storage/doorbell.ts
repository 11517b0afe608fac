// A small file of its own, touched after every commit that changed something, by which other processes hear of it.
// It is never the database itself: opening that with fs would drop SQLite's locks (see docs/storage.md).
import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { faultPoint } from '../lib/fault-points.ts';
import { touch } from '../lib/files.ts';

export function ringDoorbell(path: string): void {
  try {
    touch(path);
  } catch {
    // The commit stands; whoever watches finds it by the safety check.
  }
}

export interface DoorbellWatch {
  /** Starts again when the file or the watch went away. Cheap when all is well. */
  renew(): void;
  close(): void;
}

/** Calls `onRing` for every ring that is heard; some may be swallowed, so it needs a slow check beside it. Keeps no process alive. */
export function watchDoorbell(path: string, onRing: () => void): DoorbellWatch {
  let watcher: FSWatcher | null = null;
  let closed = false;
  const drop = (): void => {
    watcher?.close();
    watcher = null;
  };
  const renew = (): void => {
    if (closed || watcher !== null) return;
    try {
      faultPoint('fs', 'watch');
      touch(path);
      watcher = watch(path, { persistent: false }, (event) => {
        // `rename`: the file was deleted or replaced, and this watch is deaf from now on.
        if (event === 'rename') drop();
        onRing();
      }).on('error', drop);
    } catch {
      // No watch to be had (a limit of the system, no permission): the safety check remains, and tries again.
    }
  };
  renew();
  return {
    renew,
    close: () => {
      closed = true;
      drop();
    },
  };
}
