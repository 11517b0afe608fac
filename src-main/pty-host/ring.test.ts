import { expect, it } from 'vitest';
import { Ring } from './ring.ts';

const size = { cols: 80, rows: 24 };
const limits = { first: 8, most: 32 };
const text = (ring: Ring) => ring.read(ring.start, ring.end).toString();

it.each([
  ['nothing', [], '', 0, 8],
  ['less than the first size', ['abc'], 'abc', 0, 8],
  ['exactly the first size', ['abcdefgh'], 'abcdefgh', 0, 8],
  ['more: it doubles and keeps all', ['abcdefgh', 'ijk'], 'abcdefghijk', 0, 16],
  ['one chunk over several doublings', ['x'.repeat(30)], 'x'.repeat(30), 0, 32],
  ['more than the most: the oldest go', ['a'.repeat(30), 'b'.repeat(10)], 'a'.repeat(22) + 'b'.repeat(10), 8, 32],
  ['one chunk longer than the most', ['a'.repeat(40) + 'z'], 'a'.repeat(31) + 'z', 9, 32],
  ['a long chunk after others', ['abc', 'd'.repeat(50)], 'd'.repeat(32), 21, 32],
])('holds %s', (_, chunks, kept, start, capacity) => {
  const ring = new Ring(size, limits);
  for (const chunk of chunks) ring.append(Buffer.from(chunk));
  expect([text(ring), ring.start, ring.capacity]).toEqual([kept, start, capacity]);
});

it('holds the tail of a stream whatever the chunks', () => {
  const stream = Buffer.from(Array.from({ length: 4000 }, (_, at) => 32 + (at % 90)));
  const ring = new Ring(size, limits);
  for (let at = 0, step = 1; at < stream.length; at += step, step = (step * 7 + 3) % 45) {
    step = Math.max(1, step);
    ring.append(stream.subarray(at, at + step));
    const expected = stream.subarray(ring.start, ring.end).toString();
    expect([text(ring), Buffer.concat(ring.views(ring.start, ring.end)).toString()]).toEqual([expected, expected]);
  }
});

it('knows the size at every offset, and forgets sizes only with their bytes', () => {
  const ring = new Ring(size, limits);
  ring.append(Buffer.from('abc'));
  ring.resize({ cols: 90, rows: 24 });
  ring.resize({ cols: 100, rows: 24 });
  ring.append(Buffer.from('def'));
  ring.resize({ cols: 100, rows: 24 });
  expect([0, 2, 3, 6].map((offset) => ring.sizeAt(offset).cols)).toEqual([80, 80, 100, 100]);
  expect([ring.nextResize(0)?.offset, ring.nextResize(3)]).toEqual([3, null]);
  ring.append(Buffer.alloc(40));
  expect([ring.start, ring.sizeAt(0).cols]).toEqual([14, 100]);
});

it('refuses bytes that it does not hold', () => {
  const ring = new Ring(size, limits);
  ring.append(Buffer.alloc(40));
  expect(() => ring.read(7, 20)).toThrow(RangeError);
  expect(() => ring.read(20, 41)).toThrow(RangeError);
});
