import { describe, expect, it } from 'vitest';
import { activityOf, type TerminalFacts } from './activity.ts';
import { decide, restsAfter, type Known } from './decide.ts';
import type { Fact, FactClaim } from './fact.ts';
import { initialLifecycle, withRuntimeStarted } from './lifecycle.ts';
import { isMassDeath } from './recovery.ts';
import { nothingNoted, notesByNow, standingSnooze } from './session-notes.ts';
import { isSnoozed } from './snooze.ts';
import { factsByNow, statusByNow } from './this-clock.ts';

const day = 24 * 3_600_000;
const now = 1000 * day;
const started = now - 3_600_000;
const lifecycle = withRuntimeStarted(initialLifecycle(started), started);
const jumps = [
  ['ten years ahead', 3650 * day],
  ['a day back', -day],
  ['eight hours of sleep', 8 * 3_600_000],
] as const;
const fact = (at: number, claim: FactClaim): Fact => ({ source: 'hook', at, by: 'codex', claim });
const question = {
  ...{ kind: 'permission' as const, text: 'May it?', tool: null, command: null, cwd: null },
  ...{ unusual: [], choices: [], takesText: false },
};
const silent = { busyAt: null, bellAt: null, noticeAt: null, notice: null, inputAt: null, exit: null, screen: null };
const claims: readonly FactClaim[] = [
  ...([{ kind: 'started' }, { kind: 'works', on: null }, { kind: 'rests' }, { kind: 'asks', question }] as const),
  ...([
    { kind: 'blocked', why: 'no quota' },
    { kind: 'reports', state: 'waiting', note: null },
  ] as const),
];

describe.each(jumps)('a clock that jumps: %s', (_, jump) => {
  const after = now + jump;

  it.each(claims)('ends nothing, and says of no state that it is to come: $kind', (claim) => {
    const told = factsByNow([fact(now - 1000, claim)], started, after);
    const terminal: TerminalFacts = statusByNow(
      { ...silent, lastOutputAt: now - 1000, outputSince: now - 1500, screen: null },
      null,
      after,
    );
    const decided = decide(lifecycle, { facts: told, terminal }, after);
    expect(decided).not.toBeNull();
    expect(decided?.since).toBeLessThanOrEqual(after);
    expect(decide(lifecycle, { facts: told, terminal: null }, after)?.since).toBeLessThanOrEqual(after);
  });

  it('hides nobody who asks afterwards, and lets a snooze end by its own time', () => {
    const notes = { ...nothingNoted, snooze: { until: 'change' as const, at: now }, readAt: now, archivedAt: now };
    const { snooze, readAt, archivedAt } = notesByNow(notes, after);
    expect(standingSnooze(snooze, { since: after, question: null })).toEqual(null);
    expect([readAt ?? 0, archivedAt ?? 0].every((at) => at <= after)).toBe(true);
    expect(isSnoozed({ snooze: { until: now + 900_000, at: now } }, after)).toBe(after < now + 900_000);
  });
});

it('the mass-death brake counts, and knows no time', () => {
  expect([isMassDeath.length, isMassDeath(3, 5), isMassDeath(3, 50)]).toEqual([2, true, false]);
});

describe('a clock that was a day ahead', () => {
  const ahead = now + day;

  it('decides nothing against what is told now', () => {
    const facts = [fact(now - 9000, { kind: 'works', on: null }), fact(ahead, { kind: 'rests' })];
    const decided = (known: readonly Fact[]) =>
      decide(lifecycle, { facts: factsByNow(known, started, now), terminal: null }, now);
    expect(decided(facts)).toMatchObject({ state: 'idle', since: now - 9000 });
    expect(decided([...facts, fact(now - 100, { kind: 'works', on: 'npm test' })])?.state).toBe('working');
  });

  it('makes nobody wait for the quiet moment after a turn', () => {
    const rests = factsByNow([fact(ahead, { kind: 'rests' })], started, now);
    expect(decide(lifecycle, { facts: rests, terminal: null }, now + restsAfter)?.state).toBe('idle');
  });

  it('leaves a quiet terminal quiet, and knows that nobody typed since it asked', () => {
    const told = { ...silent, lastOutputAt: ahead, outputSince: ahead - 500, inputAt: ahead - 9000 };
    const first = statusByNow(told, null, now);
    expect(activityOf(first, started, now).kind).toBe('quiet');
    expect((first.lastOutputAt ?? 0) - (first.inputAt ?? 0)).toBe(9000);
    // Moved once, it stays: neither does what is said of it change with every look.
    expect(statusByNow(told, { told, status: first }, now + 60_000)).toEqual(first);
    const asks = { ...told, lastOutputAt: now + 5000, outputSince: now + 5000 };
    const then = statusByNow(asks, { told, status: first }, now + 8000);
    expect(then.inputAt).toBe(first.inputAt);
    const screen = { question: 'May it?', found: question, at: now + 5000, since: now + 5000 };
    const known: Known = { facts: [], terminal: { ...then, screen } };
    expect(decide(lifecycle, known, now + 8000)).toMatchObject({ state: 'needs_input', since: now + 5000 });
  });
});

it('nobody is blocked or stuck by a sleep: silence counts from when the machine woke', () => {
  const woke = now + 8 * 3_600_000;
  const stateOf = (claim: FactClaim, at: number) =>
    decide(lifecycle, { facts: [fact(now, claim)], terminal: null, thawedAt: woke }, at)?.state;
  const claim: FactClaim = { kind: 'works', on: null };
  expect([stateOf(claim, woke), stateOf(claim, woke + 600_000)]).toEqual(['working', 'stuck']);
  const blocked: FactClaim = { kind: 'blocked', why: 'no network' };
  expect([stateOf(blocked, woke), stateOf(blocked, woke + 60_000)]).toEqual(['working', 'stuck']);
});

it('leaves what is only a moment ahead as it is', () => {
  const facts = [fact(now + 1000, { kind: 'rests' })];
  expect(factsByNow(facts, started, now)).toBe(facts);
  const told = { ...silent, lastOutputAt: now + 1000, outputSince: now };
  expect(statusByNow(told, null, now)).toBe(told);
});
