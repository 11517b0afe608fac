import { expect, it } from 'vitest';
import { rateLimit } from './rate-limit.ts';

it('lets so many through within a time, and again after it', () => {
  let clock = 5;
  const may = rateLimit({ most: 2, within: 10 }, () => clock);
  const asked = [5, 6, 14, 15, 15, 24, 25, 1, 2, 3].map((at) => {
    clock = at;
    return may();
  });
  // The clock was set back before the last three.
  expect(asked).toEqual([true, true, false, true, true, false, true, true, true, false]);
});
