import { expect, it } from 'vitest';
import { isSteady, seenAgain, type SteadyClock } from './steady-clock.ts';

const [hour, day, year] = [3_600_000, 24 * 3_600_000, 365 * 24 * 3_600_000];
const start = Date.UTC(2026, 0, 1);

/** Seen at each of these times after the first. */
const steadyAfter = (...times: readonly number[]): boolean => {
  const first: SteadyClock = seenAgain(null, start);
  return isSteady(times.reduce((clock, time) => seenAgain(clock, start + time), first));
};

it.each<readonly [string, readonly number[], boolean]>([
  ['seen once', [], false],
  ['seen day by day for a week', [1, 2, 3, 4, 5, 6, 7].map((n) => n * day), true],
  ['not yet for a week', [1, 2, 6].map((n) => n * day), false],
  ['an hour ahead, as in summer', [3 * day, 3 * day + hour, 8 * day], true],
  ['ten years ahead', [3 * day, 7 * day, 10 * year], false],
  ['ten years ahead and looked at again', [3 * day, 7 * day, 10 * year, 10 * year + hour], false],
  ['ten years ahead and back', [3 * day, 7 * day, 10 * year, 8 * day], false],
  ['ten years back', [3 * day, 7 * day, -10 * year], false],
  ['nobody there for a month', [7 * day, 40 * day], false],
])('%s: %j', (_what, times, steady) => expect(steadyAfter(...times)).toBe(steady));
