import { expect, it } from 'vitest';
import { initialLifecycle, withPullRequestOpened, withRuntimeStarted } from './lifecycle.ts';
import { factsOf, type CheckState, type PullRequestFacts } from './pull-request-facts.ts';
import { withPullRequestFacts } from './pull-request-progress.ts';
import { readingOf, type ToldPullRequest } from './pull-request-told.ts';

const told: ToldPullRequest = {
  pullRequest: {
    number: 7,
    title: 'T',
    url: 'https://github.com/o/r/pull/7',
    state: 'open',
    draft: false,
    branch: 'b',
  },
  ...{ base: 'main', commit: 'a'.repeat(40), decision: 'none', conflicts: 'no', behind: false, rules: 'met' },
  ...{ checks: [], reviews: [], threads: [] },
};
const facts = (change: Partial<ToldPullRequest> = {}): PullRequestFacts =>
  factsOf(readingOf({ ...told, ...change }, 5));
const checks = (state: CheckState): NonNullable<ToldPullRequest['checks']> => [
  { name: 'unit', state, required: true, url: null },
];
const pull = (change: Partial<ToldPullRequest['pullRequest']>): Partial<ToldPullRequest> => ({
  pullRequest: { ...told.pullRequest, ...change },
});
const opened = withPullRequestOpened(
  withRuntimeStarted(initialLifecycle(1), 2),
  { number: 7, url: told.pullRequest.url },
  3,
);

it.each<readonly [string, Partial<ToldPullRequest>]>([
  ['merge_ready', {}],
  ['merge_ready', { decision: 'approved', checks: checks('passed') }],
  ['ci_failing', { checks: checks('failed'), decision: 'changes_requested' }],
  ['ci_failing', { checks: checks('cancelled'), ...pull({ draft: true }) }],
  ['changes_requested', { decision: 'changes_requested' }],
  ['approved', { decision: 'approved', checks: checks('running') }],
  ['approved', { decision: 'approved', conflicts: 'yes' }],
  ['review_pending', { decision: 'pending' }],
  ['in_progress', { decision: 'pending', ...pull({ draft: true }) }],
  ['in_progress', { checks: checks('queued') }],
  ['in_progress', { checks: null }],
  ['closed_unmerged', pull({ state: 'closed' })],
  ['merged', pull({ state: 'merged' })],
])('%s of %j', (reason, change) =>
  expect(withPullRequestFacts(opened, facts(change), 9).pullRequest.reason).toBe(reason),
);

it('changes nothing where nothing is new, or nothing can be told', () => {
  const failing = withPullRequestFacts(opened, facts({ checks: checks('failed') }), 9);
  expect(withPullRequestFacts(failing, facts({ checks: checks('failed') }), 10)).toBe(failing);
  expect(withPullRequestFacts(failing, facts({ checks: null }), 10)).toBe(failing);
  expect(withPullRequestFacts(failing, facts(pull({ number: 8, state: 'merged' })), 10)).toBe(failing);
});

it('lets one whose pull request is merged rest, once and for all', () => {
  const asking = { ...opened, session: { ...opened.session, state: 'needs_input' as const } };
  const merged = withPullRequestFacts(asking, facts(pull({ state: 'merged' })), 9);
  expect(merged.session).toMatchObject({ state: 'idle', reason: 'merged_waiting_decision', lastTransitionAt: 9 });
  expect(withPullRequestFacts(merged, facts(pull({ state: 'open' })), 10)).toBe(merged);
  const over = { ...opened, session: { ...opened.session, state: 'done' as const } };
  expect(withPullRequestFacts(over, facts(pull({ state: 'merged' })), 9).session).toBe(over.session);
});

it('makes harmless what others wrote, and cuts it', () => {
  const text = { author: 'm\u202Ea\u0007x', bot: false, body: `line\u001b[31m one\r\ntwo${'x'.repeat(9000)}`, at: 7 };
  const reading = readingOf(
    {
      ...told,
      ...pull({ title: 'a\nb\u0000', url: 'javascript:alert(1)' }),
      checks: [
        { name: 'ok', state: 'passed', required: false, url: 'file:///etc/passwd' },
        { name: 'bad\u2028name', state: 'failed', required: true, url: 'https://u:p@x.example/1' },
      ],
      reviews: [{ ...text, id: 'R1', state: 'commented' }],
      threads: [
        { id: '--flag', path: 'a', line: 1, resolved: false, comments: [] },
        { id: 'T1', path: 'src/\u0007a.ts', line: 0, resolved: false, comments: [{ ...text, id: 'C1', url: null }] },
      ],
    },
    5,
  );
  expect(reading.pullRequest).toMatchObject({ title: 'a b', url: '' });
  expect(reading.checks).toEqual([
    { name: 'bad name', state: 'failed', required: true, url: null, log: null },
    { name: 'ok', state: 'passed', required: false, url: null, log: null },
  ]);
  const [thread] = reading.threads;
  expect(reading.threads).toHaveLength(1);
  expect(thread).toMatchObject({ id: 'T1', path: 'src/ a.ts', line: null });
  expect(thread?.comments[0]).toMatchObject({ author: 'm a x', bot: false });
  expect(reading.reviews[0]?.body).toMatch(/^line \[31m one\ntwox+…$/);
  expect(reading.reviews[0]?.body.length).toBeLessThanOrEqual(1500);
});
