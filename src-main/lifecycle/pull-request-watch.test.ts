// What is asked of code hosts, when, and what follows from the answers: on a real database, with a code host in hand.
import { afterAll, beforeEach, expect, it } from 'vitest';
import { initialLifecycle, isSpawnTerminal, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import { factsOf, type PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import { readingOf, type ToldPullRequest } from '#shared/domain/pull-request-told.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok } from '#shared/lib/result.ts';
import type { CodeHost, CodeHostFailure, Question } from '../plugins/code-hosts/code-host.ts';
import { findClaim, insertClaim } from '../storage/claims.ts';
import { listEvents } from '../storage/events.ts';
import { sampleRecord, ScratchHome } from '../storage/fixtures/scratch-home.ts';
import { findPullRequest } from '../storage/pull-requests.ts';
import { getSession, insertSession, updateSession } from '../storage/sessions.ts';
import type { Store } from '../storage/store.ts';
import { insertTerminal } from '../storage/terminals.ts';
import { watchPullRequests, type PullRequestWatch } from './pull-request-watch.ts';

const home = new ScratchHome();
let store: Store;
let watch: PullRequestWatch;
let now: number;
let asked: [project: string, Question][];
let world: Map<string, Partial<ToldPullRequest['pullRequest']> & Partial<ToldPullRequest>>;
let problem: Partial<Record<string, CodeHostFailure>>;

const read = (key: string): PullRequestFacts | null => {
  const told = world.get(key);
  if (told === undefined) return null;
  const [, number] = key.split('#').map(Number);
  const { state = 'open', draft = false, branch = 'feat/7', url = `https://github.com/o/r/pull/${number}` } = told;
  const pullRequest = { number: number ?? 0, title: 'T', url, state, draft, branch };
  const usual = { decision: 'none', conflicts: 'no', behind: false, rules: 'met' } as const;
  const nothing = { base: 'main', commit: 'a'.repeat(40), checks: [], reviews: [], threads: [] };
  return factsOf(readingOf({ ...usual, ...nothing, ...told, pullRequest }, now));
};
const hostOf = (project: string): Pick<CodeHost, 'name' | 'authority' | 'readPullRequests'> => ({
  name: 'GitHub',
  authority: 'github github.com',
  async readPullRequests(question) {
    asked.push([project, question]);
    const failed = problem[project];
    if (failed !== undefined) return fail(failed);
    const all = [...world.keys()].filter((key) => key.startsWith(`${project}#`)).flatMap((key) => read(key) ?? []);
    const facts = all.filter(
      ({ pullRequest: { number, branch, state } }) =>
        question.numbers.includes(number) || (state === 'open' && question.branches.includes(branch)),
    );
    return ok({
      facts,
      absent: question.numbers.filter((number) => !all.some((one) => one.pullRequest.number === number)),
    });
  },
});

beforeEach(async () => {
  store ??= await home.openFully({ now: () => now });
  [now, asked, world, problem] = [1_000_000, [], new Map(), {}];
  await store.write('test', (tx) => {
    for (const table of ['claims', 'sessions', 'events', 'pull_requests', 'terminals']) tx.run(`DELETE FROM ${table}`);
  });
  watch = watchPullRequests({
    ...{ store, now: () => now, log: () => undefined },
    projects: { find: (id) => ok({ id, path: '/p', sessionPrefix: id, defaultBranch: 'main' }) },
    codeHostOf: ({ id }) => (id === 'bare' ? null : (hostOf(id) as CodeHost)),
  });
});
afterAll(() => home.remove());

async function session(id: string, branch: string, change: Partial<SessionRecord> = {}): Promise<void> {
  const workspace = { path: `/w/${id}`, branch, baseCommit: '', branchCreated: true, kind: 'worktree' as const };
  const lifecycle = withRuntimeStarted(initialLifecycle(1), 1);
  await store.write('test', (tx) => {
    insertSession(tx, sampleRecord(id, { workspace, lifecycle, ...change }));
    const size = { cols: 80, rows: 24 };
    insertTerminal(tx, { id: `t-${id}`, session: id, role: 'agent', runtime: 'pty', state: 'alive', size });
  });
}
const recordOf = (id: string): SessionRecord => {
  const stored = store.read((tx) => getSession(tx, id));
  if (stored === null || 'damaged' in stored) throw new Error(`${id} is gone`);
  return stored.record;
};
const change = (id: string, by: (record: SessionRecord) => SessionRecord) =>
  store.write('test', (tx) => {
    const stored = getSession(tx, id);
    if (stored !== null && !('damaged' in stored)) updateSession(tx, id, stored.rev, by(stored.record));
  });
async function lookIn(seconds: number): Promise<void> {
  now += seconds * 1000;
  watch.look();
  await watch.settled();
}
const everything = {
  session: null,
  project: null,
  kinds: [],
  sources: ['code-host'],
  priorities: [],
  since: null,
  search: null,
};
const told = (): readonly string[] =>
  store
    .read((tx) => listEvents(tx, everything, { limit: 50 }))
    .map(({ kind }) => kind)
    .toReversed();

it('finds the pull request of a branch, follows it, and tells of each change once', async () => {
  await session('app-1', 'feat/7');
  await lookIn(0);
  expect(recordOf('app-1').lifecycle.pullRequest.state).toBe('none');
  const unit = { name: 'unit', required: true, url: null };
  world.set('app#7', { checks: [{ ...unit, state: 'running' }] });
  await lookIn(30);
  expect(recordOf('app-1').lifecycle.pullRequest).toMatchObject({ state: 'open', reason: 'in_progress', number: 7 });
  world.set('app#7', { checks: [{ ...unit, state: 'failed' }] });
  await lookIn(30);
  await lookIn(30);
  world.set('app#7', { checks: [{ ...unit, state: 'passed' }], decision: 'pending' });
  await lookIn(30);
  world.set('app#7', { checks: [{ ...unit, state: 'passed' }], decision: 'changes_requested' });
  await lookIn(30);
  world.set('app#7', { checks: [{ ...unit, state: 'passed' }], decision: 'approved', behind: true });
  await lookIn(30);
  world.set('app#7', { checks: [{ ...unit, state: 'passed' }], decision: 'approved' });
  await lookIn(30);
  expect(recordOf('app-1').lifecycle.pullRequest.reason).toBe('merge_ready');
  world.set('app#7', { state: 'merged' });
  await lookIn(30);
  await lookIn(300);
  expect(told()).toEqual([
    ...['pr.created', 'ci.failing', 'review.pending', 'review.changes_requested'],
    ...['review.approved', 'merge.ready', 'merge.completed'],
  ]);
  expect(isSpawnTerminal(recordOf('app-1').lifecycle)).toBe(true);
});

it('asks nothing where no session lives that has a branch or a pull request, and less where nothing happens', async () => {
  await session('bare-1', 'feat/1', { project: 'bare' });
  await session('app-2', 'main');
  await session('app-3', 'feat/3', { pullRequestAutoDetect: false });
  await lookIn(0);
  expect(asked).toEqual([]);
  await session('app-4', 'feat/4');
  for (let round = 0; round < 30; round += 1) await lookIn(10);
  expect(asked.length).toBeLessThan(9);
  const before = asked.length;
  // Something else is asked soon.
  await session('app-5', 'feat/5');
  await lookIn(6);
  expect(asked.slice(before).map(([, { branches }]) => branches)).toEqual([['feat/4', 'feat/5']]);
});

it('takes no branch for a session’s that two have, and none of another session', async () => {
  await session('app-1', 'feat/7');
  await session('app-2', 'feat/7');
  world.set('app#7', {});
  await lookIn(0);
  expect([recordOf('app-1'), recordOf('app-2')].map(({ lifecycle }) => lifecycle.pullRequest.state)).toEqual([
    'none',
    'none',
  ]);
});

it('leaves alone what is another repository’s pull request of the same number', async () => {
  const opened = {
    state: 'open',
    reason: 'in_progress',
    number: 7,
    url: 'https://github.com/up/stream/pull/7',
  } as const;
  await session('app-1', 'feat/1');
  await change('app-1', (record) => ({
    ...record,
    lifecycle: { ...record.lifecycle, pullRequest: { ...opened, lastObservedAt: 1 } },
  }));
  world.set('app#7', { state: 'merged' });
  await lookIn(0);
  expect(recordOf('app-1').lifecycle.pullRequest.state).toBe('open');
});

it('shows what could not be had as stale, changes nothing for it, and frees no issue', async () => {
  await session('app-1', 'feat/7', { issue: { raw: '7', id: '7' } });
  await store.write('test', (tx) => insertClaim(tx, { project: 'app', issue: '7', session: 'app-1', owner: null }));
  world.set('app#7', { checks: [{ name: 'unit', state: 'failed', required: false, url: null }] });
  await lookIn(0);
  const before = recordOf('app-1');
  problem['app'] = {
    kind: 'unreachable',
    what: 'GitHub could not be reached.',
    todo: 'Check the connection.',
    details: '',
  };
  await lookIn(30);
  const at = now;
  await lookIn(60);
  world.set('app#7', { state: 'merged' });
  await lookIn(120);
  const shown = store.read((tx) => findPullRequest(tx, { project: 'app', number: 7 }));
  const stale = { since: at, why: 'GitHub could not be reached. Check the connection.' };
  expect(shown).toMatchObject({ stale, facts: { ci: 'failing', readAt: 1_000_000, stale } });
  expect(recordOf('app-1')).toEqual(before);
  expect(store.read((tx) => findClaim(tx, 'app', '7'))).not.toBeNull();
  problem = {};
  await lookIn(1000);
  expect(store.read((tx) => findPullRequest(tx, { project: 'app', number: 7 }))?.stale).toBeNull();
  expect(recordOf('app-1').lifecycle.pullRequest.state).toBe('merged');
  expect(store.read((tx) => findClaim(tx, 'app', '7'))).toBeNull();
});

it('waits until the limit is over, for all projects of that code host; a refusal is one project’s', async () => {
  await session('app-1', 'feat/7');
  await session('web-1', 'feat/8', { project: 'web' });
  problem['app'] = { kind: 'refused', what: 'GitHub refused.', todo: '', details: '' };
  await lookIn(0);
  expect(asked.map(([project]) => project).toSorted()).toEqual(['app', 'web']);
  problem['app'] = { kind: 'unreachable', what: 'Limit.', todo: 'Try again.', details: '', resetAt: now + 600_000 };
  await lookIn(40);
  asked = [];
  for (let round = 0; round < 11; round += 1) await lookIn(40);
  expect(asked.length).toBeLessThanOrEqual(1);
  problem = {};
  await lookIn(200);
  expect(asked.map(([project]) => project)).toContain('app');
});
