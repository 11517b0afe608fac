// What a person does to a pull request and its threads: on a real database, with the real way to GitHub and a gh in hand.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { fakeGh, runIn, type FakeReplies, type WorldInHand } from '#main/lib/fixtures/fake-gh.ts';
import { initialLifecycle, withPullRequestOpened, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import { ok } from '#shared/lib/result.ts';
import type { Git } from '../../lib/git.ts';
import { openGh } from '../../lib/gh.ts';
import { createGitHub } from '../../plugins/code-hosts/github/github-code-host.ts';
import { sampleRecord, ScratchHome } from '../../storage/fixtures/scratch-home.ts';
import { insertSession } from '../../storage/sessions.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { actOnPullRequest, type Action } from './act-on-pull-request.ts';
import { actOnThread, type ThreadAct } from './act-on-thread.ts';

const home = new ScratchHome();
const root = realpathSync(mkdtempSync(join(tmpdir(), 'athene-acting-')));
const env = { HOME: root, PATH: fakeGh(join(root, 'gh'), root).directory };
const login = async () => ({ env, shell: '/bin/sh', problem: null });
const store = await home.openFully({ now: () => now });
const hand: WorldInHand = { world: {}, calls: [] };
let now: number;
let dependencies: SessionDependencies;
/** After a change whose answer is lost nothing can be read either. */
let fallsSilent: boolean;
const run: ReturnType<typeof runIn> = async (spec) => {
  const outcome = await runIn(hand)(spec);
  const isLost = 'stderr' in outcome && outcome.stderr.includes('connection reset by peer');
  if (fallsSilent && isLost) hand.world = { ...hand.world, mode: 'offline' };
  return outcome;
};

beforeEach(async () => {
  [now, fallsSilent] = [1_000_000, false];
  hand.calls.splice(0);
  hand.world = { pulls: { '7': pull } };
  const gh = openGh({ home: join(root, 'home'), login }, run);
  const repository = { host: 'github.com', owner: 'o', name: 'r' };
  const host = createGitHub({ gh, git: {} as Git, repository, now: () => now });
  const parts = {
    ...{ store, now: () => now, log: () => undefined, codeHostOf: () => host },
    projects: { find: (id: string) => ok({ id, path: '/p', sessionPrefix: id, defaultBranch: 'main' }) },
  };
  // Nothing else of a host is asked for here.
  dependencies = parts as unknown as SessionDependencies;
  await store.write('test', (tx) => {
    for (const table of ['sessions', 'pull_requests']) tx.run(`DELETE FROM ${table}`);
    const opened = { number: 7, url: 'https://github.com/o/r/pull/7' };
    const lifecycle = withPullRequestOpened(withRuntimeStarted(initialLifecycle(1), 1), opened, 1);
    insertSession(tx, sampleRecord('app-1', { lifecycle }));
    insertSession(tx, sampleRecord('app-2', {}));
  });
});
afterAll(async () => {
  await home.remove();
  rmSync(root, { recursive: true });
});

const pull = {
  ...{ headRefName: 'feat/7', headRefOid: '7'.repeat(40), isDraft: false },
  checks: [{ name: 'unit', state: 'SUCCESS' }],
  threads: [{ id: 'PRRT_1', path: 'a.ts', line: 3, comments: [{ id: 'C1', author: 'maria', body: 'Why?' }] }],
};
const world = (change: object, more: FakeReplies = {}): void => {
  hand.world = structuredClone({ pulls: { '7': { ...pull, ...change } }, ...more });
};
const act = (action: Action) => actOnPullRequest(dependencies, 'app-1', action);
const merge: Action = { kind: 'merge', method: 'squash' };
const inThread = (does: ThreadAct['does'], thread = 'PRRT_1') => actOnThread(dependencies, 'app-1', { thread, does });
const reply = (text: string): ThreadAct['does'] => ({ kind: 'reply', text });
const resolve = (resolved: boolean): ThreadAct['does'] => ({ kind: 'resolve', resolved });
const commentsAre = (...bodies: readonly string[]) => ({
  ok: true,
  value: { facts: { threads: [{ comments: bodies.map((body) => ({ body })) }] } },
});
const isResolved = (resolved: boolean) => ({ ok: true, value: { facts: { threads: [{ resolved }] } } });
/** What GitHub was asked to change. */
const changes = (): readonly string[] =>
  hand.calls
    .splice(0)
    .flatMap(
      (args) => /mutation.* (\w+)\(input/.exec(args.join(' '))?.[1] ?? (args[0] === 'pr' ? [args[1] ?? ''] : []),
    );

it('merges, closes, marks as ready and updates, and tells how it stands then', async () => {
  world({ isDraft: true, mergeStateStatus: 'BEHIND' });
  expect(await act(merge)).toMatchObject({ ok: false, problem: { code: 'merge-blocked' } });
  expect(await act({ kind: 'mark-ready' })).toMatchObject({ value: { facts: { pullRequest: { draft: false } } } });
  expect(await act({ kind: 'mark-ready' })).toMatchObject({ ok: false, problem: { code: 'merge-blocked' } });
  expect(await act({ kind: 'update-branch' })).toMatchObject({ value: { facts: { behind: false } } });
  expect(await act(merge)).toMatchObject({ value: { facts: { pullRequest: { state: 'merged' } } } });
  expect(await act({ kind: 'close' })).toMatchObject({ ok: false, problem: { code: 'merge-blocked' } });
  expect(changes()).toEqual(['ready', 'update-branch', 'merge']);
});

it('replies and resolves, once, in a thread that is there', async () => {
  world({});
  expect(await inThread(reply('@-=not\nso'))).toMatchObject(commentsAre('Why?', '@-=not\nso'));
  for (const resolved of [true, true, false])
    expect(await inThread(resolve(resolved))).toMatchObject(isResolved(resolved));
  expect(await inThread(reply('x'), 'PRRT_9')).toMatchObject({ ok: false, problem: { code: 'thread-unknown' } });
  expect(changes()).toEqual(['addPullRequestReviewThreadReply', 'resolveReviewThread', 'unresolveReviewThread']);
  world({ state: 'MERGED' });
  now += 10_000;
  expect(await inThread(reply('later'))).toMatchObject(commentsAre('Why?', 'later'));
});

it('sees that it was done where no word of it came back, and says so where it was not', async () => {
  world({}, { mode: 'lost' });
  expect(await inThread(reply('It is now.'))).toMatchObject(commentsAre('Why?', 'It is now.'));
  expect(await inThread(resolve(true))).toMatchObject(isResolved(true));
  expect(await act(merge)).toMatchObject({ value: { facts: { pullRequest: { state: 'merged' } } } });
  world({ headRefOid: '8'.repeat(40), threads: [] });
  expect(await inThread(reply('x'))).toMatchObject({ ok: false });
});

it('says that nobody can tell where neither a word came back nor anything can be seen since', async () => {
  const silent = { ok: false, problem: { what: expect.stringMatching(/^Nobody can tell whether it was done: /) } };
  fallsSilent = true;
  for (const attempt of [() => act(merge), () => inThread(reply('x')), () => inThread(resolve(true))]) {
    world({}, { mode: 'lost' });
    now += 60_000;
    expect(await attempt()).toMatchObject(silent);
  }
  expect(changes()).toEqual(['merge', 'addPullRequestReviewThreadReply', 'resolveReviewThread']);
});

it.each(['offline', 'signed-out', 'rate-limited', 'html', 'hang', 'no-repository'] as const)(
  'changes nothing when %s',
  async (mode) => {
    world({}, { mode });
    const refused = { ok: false, problem: { code: 'code-host-unreachable', kept: 'Nothing was changed.' } };
    expect(await act(merge)).toMatchObject(refused);
    expect(await inThread(reply('x'))).toMatchObject(refused);
    expect(await inThread(resolve(true))).toMatchObject(refused);
    expect(changes()).toEqual([]);
  },
);

it('is refused for a session without a pull request, and one that is not there', async () => {
  const of = (id: string) => actOnThread(dependencies, id, { thread: 'PRRT_1', does: resolve(true) });
  expect(await of('app-2')).toMatchObject({ ok: false, problem: { code: 'pull-request-unknown' } });
  expect(await of('app-9')).toMatchObject({ ok: false, problem: { code: 'session-unknown' } });
});
