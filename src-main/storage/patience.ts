// Waiting for a lock that another process holds, without blocking the event loop.
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonic } from '../lib/monotonic.ts';
import { isBusy } from './sqlite.ts';
import { StoreBusyError } from './store.ts';

export interface Patience {
  /** Milliseconds until giving up. */
  readonly limit: number;
  /** 0 up to 1; spreads the contenders. */
  readonly random: () => number;
}

/** Longest pause between two tries, in milliseconds. */
const longestPause = 80;

/** Calls `attempt` until it is not refused for a lock. Throws StoreBusyError after the limit. */
export async function withPatience<T>(what: string, attempt: () => T, { limit, random }: Patience): Promise<T> {
  const started = monotonic();
  for (let pause = 4; ; pause = Math.min(longestPause, pause * 2)) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (monotonic() - started >= limit) throw busyError(what, limit, error);
    }
    await sleep(pause * (0.5 + random()));
  }
}

export const busyError = (what: string, waited: number, cause: unknown): StoreBusyError =>
  new StoreBusyError(
    `Another process has kept Athene's database locked for ${Math.ceil(waited / 1000)} s (wanted: ${what}). Nothing was changed. ` +
      'Is one of its processes stopped or hanging? Continue or end it, then try again.',
    { cause },
  );
