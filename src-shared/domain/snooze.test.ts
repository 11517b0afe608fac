import { expect, it } from 'vitest';
import { isUnread, standingSnooze } from './session-notes.ts';
import { nextWaking, snoozeEnd, type SnoozeChoice } from './snooze.ts';
import type { SessionView } from './session.ts';

const asked = (at: number) => ({ at }) as NonNullable<SessionView['question']>;

it.each<[SnoozeChoice, Date, Date | 'change']>([
  ['15m', new Date(2026, 4, 1, 23, 50), new Date(2026, 4, 2, 0, 5)],
  ['1h', new Date(2026, 4, 1, 10, 0), new Date(2026, 4, 1, 11, 0)],
  ['change', new Date(2026, 4, 1), 'change'],
  ['tomorrow', new Date(2026, 4, 31, 23, 59), new Date(2026, 5, 1, 9, 0)],
  ['tomorrow', new Date(2026, 11, 31, 0, 1), new Date(2027, 0, 1, 9, 0)],
])('%s from %s is until %s', (choice, now, expected) => {
  expect(snoozeEnd(choice, now)).toBe(expected === 'change' ? expected : expected.getTime());
});

it.each<[string, Pick<SessionView, 'since' | 'question'>, boolean]>([
  ['what it asked then', { since: 50, question: asked(60) }, true],
  ['a state of that very moment', { since: 100, question: null }, true],
  ['another state', { since: 101, question: null }, false],
  ['the same state with another question', { since: 50, question: asked(101) }, false],
])('a snooze of time 100 and %s', (_, view, stands) => {
  expect(standingSnooze({ until: 'change', at: 100 }, view)).toEqual(stands ? { until: 'change', at: 100 } : null);
});

it.each<[number | null, number, boolean]>([
  [null, 50, true],
  [100, 50, false],
  [100, 100, false],
  [100, 101, true],
])('read at %j, in its state since %j', (readAt, since, unread) => {
  expect(isUnread(readAt, { since })).toBe(unread);
});

it('knows when the next one wakes', () => {
  const until = (end: number | 'change') => ({ snooze: { until: end, at: 0 } });
  expect([
    nextWaking([until(300), until(200), until('change'), until(50), { snooze: null }], 100),
    nextWaking([until('change'), until(100)], 100),
  ]).toEqual([200, null]);
});
