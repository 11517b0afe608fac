// A pull request from its branch to its merge: a real host that supervises, real git, and a GitHub whose world changes meanwhile.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fakeGh, type FakeGh } from '#main/lib/fixtures/fake-gh.ts';
import { ask } from '#main/host/fixtures/host-home.ts';
import type { Host } from '#main/host/host.ts';
import { findSession } from '#main/sessions/session-record.ts';
import { hostOf, startAgent } from './fixtures/host-of.ts';
import { createWorld, type World } from './world.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let world: World;
let host: Host;
let gh: FakeGh;

beforeAll(async () => {
  world = createWorld();
  gh = fakeGh(join(dirname(world.repository), 'gh'), world.env['HOME'] ?? '');
  await world.athene('project', 'add', world.repository, '--id', 'demo');
  const config = join(world.home, 'config.yaml');
  writeFileSync(config, readFileSync(config, 'utf8').replace(/^( *)demo:$/m, '$1demo:\n$1  repo: github.com/o/r'));
  host = await hostOf(world, true);
});
afterAll(async () => {
  await host.close();
  await world.close();
});

const pullRequestOf = (id: string) => {
  const found = findSession(host.sessions, id);
  return found.ok ? found.value.lifecycle.pullRequest : null;
};
const refresh = (id: string) => ask(host, 'pullRequest.refresh', { id });
const kinds = async (id: string): Promise<readonly string[]> => {
  const page = await ask(host, 'event.list', {
    ...{ session: id, project: null, kinds: [], sources: ['code-host'], priorities: [], since: null, search: null },
    ...{ limit: 50, before: null, after: null },
  });
  return page.ok ? page.value.events.map(({ kind }) => kind) : [];
};

it('is found by its branch, followed, refused while it is not ready, and merged', async () => {
  const { id, worktree } = await startAgent(host, 'sleep 600');
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: worktree, encoding: 'utf8' }).trim();
  const [branch, commit] = [git('branch', '--show-current'), git('rev-parse', 'HEAD')];
  const checks = (state: string) => [{ name: 'unit', state, required: true, url: 'https://ci.example/1' }];
  const pull = { headRefName: branch, headRefOid: commit, checks: checks('FAILURE') };
  gh.answer({ pulls: { '7': pull } });
  const failing = { state: 'open', number: 7, reason: 'ci_failing' };
  await expect.poll(() => pullRequestOf(id), { timeout: 60_000 }).toMatchObject(failing);
  expect(host.listSessions().find((session) => session.id === id)).toMatchObject({
    status: 'ci_failed',
    state: 'ci-failing',
  });
  const blocked = {
    code: 'merge-blocked',
    what: "Pull request #7 can't be merged now: A required check failed.",
  };
  expect(await ask(host, 'pullRequest.merge', { id, method: 'squash' })).toMatchObject({ ok: false, problem: blocked });

  gh.answer({ pulls: { '7': { ...pull, checks: checks('SUCCESS') } } });
  await expect
    .poll(async () => (await refresh(id)).ok && pullRequestOf(id)?.reason, { timeout: 60_000 })
    .toBe('merge_ready');
  const merged = await ask(host, 'pullRequest.merge', { id, method: 'squash' });
  expect(merged).toMatchObject({ ok: true, value: { facts: { pullRequest: { state: 'merged' } } } });
  const merge = gh.calls().find(({ args }) => args[1] === 'merge')?.args;
  expect(merge).toEqual([
    'pr',
    'merge',
    '--repo',
    'github.com/o/r',
    '--squash',
    '--match-head-commit',
    commit,
    '--',
    '7',
  ]);
  expect(pullRequestOf(id)).toMatchObject({ state: 'merged', reason: 'merged' });
  expect((await kinds(id)).toSorted()).toEqual(['ci.failing', 'merge.completed', 'merge.ready', 'pr.created']);
});
