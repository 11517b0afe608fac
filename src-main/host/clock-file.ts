// When the wall clock was last looked at, and since when it has gone on steadily. A file that is lost or can't be read only means: not steady yet.
import { join } from 'node:path';
import { steadyClockSchema, type SteadyClock } from '#shared/domain/steady-clock.ts';
import { readTextIfThere, writeFileAtomic } from '../lib/files.ts';
import type { HomePaths } from '../storage/paths.ts';

export const clockFileIn = ({ run }: Pick<HomePaths, 'run'>): string => join(run, 'clock.json');

export function readClock(paths: Pick<HomePaths, 'run'>): SteadyClock | null {
  try {
    return steadyClockSchema.parse(JSON.parse(readTextIfThere(clockFileIn(paths), { maxBytes: 1024 }) ?? ''));
  } catch {
    return null; // Not there, or somebody else's: nothing is known of the clock.
  }
}

export const writeClock = (paths: Pick<HomePaths, 'run'>, clock: SteadyClock): void =>
  writeFileAtomic(clockFileIn(paths), `${JSON.stringify(clock)}\n`);
