// Takes events in soon after they were written: the system tells of new files; turns of the supervisor are the safety net.
import { watchDirectory } from '../lib/watch-file.ts';
import { ingestSpool, type SpoolDependencies } from './ingest-spool.ts';

/** Milliseconds from the first sign of a file to the look: what comes together is taken in together. */
const settled = 50;

export interface SpoolWatch {
  /** One look at a time; whoever asks meanwhile gets one after it. */
  look(): Promise<void>;
  close(): Promise<void>;
}

export function watchSpool(dependencies: SpoolDependencies): SpoolWatch {
  let timer: NodeJS.Timeout | null = null;
  let under: Promise<void> | null = null;
  let again = false;
  let closed = false;
  const work = async (): Promise<void> => {
    do {
      again = false;
      await ingestSpool(dependencies);
    } while (again && !closed);
  };
  const look = (): Promise<void> => {
    again = true;
    under ??= work().finally(() => (under = null));
    return under;
  };
  const watch = watchDirectory(dependencies.paths.spool, () => {
    timer ??= setTimeout(() => {
      timer = null;
      look().catch((error: unknown) => dependencies.log('spool.failed', { error: String(error) }));
    }, settled).unref();
  });
  return {
    look() {
      watch.renew();
      return look();
    },
    async close() {
      closed = true;
      watch.close();
      if (timer !== null) clearTimeout(timer);
      // Whoever asked for that look has its error.
      await under?.catch(() => undefined);
    },
  };
}
