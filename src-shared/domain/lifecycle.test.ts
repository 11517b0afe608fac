import { expect, it } from 'vitest';
import {
  initialLifecycle,
  isSpawnTerminal,
  isTerminal,
  lifecycleSchema,
  withAgentExited,
  withKilled,
  withKillRequested,
  withKillWithdrawn,
  withRuntimeFound,
  withRuntimeLost,
  withRuntimeStarted,
  type Lifecycle,
} from './lifecycle.ts';
import { screenStateOf, statusOf } from './status.ts';

const born = initialLifecycle(1);
const started = withRuntimeStarted(born, 2);
const merged: Lifecycle = {
  ...started,
  session: { ...started.session, state: 'idle', reason: 'merged_waiting_decision' },
  pullRequest: { ...started.pullRequest, state: 'merged', reason: 'merged' },
};

it.each([
  ['born', born, 'spawning', 'starting', false, false],
  ['started', started, 'working', 'working', false, false],
  ['exited by itself', withAgentExited(started, 3), 'terminated', 'done', true, true],
  ['killed', withKilled(started, 3), 'killed', 'stopped', true, true],
  [
    'seen to end while it is being killed',
    withAgentExited(withKillRequested(started), 3),
    'killed',
    'stopped',
    true,
    true,
  ],
  ['not to be killed after all', withKillWithdrawn(withKillRequested(started)), 'working', 'working', false, false],
  ['lost', withRuntimeLost(started, 3), 'detecting', 'lost', false, true],
  ['lost, then found', withRuntimeFound(withRuntimeLost(started, 3), 4), 'working', 'working', false, false],
  ['killed before it ran', withKilled(born, 3), 'killed', 'stopped', true, true],
  ['merged', merged, 'merged', 'merged', true, true],
])('%s', (_name, lifecycle, status, screen, spawnTerminal, terminal) => {
  expect([
    lifecycleSchema.safeParse(lifecycle).success,
    statusOf(lifecycle),
    screenStateOf(lifecycle, null),
    isSpawnTerminal(lifecycle),
    isTerminal(lifecycle),
  ]).toEqual([true, status, screen, spawnTerminal, terminal]);
});

it('never ends a session for a lost runtime, and leaves an ended one alone', () => {
  const killed = withKilled(started, 3);
  expect([withRuntimeLost(killed, 4), withRuntimeLost(withRuntimeLost(started, 3), 9)]).toEqual([
    killed,
    withRuntimeLost(started, 3),
  ]);
});

it.each([
  [{ code: 0, signal: null }, 'done'],
  [{ code: 0, signal: 0 }, 'done'],
  [{ code: 1, signal: null }, 'crashed'],
  [{ code: null, signal: 9 }, 'crashed'],
  [null, 'done'],
])('an agent that ended with %j shows as %s', (exit, expected) => {
  expect(screenStateOf(withAgentExited(started, 3), exit)).toBe(expected);
});

it.each([
  ['ci_failing', 'ci_failed', 'ci-failing'],
  ['changes_requested', 'changes_requested', 'changes-requested'],
  ['review_pending', 'review_pending', 'review-pending'],
  ['approved', 'approved', 'ready-to-land'],
  ['merge_ready', 'mergeable', 'ready-to-land'],
  ['in_progress', 'pr_open', 'pr-open'],
] as const)('an open pull request that is %s has status %s', (reason, status, screen) => {
  const lifecycle: Lifecycle = { ...started, pullRequest: { ...started.pullRequest, state: 'open', reason } };
  expect([statusOf(lifecycle), screenStateOf(lifecycle, null)]).toEqual([status, screen]);
});
