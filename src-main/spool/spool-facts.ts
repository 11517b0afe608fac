// What a check of the home wants to know of the spool.
import { join } from 'node:path';
import { listDirectory, probePath } from '../lib/files.ts';
import type { HomePaths } from '../storage/paths.ts';
import { spooledNames } from './read-spool.ts';
import { rejectedDirectory } from './set-aside.ts';
import { unfinishedNames } from './tidy-spool.ts';

export interface SpoolFacts {
  /** Begun long ago, and never whole. */
  readonly unfinished: readonly string[];
  /** Whole, and not taken in although there was time. */
  readonly stuck: readonly string[];
  readonly rejected: readonly string[];
}

/** Milliseconds; whoever runs takes events in within seconds. */
const longWait = 600_000;

export function spoolFacts(paths: HomePaths, now: number): SpoolFacts {
  const waitsLong = (name: string): boolean => {
    const probe = probePath(join(paths.spool, name));
    return 'modifiedAt' in probe && now - probe.modifiedAt > longWait;
  };
  return {
    unfinished: unfinishedNames(paths.spool, now),
    stuck: spooledNames(paths.spool).filter(waitsLong),
    rejected: listDirectory(rejectedDirectory(paths)),
  };
}
