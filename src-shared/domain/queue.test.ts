import { expect, it } from 'vitest';
import { attentionOrder, queueOf, sectionOf } from './queue.ts';
import { damagedSessionView } from './session-view.ts';
import type { SessionView } from './session.ts';
import { screenStateSchema, type ScreenState } from './status.ts';

const now = 1_800_000_000_000;
const minute = 60_000;

const session = (id: string, state: ScreenState, minutes: number, more: Partial<SessionView> = {}): SessionView => ({
  ...damagedSessionView(id, 'api', ''),
  ...{ damaged: null, unread: true, state, since: now - minutes * minute },
  ...more,
});
const names = (sessions: readonly SessionView[]): string => sessions.map(({ id }) => id).join(' ');
const read = (sessions: readonly SessionView[]) =>
  queueOf(sessions, now).sections.map(({ section, sessions: those }) => `${section}: ${names(those)}`);

it('puts who costs time first, and of those the longest waiting', () => {
  const all = [
    session('finished', 'idle', 90),
    session('merged', 'merged', 5),
    session('ready', 'ready-to-land', 80),
    session('changes', 'changes-requested', 70),
    session('conflict', 'conflict', 75),
    session('red', 'ci-failing', 60),
    session('stuck', 'stuck', 5),
    session('lost', 'lost', 50),
    session('crashed', 'crashed', 6),
    session('asks-new', 'asks-you', 1),
    session('asks-old', 'asks-permission', 12),
    session('works', 'working', 100),
    session('in-review', 'review-pending', 100),
  ];
  expect(read(all)).toEqual([
    'waiting: asks-old asks-new',
    'broken: lost crashed stuck red',
    'to-change: conflict changes',
    'ready: ready',
    'finished: finished merged',
  ]);
  expect(names(queueOf(all, now).working)).toBe('works');
});

it.each<[string, Partial<SessionView>, ScreenState]>([
  ['was read', { unread: false }, 'idle'],
  ['is put away', { archived: true }, 'asks-you'],
  ['has a record that can not be read', { damaged: 'why' }, 'crashed'],
  ['is snoozed until it changes', { snooze: { until: 'change', at: now } }, 'asks-you'],
  ['is snoozed for a while', { snooze: { until: now + 1, at: now } }, 'asks-you'],
])('leaves out what %s', (_, more, state) => {
  expect(read([session('a', state, 1, more)])).toEqual([]);
});

it.each<[Partial<SessionView>, string, string]>([
  [{ snooze: { until: now + 1, at: now - minute } }, '', 'a'],
  [{ snooze: { until: now, at: now - minute } }, 'a', ''],
  [{ snooze: { until: now - 1, at: now - minute } }, 'a', ''],
  [{ snooze: null }, 'a', ''],
])('counts what is snoozed, and wakes it in time: %j', (more, awake, asleep) => {
  const { sections, snoozed } = queueOf([session('a', 'asks-you', 5, more)], now);
  expect([names(sections.flatMap(({ sessions }) => sessions)), names(snoozed)]).toEqual([awake, asleep]);
});

it('every state stands in one section or in none', () => {
  expect(Object.fromEntries(screenStateSchema.options.map((state) => [state, sectionOf(state)])))
    .toMatchInlineSnapshot(`
    {
      "asks-permission": "waiting",
      "asks-you": "waiting",
      "changes-requested": "to-change",
      "ci-failing": "broken",
      "ci-running": null,
      "conflict": "to-change",
      "crashed": "broken",
      "done": "finished",
      "idle": "finished",
      "landing": null,
      "lost": "broken",
      "merged": "finished",
      "paused": null,
      "pr-open": null,
      "ready-to-land": "ready",
      "removing": null,
      "review-pending": null,
      "starting": null,
      "stopped": null,
      "stuck": "broken",
      "unknown": null,
      "working": null,
    }
  `);
});

it.each<[string, readonly SessionView[], string]>([
  ['those that ask', [session('b', 'crashed', 9), session('a', 'asks-you', 1), session('c', 'asks-you', 3)], 'c a'],
  ['those that are broken, when nobody asks', [session('b', 'stuck', 9), session('r', 'ready-to-land', 30)], 'b'],
  ['nobody, when nothing is urgent', [session('r', 'ready-to-land', 30), session('i', 'idle', 2)], ''],
])('the key to the next leads to %s', (_, sessions, expected) => {
  expect(names(attentionOrder(sessions, now))).toBe(expected);
});

it('keeps the order of equals, however they come', () => {
  const same = ['c', 'a', 'b'].map((id) => session(id, 'asks-you', 1));
  expect([read(same), read(same.toReversed())]).toEqual([['waiting: a b c'], ['waiting: a b c']]);
});

it('leaves to its agent what that is told to do, and shows what is a person’s affair', () => {
  const affair = { to: 'person', kind: 'broken', priority: 'urgent', since: now } as const;
  const says = { phrase: 'needs you: has conflicts', why: '' };
  const all = [
    session('told', 'ci-failing', 60, { told: { to: 'nobody' } }),
    session('tried', 'ci-failing', 60, { told: { ...affair, says } }),
    session('works', 'working', 5, { told: { ...affair, says } }),
    session('asks', 'asks-you', 5, { told: { ...affair, kind: 'waiting', says: null } }),
    session('only another priority', 'stuck', 5, { told: { ...affair, says: null } }),
  ];
  expect(read(all)).toEqual(['waiting: asks', 'broken: only another priority tried works']);
});
