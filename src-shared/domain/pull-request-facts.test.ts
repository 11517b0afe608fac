import { describe, expect, it } from 'vitest';
import { isBot } from './bot-authors.ts';
import { ciOf, factsOf, type CheckState, type PullRequestReading } from './pull-request-facts.ts';

const ready: PullRequestReading = {
  pullRequest: {
    number: 7,
    title: 'Sign in',
    url: 'https://github.com/o/r/pull/7',
    state: 'open',
    draft: false,
    branch: 'feat/7',
  },
  base: 'main',
  commit: 'a'.repeat(40),
  checks: [{ name: 'unit', state: 'passed', required: true, url: null, log: null }],
  checksRead: true,
  decision: 'approved',
  conflicts: 'no',
  behind: false,
  rules: 'met',
  reviews: [],
  threads: [],
  readAt: 1,
};
const checks = (...states: readonly CheckState[]): PullRequestReading['checks'] =>
  states.map((state) => ({ name: state, state, required: false, url: null, log: null }));

describe('one word for all checks', () => {
  it.each([
    ['none', [], 'open'],
    ['passing', ['passed', 'skipped'], 'open'],
    ['passing', ['neutral'], 'open'],
    ['failing', ['passed', 'failed', 'running'], 'open'],
    ['failing', ['cancelled'], 'open'],
    ['pending', ['passed', 'queued'], 'open'],
    ['pending', ['running'], 'open'],
    ['pending', ['passed', 'unknown'], 'open'],
    ['none', ['skipped', 'skipped'], 'open'],
    ['failing', null, 'open'],
    ['none', null, 'merged'],
    ['none', null, 'closed'],
  ] as const)('%s for %j of one that is %s', (expected, states, state) =>
    expect(ciOf(states === null ? null : checks(...states), state)).toBe(expected),
  );
});

const blockersWith = (change: Partial<PullRequestReading>): readonly string[] =>
  factsOf({ ...ready, ...change }).blockers.map(({ kind }) => kind);

describe('what is in the way of a merge', () => {
  it.each<readonly [string, Partial<PullRequestReading>, readonly string[]]>([
    ['nothing', {}, []],
    ['nothing without checks or reviews', { checks: [], decision: 'none' }, []],
    ['that its freshness is not told', { behind: null }, []],
    ['a draft', { pullRequest: { ...ready.pullRequest, draft: true } }, ['draft']],
    ['a failed check', { checks: checks('failed') }, ['ci_failing']],
    ['checks that can not be read', { checks: [], checksRead: false }, ['ci_failing']],
    ['checks that run', { checks: checks('running') }, ['ci_pending']],
    ['a check whose word is new', { checks: checks('unknown') }, ['ci_pending']],
    ['changes asked for', { decision: 'changes_requested' }, ['changes_requested']],
    ['a review that is missing', { decision: 'pending' }, ['review_required']],
    ['conflicts', { conflicts: 'yes' }, ['conflicts']],
    ['that conflicts are not known', { conflicts: 'unknown' }, ['conflicts_unknown']],
    ['commits that it lacks', { behind: true }, ['behind']],
    ['rules', { rules: 'blocked' }, ['rules']],
    ['that rules are not known', { rules: 'unknown' }, ['rules_unknown']],
    ['conflicts, of which rules are not told', { rules: 'unknown', conflicts: 'yes' }, ['conflicts']],
    ['the end of it', { pullRequest: { ...ready.pullRequest, state: 'closed' }, conflicts: 'yes' }, ['closed']],
    ['nothing once it is merged', { pullRequest: { ...ready.pullRequest, state: 'merged' }, conflicts: 'yes' }, []],
    [
      'all of it at once',
      { checks: checks('failed'), decision: 'changes_requested', conflicts: 'yes', behind: true },
      ['ci_failing', 'changes_requested', 'conflicts', 'behind'],
    ],
  ])('%s', (_name, change, expected) => expect(blockersWith(change)).toEqual(expected));

  it('tells how many checks failed, and how many of them count', () => {
    const [failed] = checks('failed');
    const told = (change: Partial<PullRequestReading>): string | undefined =>
      factsOf({ ...ready, ...change }).blockers[0]?.what;
    expect(told({ checks: checks('failed') })).toBe('A check failed.');
    expect(told({ checks: [failed!, { ...failed!, required: true }] })).toBe('2 checks failed, 1 of them required.');
    expect(told({ checks: [], checksRead: false })).toBe('Its checks could not be read.');
  });
});

it.each([
  ['github-actions', true],
  ['app/renovate', true],
  ['Something-New[bot]', true],
  ['project_12_bot_3f', true],
  ['Cursor', true],
  ['maria', false],
  ['bot', false],
  ['robot', false],
])('%s is a program: %s', (login, expected) => expect(isBot(login)).toBe(expected));
