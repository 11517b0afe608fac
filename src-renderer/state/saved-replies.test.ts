import { expect, it } from 'vitest';
import { fittingReplies, markedAfter } from './saved-replies.ts';

const replies = ['Go on', 'Run the tests', 'Run the linter, then go on'];

it.each([
  ['/', replies],
  ['/go', ['Go on', 'Run the linter, then go on']],
  ['/ RUN the t', ['Run the tests']],
  ['/compact', []],
  ['', []],
  ['go', []],
  ['see /go', []],
  ['/go\non', []],
])('%j fits %j', (typed, expected) => {
  expect(fittingReplies(replies, typed)).toEqual(expected);
});

it('marks none by itself, goes down to the last and back up to none', () => {
  const keys = ['ArrowUp', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp'] as const;
  let marked: number | null = null;
  const way = keys.map((key) => (marked = markedAfter(key, marked, 2)));
  expect(way).toEqual([null, 0, 1, 1, 0, null]);
  expect(markedAfter('ArrowDown', null, 0)).toBe(null);
});
