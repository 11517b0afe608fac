import { expect, it } from 'vitest';
import { fail, ok } from './result.ts';
it('is a value either way', () => {
  expect([ok(1), fail('no')]).toEqual([
    { ok: true, value: 1 },
    { ok: false, problem: 'no' },
  ]);
});
