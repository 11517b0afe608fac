import { describe, expect, it } from 'vitest';
import type { Lifecycle } from '#shared/domain/lifecycle.ts';
import { initialLifecycle, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import { ruleInForce } from '#shared/domain/reaction.ts';
import type { LastReport } from '#shared/domain/report-trigger.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { sampleRecord } from '../../storage/fixtures/scratch-home.ts';
import { failing, sampleFacts, staleFacts, thread } from './fixtures/sample-facts.ts';
import { signalsOf, type Signals } from './signals.ts';

const lives = withRuntimeStarted(initialLifecycle(1), 1);
const withOpen: Lifecycle = {
  ...lives,
  pullRequest: {
    state: 'open',
    reason: 'in_progress',
    number: 7,
    url: 'https://example.org/pull/7',
    lastObservedAt: 1,
  },
};
const record = (lifecycle: Lifecycle = withOpen, over: Partial<SessionRecord> = {}): SessionRecord =>
  sampleRecord('app-1', { lifecycle, createdAt: 1, ...over });
const look = (
  facts: PullRequestFacts | null,
  of = record(),
  { report = null, now = 2000 }: { report?: LastReport | null; now?: number } = {},
): Signals => signalsOf({ record: of, facts, report, now, rule: (key) => ruleInForce(key, [{}, {}]) });
const standing = (signals: Signals) =>
  Object.entries(signals).flatMap(([key, { kind }]) => (kind === 'on' ? [key] : []));
const occasion = (signals: Signals, key: keyof Signals) => {
  const signal = signals[key];
  return signal.kind === 'on' ? signal.occasion : null;
};

describe('a pull request', () => {
  it.each<[string, readonly string[], PullRequestFacts]>([
    ['green', [], sampleFacts()],
    ['with a failed check', ['ci-failed'], sampleFacts({ checks: [failing('lint')] })],
    ['with a cancelled check', ['ci-failed'], sampleFacts({ checks: [failing('lint', { state: 'cancelled' })] })],
    ['whose checks run', [], sampleFacts({ checks: [failing('lint', { state: 'running' })] })],
    ['whose checks can not be read', [], sampleFacts({ checks: [], checksRead: false })],
    ['with a thread of a person', ['changes-requested'], sampleFacts({ threads: [thread(['1'])] })],
    ['with a thread of a bot', ['bugbot-comments'], sampleFacts({ threads: [thread(['1'], { bot: true })] })],
    ['with resolved threads', [], sampleFacts({ threads: [thread(['1'], { resolved: true })] })],
    ['of which changes are asked', ['changes-requested'], sampleFacts({ decision: 'changes_requested' })],
    ['that conflicts', ['merge-conflicts'], sampleFacts({ conflicts: 'yes' })],
    ['that is not read any more', [], staleFacts({ checks: [failing('lint')], conflicts: 'yes' })],
    [
      'that is another',
      [],
      sampleFacts({ checks: [failing('lint')], pullRequest: { ...sampleFacts().pullRequest, number: 8 } }),
    ],
  ])('%s triggers %j', (_, keys, facts) => {
    expect(standing(look(facts))).toEqual(keys);
  });

  it('tells an unread one from one in order', () => {
    expect(look(staleFacts())['ci-failed'].kind).toBe('unknown');
    expect(look(null)['merge-conflicts'].kind).toBe('unknown');
    expect(look(sampleFacts({ conflicts: 'unknown' }))['merge-conflicts'].kind).toBe('unknown');
    expect(look(sampleFacts({ readAt: 77 }))['ci-failed']).toEqual({ kind: 'off', remembers: { greenAt: 77 } });
    expect(look(sampleFacts({ checks: [failing('lint', { state: 'queued' })] }))['ci-failed']).toEqual({
      kind: 'off',
      remembers: { greenAt: null },
    });
  });

  it('that is closed is told once, and nothing else of it', () => {
    const closed = {
      ...withOpen,
      pullRequest: { ...withOpen.pullRequest, state: 'closed', reason: 'closed_unmerged' },
    } as const;
    expect(standing(look(sampleFacts({ checks: [failing('lint')] }), record(closed)))).toEqual(['pr-closed']);
    expect(look(null, record(closed))['ci-failed']).toEqual({ kind: 'off' });
  });

  it('that can be merged is told by its record', () => {
    const ready = { ...withOpen, pullRequest: { ...withOpen.pullRequest, reason: 'merge_ready' } } as const;
    expect(standing(look(sampleFacts(), record(ready)))).toEqual(['approved-and-green']);
  });
});

describe('the occasion', () => {
  it('of checks is another with another commit or other checks, and not with another order', () => {
    const of = (over: Parameters<typeof sampleFacts>[0]) => occasion(look(sampleFacts(over)), 'ci-failed');
    const first = of({ checks: [failing('lint'), failing('unit')] });
    expect(of({ checks: [failing('unit'), failing('lint')], readAt: 99 })).toBe(first);
    expect(of({ checks: [failing('lint')] })).not.toBe(first);
    expect(of({ checks: [failing('lint'), failing('unit')], commit: 'b'.repeat(40) })).not.toBe(first);
  });

  it('of reviews is another with each new comment, and not with another order', () => {
    const of = (...threads: Parameters<typeof sampleFacts>[0] extends infer _ ? ReturnType<typeof thread>[] : never) =>
      occasion(look(sampleFacts({ threads })), 'changes-requested');
    const first = of(thread(['1']), thread(['2']));
    expect(of(thread(['2']), thread(['1']))).toBe(first);
    expect(of(thread(['1', '3']), thread(['2']))).not.toBe(first);
    expect(of(thread(['1']))).not.toBe(first);
  });

  it('of reviews says what the code host calls it', () => {
    expect(look(sampleFacts({ decision: 'changes_requested' }))['changes-requested']).toMatchObject({
      phase: 'changes_requested',
    });
  });
});

describe('an agent', () => {
  const minutes = 60_000;
  const of = (session: Partial<Lifecycle['session']>, over: Partial<SessionRecord> = {}) =>
    record({ ...lives, session: { ...lives.session, ...session } }, over);

  it.each<[string, readonly string[], SessionRecord]>([
    ['works', [], of({})],
    ['is stuck', ['agent-stuck'], of({ state: 'stuck' })],
    ['asks', ['agent-needs-input'], of({ state: 'needs_input' })],
    ['rests for long', ['agent-idle'], of({ state: 'idle' })],
    ['rests since a moment', [], of({ state: 'idle', lastTransitionAt: 10 * minutes })],
    ['is done', [], of({ state: 'idle', reason: 'research_complete' })],
    ['crashed', ['agent-exited'], of({ state: 'terminated', reason: 'runtime_lost' })],
    ['was stopped by a person', [], of({ state: 'terminated', reason: 'manually_killed' }, { stoppedBy: 'person' })],
    ['leads others', [], of({ state: 'stuck' }, { kind: 'orchestrator' })],
    ['leads over projects', [], of({ state: 'needs_input' }, { kind: 'meta-orchestrator' })],
  ])('that %s triggers %j', (_, keys, session) => {
    const report = { id: 'r', at: 15 * minutes, state: 'working' } as const;
    expect(standing(look(null, session, { report, now: 15 * minutes }))).toEqual(keys);
  });

  it.each<[string, readonly string[], LastReport | null, number]>([
    ['has not reported for nine minutes', [], null, 9],
    ['has not reported for ten minutes', ['report-no-acknowledge'], null, 11],
    ['reported half an hour ago', ['report-stale'], { id: 'r', at: minutes, state: 'working' }, 32],
    ['reported half an hour ago that it waits', [], { id: 'r', at: minutes, state: 'waiting' }, 90],
    ['reported long ago that it is done', [], { id: 'r', at: minutes, state: 'completed' }, 90],
    ['reported that it needs input', ['report-needs-input'], { id: 'r', at: minutes, state: 'needs_input' }, 2],
  ])('that %s triggers %j', (_, keys, report, now) => {
    expect(standing(look(null, of({}), { report, now: now * minutes }))).toEqual(keys);
  });

  it('that is being started triggers nothing, and forgets nothing', () => {
    const signals = look(sampleFacts({ checks: [failing('lint')] }), record(initialLifecycle(1)));
    expect(new Set(Object.values(signals).map(({ kind }) => kind))).toEqual(new Set(['unknown']));
  });
});
