// The door to file watches: one file, heard of by the system, without a timer.
import { watch, type FSWatcher } from 'node:fs';
import { faultPoint } from './fault-points.ts';

export interface FileWatch {
  /** Starts again when the file or the watch went away; true when it did. Cheap when all is well. */
  renew(): boolean;
  close(): void;
}

/**
 * Calls `onChange` when the file may have changed; some changes may be swallowed. Hears nothing while there is no file, and no more after it
 * was replaced, until it is renewed. Keeps no process alive.
 * @param prepare makes sure that there is a file, where its absence means nothing
 */
export function watchFile(path: string, onChange: () => void, prepare: () => void = () => undefined): FileWatch {
  let watcher: FSWatcher | null = null;
  let closed = false;
  const drop = (): void => {
    watcher?.close();
    watcher = null;
  };
  const renew = (): boolean => {
    if (closed || watcher !== null) return false;
    try {
      faultPoint('fs', 'watch');
      prepare();
      watcher = watch(path, { persistent: false }, (event) => {
        // `rename`: the file was deleted or replaced, and this watch is deaf from now on.
        if (event === 'rename') drop();
        onChange();
      }).on('error', drop);
      return true;
    } catch {
      // No watch to be had (no such file, a limit of the system, no permission): whoever renews tries again.
      return false;
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
