import { expect, it } from 'vitest';
import { uuidSchema } from '../domain/identifier.ts';
import { uuidV7 } from './uuid-v7.ts';

it('carries the time in front and its version', () => {
  const id = uuidV7(0x0190_0000_0001, new Uint8Array(10).fill(0xff));
  expect([id, uuidSchema.safeParse(id).success]).toEqual(['01900000-0001-7fff-bfff-ffffffffffff', true]);
});
