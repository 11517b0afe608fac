// What must hold of every decision, over facts that nobody thought of: made from seeds, so that a failure can be seen again.
import { expect, it } from 'vitest';
import { decide, isOpen, restsAfter, stuckAfter, type Known } from './decide.ts';
import type { Fact, FactClaim } from './fact.ts';
import { initialLifecycle, withDecision, withRuntimeStarted } from './lifecycle.ts';

const start = 1_000_000;
const lifecycle = withRuntimeStarted(initialLifecycle(start), start);
const question = {
  ...{ kind: 'choice' as const, text: 'Which one?', tool: null, command: null, cwd: null },
  ...{ unusual: [], choices: [], takesText: false },
};
const claims: readonly FactClaim[] = [
  { kind: 'started' },
  { kind: 'works', on: 'Edit a.ts' },
  { kind: 'rests' },
  { kind: 'asks', question },
  { kind: 'answered' },
  { kind: 'helper', id: 'one', change: 'began' },
  { kind: 'helper', id: null, change: 'ended' },
  { kind: 'blocked', why: 'no quota' },
  { kind: 'reports', state: 'waiting', note: null },
  { kind: 'moved', what: 'git checkout' },
];
const sources = ['hook', 'transcript', 'report', 'git'] as const;

/** Numbers that look random, the same for the same seed. */
function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function knownOf(seed: number): { readonly known: Known; readonly now: number } {
  const roll = dice(seed);
  let at = start;
  const facts = Array.from({ length: roll(12) }, (): Fact => {
    at += 1 + roll(20_000);
    return { source: sources[roll(4)] ?? 'hook', at, by: 'codex', claim: claims[roll(claims.length)] ?? claims[0]! };
  });
  const moment = (): number | null => (roll(2) === 0 ? null : start + roll(200_000));
  const lastOutputAt = moment();
  const terminal = {
    ...{ lastOutputAt, outputSince: lastOutputAt === null ? null : lastOutputAt - roll(9000), busyAt: moment() },
    ...{ bellAt: moment(), noticeAt: null, notice: null, inputAt: moment(), exit: null },
    screen: roll(3) === 0 ? { question: 'Go on?', found: question, at: start + roll(200_000), since: start } : null,
  };
  return { known: { facts, terminal: roll(4) === 0 ? null : terminal }, now: at + roll(400_000) };
}

const seeds = Array.from({ length: 3000 }, (_, seed) => seed);

it('never ends a session, and always says why', () => {
  for (const seed of seeds) {
    const { known, now } = knownOf(seed);
    const decided = decide(lifecycle, known, now);
    expect(decided, `seed ${seed}`).not.toBeNull();
    if (decided === null) continue;
    expect(isOpen(withDecision(lifecycle, decided)), `seed ${seed}`).toBe(true);
    expect([decided.because.length > 10, decided.rule.length > 3, decided.asks !== null]).toEqual([
      true,
      true,
      decided.state === 'needs_input',
    ]);
    expect(decided.since, `seed ${seed}`).toBeLessThanOrEqual(now);
  }
});

it('goes by when things happened, not by when they were heard of', () => {
  for (const seed of seeds) {
    const { known, now } = knownOf(seed);
    const turned = { ...known, facts: known.facts.toReversed() };
    expect(decide(lifecycle, turned, now), `seed ${seed}`).toEqual(decide(lifecycle, known, now));
  }
});

it('stays the same once it is written down', () => {
  for (const seed of seeds) {
    const { known, now } = knownOf(seed);
    const decided = decide(lifecycle, known, now);
    if (decided === null || decided.rule === 'as-recorded' || decided.rule === 'terminal-prints') continue;
    const again = decide(withDecision(lifecycle, decided), known, now);
    expect([again?.state, again?.reason, again?.since], `seed ${seed}`).toEqual([
      decided.state,
      decided.reason,
      decided.since,
    ]);
  }
});

it('a hook that tells of work always lifts it out of asking, resting and being stuck', () => {
  for (const seed of seeds) {
    const { known, now } = knownOf(seed);
    const later = now + 5 * stuckAfter;
    const fact: Fact = { source: 'hook', at: later, by: 'codex', claim: { kind: 'works', on: null } };
    expect(decide(lifecycle, { ...known, facts: [...known.facts, fact] }, later + 1)?.state, `seed ${seed}`).toBe(
      'working',
    );
  }
});

it('a turn that is over is idle after a moment, unless a helper works, its screen asks or it reported why', () => {
  const rests: Fact = { source: 'hook', at: start + 50_000, by: 'codex', claim: { kind: 'rests' } };
  for (const wait of [0, restsAfter - 1, restsAfter, 10 * stuckAfter]) {
    const decided = decide(lifecycle, { facts: [rests], terminal: null }, rests.at + wait);
    expect(decided?.state).toBe(wait < restsAfter ? 'working' : 'idle');
  }
});

it('silence while it was paused makes nobody stuck: it counts from when it was continued', () => {
  const facts: readonly Fact[] = [{ source: 'hook', at: start, by: 'codex', claim: { kind: 'works', on: null } }];
  const now = start + 3 * stuckAfter;
  const stateWith = (thawedAt: number | null) => decide(lifecycle, { facts, terminal: null, thawedAt }, now)?.state;
  expect([stateWith(null), stateWith(now - stuckAfter + 1), stateWith(now - stuckAfter)]).toEqual([
    ...['stuck', 'working', 'stuck'],
  ]);
});
