// What is asked of GitHub beside reading: found, merged, closed, changed. Against a gh that answers as GitHub's does.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { fakeGh, runIn, type WorldInHand } from '#main/lib/fixtures/fake-gh.ts';
import { temporaryRepository } from '#main/lib/fixtures/temporary-repository.ts';
import { openGh } from '../../../lib/gh.ts';
import { createGitHub } from './github-code-host.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'athene-github-')));
const place = temporaryRepository();
const hand: WorldInHand = { world: {}, calls: [] };
const env = { HOME: root, PATH: fakeGh(join(root, 'gh'), root).directory };
const gh = openGh(
  { home: join(root, 'home'), login: async () => ({ env, shell: '/bin/sh', problem: null }) },
  runIn(hand),
);
const repository = { host: 'github.com', owner: 'o', name: 'r' };
const host = createGitHub({ gh, git: place.git, repository, now: () => 1_000_000 });

afterAll(async () => {
  rmSync(root, { recursive: true });
  await place.end();
});
beforeEach(() => {
  hand.calls.splice(0);
  hand.world = { pulls: { '7': pull('feat/7', '7'), '8': { ...pull('feat/8', '8'), isCrossRepository: true } } };
});

const pull = (headRefName: string, digit: string) => ({
  ...{ number: Number(digit), title: 'Mend \u202eit', url: `https://github.com/o/r/pull/${digit}`, state: 'OPEN' },
  ...{ isDraft: true, headRefName, headRefOid: digit.repeat(40), isCrossRepository: false },
  threads: [{ id: 'PRRT_1', path: 'a.ts', line: 3, comments: [{ id: 'C1', author: 'maria', body: 'Why?' }] }],
});
const read = async () => {
  const told = await host.readPullRequests({ numbers: [7], branches: [], fresh: true });
  return told.ok ? told.value.facts[0] : undefined;
};
const done = { ok: true, value: null };

it.each([
  ['7', 7],
  ['#7', 7],
  ['https://github.com/o/r/pull/7/files', 7],
  ['feat/8', 8],
  ['https://github.com/o/other/pull/7', null],
  ['nothing', null],
  ['--web', null],
])('finds %j', async (reference, number) => {
  const told = await host.resolvePullRequest(reference);
  if (number === null) expect(told).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
  else
    expect(told).toMatchObject({
      ok: true,
      value: {
        pullRequest: { number, title: 'Mend it', draft: true },
        fromFork: number === 8,
        commit: /^\d{40}$/.exec(String(number).repeat(40))?.[0],
      },
    });
});

it('refuses a branch whose name can not be used here', async () => {
  hand.world = { pulls: { '7': pull('-x', '7') } };
  expect(await host.resolvePullRequest('7')).toMatchObject({ ok: false, problem: { kind: 'refused' } });
});

it('merges what was looked at and nothing newer', async () => {
  expect(await host.merge(7, { method: 'rebase', commit: '8'.repeat(40) })).toMatchObject({
    ok: false,
    problem: { kind: 'refused' },
  });
  expect(await host.pullRequestState(7)).toEqual({ ok: true, value: 'open' });
  expect(await host.merge(7, { method: 'squash', commit: '7'.repeat(40) })).toEqual(done);
  expect(await host.pullRequestState(7)).toEqual({ ok: true, value: 'merged' });
  // Its branch stays.
  expect(hand.calls.flat()).not.toContain('--delete-branch');
});

it('assigns, marks as ready, updates its branch and closes; what it did itself is read anew', async () => {
  expect((await read())?.pullRequest).toMatchObject({ draft: true, state: 'open' });
  expect(await host.assign(7)).toEqual(done);
  expect(await host.markReady(7)).toEqual(done);
  expect((await read())?.pullRequest).toMatchObject({ draft: false });
  Object.assign(hand.world.pulls?.['7'] ?? {}, { mergeStateStatus: 'BEHIND' });
  expect(await host.updateBranch(7)).toEqual(done);
  expect((await read())?.behind).toBe(false);
  expect(await host.close(7)).toEqual(done);
  expect((await read())?.pullRequest).toMatchObject({ state: 'closed' });
});

it('replies in a thread, resolves it and opens it again, whatever the text is', async () => {
  const stands = async () => (await read())?.threads.map(({ resolved, comments }) => [resolved, comments.at(-1)?.body]);
  expect(await host.reply(7, 'PRRT_1', '@/etc/passwd\n--web')).toEqual(done);
  expect(await stands()).toEqual([[false, '@/etc/passwd\n--web']]);
  expect(await host.resolve(7, 'PRRT_1', true)).toEqual(done);
  expect(await stands()).toEqual([[true, '@/etc/passwd\n--web']]);
  expect(await host.resolve(7, 'PRRT_1', false)).toEqual(done);
  expect(await stands()).toEqual([[false, '@/etc/passwd\n--web']]);
  expect(await host.reply(7, 'PRRT_9', 'x')).toMatchObject({ ok: false, problem: { kind: 'refused' } });
});

it.each([
  ['offline', 'unreachable'],
  ['signed-out', 'unreachable'],
  ['rate-limited', 'unreachable'],
  ['hang', 'unreachable'],
  ['no-repository', 'refused'],
] as const)('says what it means when %s, whatever it was asked', async (mode, kind) => {
  hand.world = { ...hand.world, mode };
  const problem = { ok: false, problem: { kind } };
  expect(await host.resolvePullRequest('7')).toMatchObject(problem);
  expect(await host.pullRequestState(7)).toMatchObject(problem);
  expect(await host.close(7)).toMatchObject(problem);
  expect(await host.reply(7, 'PRRT_1', 'x')).toMatchObject(problem);
  if (mode === 'rate-limited') expect(await host.assign(7)).toMatchObject({ problem: { resetAt: 1_900_000_000_000 } });
});
