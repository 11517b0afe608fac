// Pull requests as a fake host has them.
import {
  factsOf,
  type Check,
  type PullRequestFacts,
  type PullRequestReading,
} from '#shared/domain/pull-request-facts.ts';
import type { PullRequestView } from '#shared/domain/pull-request-view.ts';

const minute = 60_000;
const failedLog = [
  '  1) [webkit] › e2e/login.spec.ts:41 › keeps a family alive through a race',
  '',
  '    Error: expect(locator).toHaveText(expected) failed',
  '    Expected: "Signed in"',
  '    Received: "Session expired"',
  '',
  '  1 failed, 61 passed (48.2s)',
  'Process completed with exit code 1.',
].join('\n');
const check = (name: string, state: Check['state'], required = true): Check => ({
  ...{ name, state, required },
  url: `https://github.com/you/api/actions/runs/${name.length}`,
  log: state === 'failed' ? failedLog : null,
});
const written = (id: string, author: string, body: string, ago: number, bot = false) => ({
  ...{ id, author, bot, body, at: Date.now() - ago * minute },
});
const comment = (...[id, ...text]: Parameters<typeof written>) => ({
  ...written(id, ...text),
  url: `https://github.com/you/api/pull/88#discussion_${id}`,
});

const reading = (project: string, number: number, more: Partial<PullRequestReading>): PullRequestReading => ({
  pullRequest: {
    ...{ number, title: 'Rotate refresh tokens and detect reuse', state: 'open', draft: false, branch: 'feat/421' },
    url: `https://github.com/you/${project}/pull/${number}`,
  },
  ...{ base: 'main', commit: 'c0ffee'.padEnd(40, '0'), checks: [], checksRead: true, decision: 'none' },
  ...{ conflicts: 'no', behind: false, rules: 'met', reviews: [], threads: [] },
  readAt: Date.now() - minute / 2,
  ...more,
});

const failing = factsOf(
  reading('api', 88, {
    checks: [
      check('e2e (webkit)', 'failed'),
      check('lint-a11y', 'failed', false),
      ...['unit', 'types', 'build', 'e2e (chromium)'].map((name) => check(name, 'passed')),
      check('coverage', 'skipped', false),
    ],
    decision: 'changes_requested',
    rules: 'blocked',
    reviews: [
      {
        ...written('R1', 'maria', 'The family check is good; two things before this can go in.', 40),
        state: 'changes_requested',
      },
    ],
    threads: [
      {
        ...{ id: 'T1', path: 'src/auth/refresh-token.ts', line: 46, resolved: false },
        comments: [
          comment(
            'C1',
            'maria',
            'Revoke before the error is thrown, but inside the transaction: else two requests race here.',
            40,
          ),
          comment('C2', 'cursor', '`revoke` returns a promise that nobody awaits in the error path.', 38, true),
        ],
      },
      {
        ...{ id: 'T2', path: 'src/auth/token-family.ts', line: 12, resolved: false },
        comments: [
          comment('C3', 'jo', 'Could this be called `lineage`? *Family* means something else in billing.', 22),
        ],
      },
      {
        ...{ id: 'T3', path: 'README.md', line: null, resolved: true },
        comments: [comment('C4', 'jo', 'Typo.', 90)],
      },
    ],
  }),
);

const ready = factsOf(
  reading('docs', 90, { checks: [check('build', 'passed'), check('links', 'passed')], decision: 'approved' }),
);
ready.pullRequest.title = 'New information architecture for the guides';

const viewOf = (project: string, facts: PullRequestFacts): PullRequestView => {
  const { stale } = facts;
  return { project, number: facts.pullRequest.number, facts, stale };
};

export const samplePullRequests = (): readonly PullRequestView[] => {
  const why = 'GitHub answers no more for now: its rate limit is reached. Try again after 2026-11-26T22:10:00.000Z.';
  return [
    viewOf('api', failing),
    viewOf('docs', { ...ready, readAt: Date.now() - 14 * minute, stale: { since: Date.now() - 9 * minute, why } }),
    viewOf(
      'api',
      factsOf(reading('api', 418, { pullRequest: { ...failing.pullRequest, number: 418, state: 'merged' } })),
    ),
  ];
};
