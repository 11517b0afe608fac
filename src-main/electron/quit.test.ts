import { describe, expect, it, test } from 'vitest';
import { sampleSession } from './fixtures/sample-session.ts';
import { planQuit, type QuitFacts } from './quit.ts';

const facts = (change: Partial<QuitFacts>): QuitFacts => ({ sessions: [], spawns: [], quitting: 'ask', ...change });
const working = sampleSession('api-1', 'working');
const waiting = sampleSession('api-2', 'asks-you');
const done = sampleSession('api-3', 'done', { exit: { code: 0, signal: null, at: 1 } });

describe('quitting', () => {
  test.each([
    ['with nothing at work just goes', facts({ sessions: [done] }), { kind: 'keep' }],
    ['does what was answered before: keep', facts({ sessions: [working], quitting: 'keep' }), { kind: 'keep' }],
    ['does what was answered before: stop', facts({ sessions: [working], quitting: 'stop' }), { kind: 'stop' }],
    ['stops nothing where nothing runs', facts({ sessions: [done], quitting: 'stop' }), { kind: 'keep' }],
  ])('%s', (_, given, plan) => expect(planQuit(given)).toEqual(plan));

  it('asks while agents run, and says how many are in the middle of work', () => {
    const plan = planQuit(facts({ sessions: [working, waiting, done] }));
    expect(plan).toMatchObject({ kind: 'ask', message: '2 agents are running' });
    expect(plan.kind === 'ask' ? plan.detail : '').toContain('1 is in the middle of work.');
  });
});
