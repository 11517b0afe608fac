import { expect, it } from 'vitest';
import { withText, withUnsent } from './unsent.ts';

it('keeps what is written by session, and nothing of empty ones', () => {
  const messages = withText(new Map([['a-1', 'one']]), 'a-2', 'two');
  expect([...withText(messages, 'a-1', '')]).toEqual([['a-2', 'two']]);
});

it.each([
  [[], 'back'],
  [[['a-1', 'begun since']], 'back\nbegun since'],
] as const)('puts back what was not sent, and loses nothing that was begun since: %j', (before, after) => {
  expect(withUnsent(new Map(before), 'a-1', 'back').get('a-1')).toBe(after);
});
