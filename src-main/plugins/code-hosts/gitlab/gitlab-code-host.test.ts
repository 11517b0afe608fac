// Against a glab that answers as GitLab's REST API does.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { glabInHand, type GitLabInHand } from '#main/lib/fixtures/fake-glab.ts';
import { temporaryRepository } from '#main/lib/fixtures/temporary-repository.ts';
import { pullRequestFactsSchema } from '#shared/domain/pull-request-facts.ts';
import type { CodeHost, Question } from '../code-host.ts';
import { openCodeHosts } from '../choose-code-host.ts';
import { createGitLab } from './gitlab-code-host.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'athene-gitlab-')));
const place = temporaryRepository();
const hand: GitLabInHand = { world: {}, calls: [] };
const repository = { host: 'gitlab.com', owner: 'g', name: 'p' };
let host: CodeHost;
let now: number;

afterAll(async () => {
  rmSync(root, { recursive: true });
  await place.end();
});
beforeEach(() => {
  now = 1_000_000;
  hand.calls.splice(0);
  hand.world = { requests: { '7': request('feat/7', '7'), '8': { ...request('feat/8', '8'), source_project_id: 2 } } };
  host = createGitLab({ glab: glabInHand(root, hand), git: place.git, repository, now: () => now });
});

const request = (source_branch: string, digit: string): Record<string, unknown> => ({
  ...{ title: 'Mend \u202eit', source_branch, sha: digit.repeat(40), merge_status: 'can_be_merged' },
  ...{ pipeline: { status: 'success' }, jobs: [{ name: 'unit', status: 'success', web_url: 'https://ci.example/1' }] },
});
const with7 = (more: Readonly<Record<string, unknown>>): void => {
  hand.world = { requests: { ...hand.world.requests, '7': { ...hand.world.requests?.['7'], ...more } } };
};
const read = async (question: Partial<Question>) => {
  const told = await host.readPullRequests({ numbers: [], branches: [], fresh: false, ...question });
  if (!told.ok) throw new Error(told.problem.what);
  return told.value;
};
const one = async (more: Readonly<Record<string, unknown>> = {}) => {
  with7(more);
  return (await read({ numbers: [7], fresh: true })).facts[0];
};
/** What it was asked, in short. */
const asked = (): readonly string[] =>
  hand.calls
    .splice(0)
    .map(({ args }) => (args.at(-1) ?? '').replace(/^projects\/[^/]*\/(?:merge_requests)?|\?.*$/g, ''));
const whole = ['/7', '/7/approvals', '/7/reviewers', '/7/discussions', 'pipelines/7/jobs'];

it('finds the merge request of a branch, none of a fork, and reads it whole and harmless', async () => {
  const note = { author: { id: 3, username: 'project_1_bot_x' }, created_at: '2026-11-26T10:00:00Z' };
  with7({
    approvals: { approved_by: [{ user: { id: 2, username: 'maria' } }] },
    discussions: [
      { id: 'c1', notes: [{ ...note, id: 1, body: 'talk' }] },
      { id: 'c2', notes: [{ ...note, id: 2, body: 'approved', system: true }] },
      {
        id: 'c3',
        notes: [
          {
            ...note,
            id: 3,
            body: 'H\u001bm.',
            resolvable: true,
            position: { new_path: 'a.ts', old_path: 'b', new_line: 3 },
          },
        ],
      },
      { id: 'c4', notes: [{ ...note, id: 4, body: 'Done', resolvable: true, resolved: true }] },
    ],
  });
  const { facts, absent } = await read({ branches: ['feat/7', 'feat/8', 'feat/9'] });
  expect([asked(), absent, facts.length]).toEqual([['', '', ...whole], [], 1]);
  expect(pullRequestFactsSchema.safeParse(facts[0]).error).toBeUndefined();
  expect(facts[0]).toMatchObject({
    pullRequest: { number: 7, state: 'open', branch: 'feat/7', title: 'Mend it', draft: false },
    checks: [{ name: 'unit', state: 'passed', required: false, url: 'https://ci.example/1' }],
    ...{ ci: 'passing', decision: 'approved', conflicts: 'no', behind: false, rules: 'met', blockers: [], readAt: now },
    reviews: [{ id: 'approved-2', author: 'maria', state: 'approved' }],
    threads: [
      { id: 'c3', path: 'a.ts', line: 3, resolved: false, comments: [{ id: '3', bot: true, body: 'H m.' }] },
      { id: 'c4', path: null, line: null, resolved: true },
    ],
  });
  expect(facts[0]?.threads[0]?.comments[0]?.url).toBe('https://gitlab.com/g/p/-/merge_requests/7#note_3');
});

const maria = { id: 2, username: 'maria' };
it.each([
  [{ detailed_merge_status: 'need_rebase' }, { behind: true, rules: 'met' }, ['behind']],
  [{ detailed_merge_status: 'conflict', has_conflicts: true }, { conflicts: 'yes' }, ['conflicts']],
  [{ detailed_merge_status: 'checking' }, { conflicts: 'unknown' }, ['conflicts_unknown']],
  [{ merge_status: 'unchecked' }, { conflicts: 'unknown' }, ['conflicts_unknown']],
  [{ detailed_merge_status: 'discussions_not_resolved' }, { rules: 'blocked' }, ['rules']],
  [{ detailed_merge_status: 'a_new_word' }, { rules: 'unknown' }, ['rules_unknown']],
  [{ detailed_merge_status: 'draft_status', draft: true }, { rules: 'unknown' }, ['draft']],
  [{ detailed_merge_status: 'not_approved' }, { decision: 'pending' }, ['review_required', 'rules']],
  [{ approvals: { approvals_left: 1, approved_by: [{ user: maria }] } }, { decision: 'pending' }, ['review_required']],
  [
    { reviewers: [{ user: maria, state: 'requested_changes' }] },
    { decision: 'changes_requested' },
    ['changes_requested'],
  ],
  [{ reviewers: null }, { decision: 'none', reviews: [] }, []],
  [{ state: 'locked' }, { pullRequest: { state: 'open' } }, []],
  [{ state: 'merged' }, { pullRequest: { state: 'merged' } }, []],
  [{ state: 'closed' }, { pullRequest: { state: 'closed' } }, ['closed']],
])('understands %j', async (more, expected, blockers) => {
  const facts = await one(more);
  expect(facts).toMatchObject(expected);
  expect(facts?.blockers.map(({ kind }) => kind)).toEqual(blockers);
});

const job = (status: string, more = {}) => ({ name: status, status, ...more });
it.each([
  [null, [], 'none', []],
  ['running', [job('success'), job('running')], 'pending', ['passed', 'running']],
  ['success', [job('success'), job('manual')], 'passing', ['passed', 'skipped']],
  ['success', [job('failed', { allow_failure: true })], 'passing', ['neutral']],
  ['failed', [job('failed'), job('skipped')], 'failing', ['failed', 'skipped']],
  ['failed', [job('success')], 'failing', ['failed', 'passed']],
  ['canceled', [job('canceled')], 'failing', ['cancelled']],
  ['manual', [job('success'), job('manual')], 'pending', ['passed', 'skipped', 'queued']],
  ['skipped', [], 'none', ['skipped']],
  ['a_new_word', [], 'pending', ['unknown']],
  ['success', 'forbidden', 'failing', []],
])('calls a pipeline that is %s with %j %s', async (status, jobs, ci, states) => {
  const facts = await one({ pipeline: status === null ? null : { status }, jobs });
  expect([facts?.ci, facts?.checks.map(({ state }) => state), facts?.checksRead]).toEqual([
    ci,
    states,
    jobs !== 'forbidden',
  ]);
});

it('asks nothing twice within seconds, then in one look whether anything is another, and reads what is', async () => {
  await read({ numbers: [7] });
  expect(asked()).toEqual(['', ...whole]);
  await read({ numbers: [7] });
  expect(asked()).toEqual([]);
  now += 30_000;
  expect((await read({ numbers: [7] })).facts[0]?.readAt).toBe(now);
  expect(asked()).toEqual(['']);
  with7({ updated_at: '2026-11-26T11:00:00Z', pipeline: { status: 'running' } });
  for (const wait of [30_000, 30_000]) {
    now += wait;
    expect((await read({ numbers: [7] })).facts[0]?.ci).toBe('pending');
    expect(asked()).toEqual(['', ...whole]);
  }
  now += 30_000;
  const { facts, absent } = await read({ numbers: [7, 404] });
  expect([facts.length, absent]).toEqual([1, [404]]);
});

it.each([
  ['offline', 'unreachable'],
  ['signed-out', 'unreachable'],
  ['rate-limited', 'unreachable'],
  ['html', 'unreachable'],
  ['no-project', 'refused'],
] as const)('says why it can not tell when %s', async (mode, kind) => {
  hand.world.mode = mode;
  const told = await host.readPullRequests({ numbers: [7], branches: [], fresh: true });
  expect(told).toMatchObject({ ok: false, problem: { kind } });
  expect(await host.pullRequestState(7)).toMatchObject({ ok: false, problem: { kind } });
});

it('merges what was looked at and nothing newer, closes, assigns, marks as ready, rebases', async () => {
  const commit = '7'.repeat(40);
  with7({ title: 'Draft: [Draft] Mend it', draft: true, detailed_merge_status: 'need_rebase', assignees: [{ id: 9 }] });
  const is = () => hand.world.requests?.['7'];
  const done = { ok: true, value: null };
  expect([await host.assign(7), is()?.['assignees']]).toEqual([done, [{ id: 9 }, { id: 5 }]]);
  expect([await host.markReady(7), is()?.['title'], is()?.['draft']]).toEqual([done, 'Mend it', false]);
  expect([await host.updateBranch(7), is()?.['detailed_merge_status']]).toEqual([done, 'mergeable']);
  const refused = { ok: false, problem: { kind: 'refused' } };
  expect(await host.merge(7, { method: 'squash', commit: '8'.repeat(40) })).toMatchObject(refused);
  expect(await host.merge(7, { method: 'rebase', commit })).toMatchObject(refused);
  hand.calls.splice(0);
  expect([await host.merge(7, { method: 'squash', commit }), is()?.['state']]).toEqual([done, 'merged']);
  expect(hand.calls[0]?.args).toEqual(
    expect.arrayContaining([`sha=${commit}`, 'squash=true', 'should_remove_source_branch=false']),
  );
  expect([await host.close(8), await host.pullRequestState(8)]).toEqual([done, { ok: true, value: 'closed' }]);
  hand.world.mode = 'signed-out';
  expect(await host.merge(7, { method: 'merge', commit })).toMatchObject(refused);
});

it.each([
  ['7', 7],
  ['!7', 7],
  ['https://gitlab.com/g/p/-/merge_requests/7/diffs', 7],
  ['feat/7', 7],
  ['feat/8', 8],
  ['https://gitlab.com/g/x/-/merge_requests/7', null],
  ['https://github.com/g/p/pull/7', null],
  ['nothing', null],
  ['--x', null],
])('%s names %j', async (reference, number) => {
  const told = await host.resolvePullRequest(reference);
  expect(told.ok ? [told.value.pullRequest.number, told.value.fromFork] : null).toEqual(
    number && [number, number === 8],
  );
});

it.each([
  [{ repo: 'gitlab.com/g/sub/p' }, 'gitlab gitlab.com'],
  [{ repo: 'GitLab.example.org/g/p' }, 'gitlab gitlab.example.org'],
  [{ repo: 'git.example.org/g/p', scm: 'gitlab' }, 'gitlab git.example.org'],
  [{ repo: 'gitlab.com/g/p', scm: 'none' }, null],
  [{ repo: 'git.example.org/g/p' }, null],
  [{ scm: 'gitlab' }, null],
])('%j has the code host %j', (project, authority) => {
  const glab = glabInHand(root, hand);
  expect(openCodeHosts({ gh: glab, glab, git: place.git, now: () => now })(project)?.authority ?? null).toBe(authority);
});

it('reads what failed jobs printed last, those of a fork in the fork', async () => {
  const at = (project: string, job: number): string => `https://gitlab.com/${project}/-/jobs/${job}`;
  const failed = (name: string, web_url: string) => ({ name, status: 'failed', web_url });
  const jobs = [
    failed('unit', at('g/p', 11)),
    failed('fork', at('me/g/p', 12)),
    failed('elsewhere', 'https://evil.example/g/p/-/jobs/11'),
    { ...failed('may fail', at('g/p', 14)), allow_failure: true },
  ];
  with7({ pipeline: { status: 'failed' }, jobs });
  hand.world.traces = { '11': '\u001b[0Knpm test\nERROR: Job failed\n', '14': 'no' };
  const { facts } = await read({ numbers: [7] });
  expect(facts[0]?.checks.map(({ name, log }) => [name, log])).toEqual([
    ['unit', 'npm test\nERROR: Job failed'],
    ['fork', null],
    ['elsewhere', null],
    ['may fail', null],
  ]);
  const traces = hand.calls.map(({ args }) => args.at(-1)).filter((path) => path?.endsWith('/trace'));
  expect(traces).toEqual(['projects/g%2Fp/jobs/11/trace', 'projects/me%2Fg%2Fp/jobs/12/trace']);
});

it('replies in a discussion, resolves it and opens it again', async () => {
  const note = { id: 1, body: 'Why?', resolvable: true, author: { id: 3, username: 'jo' } };
  const stands = async () =>
    (await one({}))?.threads.map(({ resolved, comments }) => [resolved, comments.at(-1)?.body]);
  with7({ discussions: [{ id: 'c/2', notes: [note] }] });
  expect(await host.reply(7, 'c/2', '[a, b]')).toEqual({ ok: true, value: null });
  expect(await stands()).toEqual([[false, '[a, b]']]);
  expect(await host.resolve(7, 'c/2', true)).toEqual({ ok: true, value: null });
  expect(await stands()).toEqual([[true, '[a, b]']]);
  expect(await host.resolve(7, 'c/2', false)).toEqual({ ok: true, value: null });
  expect(await stands()).toEqual([[false, '[a, b]']]);
  expect(await host.reply(7, 'gone', 'x')).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
});
