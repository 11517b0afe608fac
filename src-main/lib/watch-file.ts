// The door to file watches: one file or directory, heard of by the system, without a timer.
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
export const watchFile = (path: string, onChange: () => void, prepare: () => void = () => undefined): FileWatch =>
  // `rename`: the file was deleted or replaced, and this watch is deaf from now on.
  watchPath(path, { onChange, prepare, isDeafAfter: (event) => event === 'rename' });

/** The same for files that come and go in a directory. Not heard after the directory itself was replaced. */
export const watchDirectory = (path: string, onChange: () => void): FileWatch =>
  watchPath(path, { onChange, prepare: () => undefined, isDeafAfter: () => false });

/** The same for a few names alone, where others come and go often. */
export const watchNames = (directory: string, names: readonly string[], onChange: () => void): FileWatch =>
  watchPath(directory, {
    // Where the system does not tell which one it is, it may be one of them.
    onChange: (name) => (name === null || names.includes(name) ? onChange() : undefined),
    prepare: () => undefined,
    isDeafAfter: () => false,
  });

interface Watched {
  readonly onChange: (name: string | null) => void;
  readonly prepare: () => void;
  readonly isDeafAfter: (event: string) => boolean;
}

function watchPath(path: string, { onChange, prepare, isDeafAfter }: Watched): FileWatch {
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
      watcher = watch(path, { persistent: false }, (event, name) => {
        if (isDeafAfter(event)) drop();
        onChange(name);
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
