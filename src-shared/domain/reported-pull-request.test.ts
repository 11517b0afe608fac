import { expect, it } from 'vitest';
import { initialLifecycle, type Lifecycle } from './lifecycle.ts';
import { readReportedPullRequest, withReportedPullRequest } from './reported-pull-request.ts';

const address = 'https://github.com/acme/api/pull/88';

it.each([
  ['pr_created', null, null, null],
  ['working', null, null, null],
  ['pr_created', 88, null, { number: 88, url: null }],
  ['draft_pr_created', null, address, { number: 88, url: address }],
  ['ready_for_review', 88, `${address}/files`, { number: 88, url: `${address}/files` }],
  [
    'pr_created',
    null,
    'https://gitlab.com/a/b/c/-/merge_requests/7',
    { number: 7, url: 'https://gitlab.com/a/b/c/-/merge_requests/7' },
  ],
  ['pr_created', 87, address, 'the address names 88, and not 87'],
  ['working', 88, null, 'only pr_created, draft_pr_created, ready_for_review name a pull request'],
  [
    'pr_created',
    null,
    'http://github.com/acme/api/pull/88',
    '"http://github.com/acme/api/pull/88" is no address of a pull request',
  ],
  [
    'pr_created',
    null,
    'https://a:b@github.com/acme/api/pull/88',
    '"https://a:b@github.com/acme/api/pull/88" is no address of a pull request',
  ],
] as const)('%s with %j and %j', (state, number, url, expected) => {
  const read = readReportedPullRequest(state, { number, url });
  expect(read.ok ? read.value : read.problem).toEqual(expected);
});

const none = initialLifecycle(1);
const open = (reason: Lifecycle['pullRequest']['reason']): Lifecycle => ({
  ...none,
  pullRequest: { state: 'open', reason, number: 88, url: address, lastObservedAt: 2 },
});
const given = { number: 88, url: address };

it.each([
  ['opens the record', none, 'pr_created', given, open('in_progress')],
  ['waits for review', none, 'ready_for_review', given, open('review_pending')],
  ['which one is not known', none, 'pr_created', null, none],
  ['is of another state', none, 'working', null, none],
  ['the one of the record is ready', open('in_progress'), 'ready_for_review', null, open('review_pending')],
  ['a code host knows more', open('ci_failing'), 'pr_created', given, open('ci_failing')],
] as const)('a report %s', (_, before, state, said, after) => {
  expect(withReportedPullRequest(before, { state, given: said, now: 2 })).toEqual(after);
});
