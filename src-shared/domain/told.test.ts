// Where rules and notices meet: one way to a person, and none while an agent is on it.
import { describe, expect, it } from 'vitest';
import { lookForNotices, noNotices, type NoticeFacts } from './notice.ts';
import { ruleInForce, type SessionReactionKey } from './reaction.ts';
import type { Reactions } from './reaction-rule.ts';
import { triggered, type ReactionState } from './reaction-state.ts';
import { damagedSessionView } from './session-view.ts';
import { defaultSettings } from './settings.ts';
import type { ScreenState } from './status.ts';
import { toldOf, type Told } from './told.ts';

type Remembered = readonly (readonly [SessionReactionKey, Partial<ReactionState>])[];

const told = (state: ScreenState, rules: Reactions = {}, remembered: Remembered = [], now = 5000): Told | null =>
  toldOf({
    ...{ kind: 'worker', state, since: 1000, now },
    rule: (key) => ruleInForce(key, [rules, {}]),
    reactions: remembered.map(([key, over]) => ({ key, state: { ...triggered(1000), ...over } })),
  });
const short = (one: Told | null) =>
  one === null ? null : one.to === 'nobody' ? 'nobody' : [one.kind, one.priority, one.says?.phrase ?? null];

const minutes = 60_000;
const escalated = { escalatedAt: 2000, escalation: 'Its agent was told 3 times.' };

it.each<[string, unknown, ScreenState, Reactions, Remembered]>([
  ['a question: as its state says', null, 'asks-you', {}, []],
  [
    'a question, by a rule with another priority',
    ['waiting', 'warning', null],
    'asks-you',
    { 'agent-needs-input': { priority: 'warning' } },
    [],
  ],
  ['failing checks: its agent is told instead', 'nobody', 'ci-failing', {}, []],
  ['failing checks, where nothing is told by itself', null, 'ci-failing', { 'ci-failed': { auto: false } }, []],
  [
    'failing checks, by a rule that notifies',
    ['broken', 'urgent', null],
    'ci-failing',
    { 'ci-failed': { action: 'notify', priority: 'urgent' } },
    [],
  ],
  [
    'failing checks of which its agent was told often enough',
    ['broken', 'urgent', 'needs you: fails CI'],
    'ci-failing',
    {},
    [['ci-failed', escalated]],
  ],
  [
    'the same while it works on',
    ['broken', 'warning', 'needs you: fails CI'],
    'working',
    { 'ci-failed': { priority: 'warning' } },
    [['ci-failed', escalated]],
  ],
  ['the same while it asks: it waits', null, 'asks-you', {}, [['ci-failed', escalated]]],
  ['what is over', null, 'working', {}, [['ci-failed', { ...escalated, standing: false }]]],
  [
    'two affairs: the more important one',
    ['broken', 'urgent', 'needs you: has conflicts'],
    'idle',
    { 'ci-failed': { priority: 'warning' } },
    [
      ['ci-failed', escalated],
      ['merge-conflicts', escalated],
    ],
  ],
  [
    'a pull request that was closed',
    ['finished', 'action', 'had its pull request closed'],
    'idle',
    {},
    [['pr-closed', { acted: '#7', actedAt: 3000 }]],
  ],
  [
    'a report, by a rule',
    ['broken', 'info', 'has not reported'],
    'working',
    { 'report-no-acknowledge': { action: 'notify', priority: 'info' } },
    [['report-no-acknowledge', { acted: '1' }]],
  ],
  ['changes that are asked for: its agent is told instead', 'nobody', 'changes-requested', {}, []],
  [
    'a question, by a rule that would tell its agent: nobody answers by itself',
    null,
    'asks-you',
    { 'agent-needs-input': { action: 'send-to-agent' } },
    [],
  ],
  ['work', null, 'working', {}, []],
])('%s', (_, expected, state, rules, remembered) => {
  expect(short(told(state, rules, remembered))).toEqual(expected);
});

it('one that is stuck is told of only when it has been so for as long as its rule says', () => {
  const rule: Reactions = { 'agent-stuck': { threshold: '15m' } };
  expect(told('stuck')).toBe(null);
  expect(told('stuck', rule, [], 1000 + 4 * minutes)).toEqual({ to: 'nobody' });
  expect(told('stuck', rule, [], 1000 + 5 * minutes)).toBe(null);
});

it('a coordinator is told nothing, so that a person is', () => {
  const rules: Reactions = { 'agent-stuck': { action: 'send-to-agent' } };
  const of = (kind: 'worker' | 'orchestrator') =>
    toldOf({ kind, state: 'stuck', since: 1, now: 2, rule: (key) => ruleInForce(key, [rules, {}]), reactions: [] });
  expect([of('worker'), of('orchestrator')]).toEqual([{ to: 'nobody' }, null]);
});

describe('a notice', () => {
  const facts = (state: ScreenState, told: Told | null, now: number): NoticeFacts => ({
    sessions: [
      {
        ...damagedSessionView('app-1', 'app', ''),
        damaged: null,
        name: 'mend it',
        state,
        since: 1000,
        createdAt: 1,
        because: 'So.',
        told,
      },
    ],
    ...{ settings: defaultSettings, now, isInSight: () => false },
  });
  const watched = lookForNotices(noNotices, facts('ci-failing', { to: 'nobody' }, 1000)).state;

  it('tells nobody while its agent is told, and once when it is a person’s affair', () => {
    const quiet = lookForNotices(watched, facts('ci-failing', told('ci-failing'), 5000));
    expect(quiet.tell).toEqual([]);
    const affair = told('ci-failing', {}, [['ci-failed', { ...escalated, escalatedAt: 100_000 }]]);
    const seen = lookForNotices(quiet.state, facts('ci-failing', affair, 100_000));
    const step = lookForNotices(seen.state, facts('ci-failing', affair, 101_000));
    expect(step.tell).toEqual([
      {
        id: 'broken-1',
        kind: 'broken',
        priority: 'urgent',
        sessions: ['app-1'],
        title: 'mend it needs you: fails CI',
        body: 'app · Its agent was told 3 times.',
      },
    ]);
    const later = lookForNotices(step.state, facts('ci-failing', affair, 300_000));
    expect([later.tell, later.withdraw]).toEqual([[], []]);
    expect(lookForNotices(later.state, facts('working', null, 301_000)).withdraw).toEqual(['broken-1']);
  });

  it('has the priority of its rule', () => {
    const rules: Reactions = { 'agent-needs-input': { priority: 'warning' } };
    const seen = lookForNotices(watched, facts('asks-you', told('asks-you', rules), 2000));
    const step = lookForNotices(seen.state, facts('asks-you', told('asks-you', rules), 3100));
    expect(step.tell.map(({ priority }) => priority)).toEqual(['warning']);
  });
});
