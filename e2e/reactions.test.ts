// A failing check on its way to the agent whose it is: a GitHub whose world changes, a host that supervises, real terminals.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { usualPlace } from '#shared/domain/spawn.ts';
import { fakeGh, type FakeGh } from '#main/lib/fixtures/fake-gh.ts';
import { ask, follow } from '#main/host/fixtures/host-home.ts';
import type { Host } from '#main/host/host.ts';
import { findSession } from '#main/sessions/session-record.ts';
import { listNotices } from '#main/storage/notices.ts';
import { hostOf } from './fixtures/host-of.ts';
import { createWorld, type World } from './world.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const patience = { timeout: 60_000, interval: 100 };

/** Stands for Claude Code: shows its line for input, and writes down what it is told. */
const listener = `#!/bin/sh
case $1 in --version) echo 2.1.332; exit;; esac
printf '\\033[2J\\033[Hready\\n❯ '
while read -r line; do
  echo "$line" >> "$HOME/heard-$(basename "$PWD")"
  printf '\\033[2J\\033[Hheard it\\n❯ '
done
`;

let world: World;
let host: Host;
let gh: FakeGh;

beforeAll(async () => {
  world = createWorld();
  gh = fakeGh(join(dirname(world.repository), 'gh'), world.env['HOME'] ?? '');
  writeFileSync(join(gh.directory, 'claude'), listener, { mode: 0o755 });
  await world.athene('project', 'add', world.repository, '--id', 'demo');
  const config = join(world.home, 'config.yaml');
  writeFileSync(config, readFileSync(config, 'utf8').replace(/^( *)demo:$/m, '$1demo:\n$1  repo: github.com/o/r'));
  host = await hostOf(world, true);
});
afterAll(async () => {
  await host.close();
  await world.close();
});

async function start(): Promise<{ readonly id: string; readonly pull: Record<string, unknown> }> {
  const nothing = { prompt: null, issue: null, name: null, branch: null, base: null, model: null };
  const spawned = await ask(host, 'session.spawn', {
    ...{ request: host.sessions.newId(), project: 'demo', agent: 'claude-code', command: null, permissions: 'ask' },
    ...{ ...nothing, ...usualPlace },
  });
  if (!spawned.ok) throw new Error(spawned.problem.what);
  const found = findSession(host.sessions, spawned.value.session);
  const cwd = found.ok ? (found.value.workspace?.path ?? '') : '';
  const git = (...args: readonly string[]): string => execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();
  return {
    id: spawned.value.session,
    pull: { headRefName: git('branch', '--show-current'), headRefOid: git('rev-parse', 'HEAD') },
  };
}
const heard = (id: string): string => {
  const file = join(world.env['HOME'] ?? '', `heard-${id}`);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};
const numberOf = (id: string) => host.listSessions().find((session) => session.id === id)?.pullRequest?.number ?? null;

it('is shown before it is told, reaches its agent once, and no other; nobody is notified meanwhile', async () => {
  const [failing, other] = [await start(), await start()];
  const check = (state: string) => [{ name: 'unit; touch pwned', state, required: true, url: 'https://ci.example/1' }];
  gh.answer({
    pulls: { '7': { ...failing.pull, checks: check('FAILURE') }, '8': { ...other.pull, checks: check('SUCCESS') } },
  });
  await expect.poll(() => [numberOf(failing.id), numberOf(other.id)], patience).toEqual([7, 8]);
  const one = { id: failing.id, key: 'ci-failed' } as const;
  const shown = follow(host, 'reactions', ({ session }) => session);
  const preview = async () => {
    const answer = await ask(host, 'reaction.preview', one);
    return answer.ok ? answer.value : null;
  };
  await expect.poll(preview, patience).toMatchObject({ reaction: { plan: { kind: 'due' }, attempts: 0, most: 3 } });
  expect((await preview())?.text).toContain('\n> unit; touch pwned\n');
  const inFeed = shown.items().find(({ session }) => session === failing.id);
  expect(inFeed?.reactions.map(({ key }) => key)).toEqual(['ci-failed']);
  expect(heard(failing.id)).toBe('');

  await expect.poll(async () => (await ask(host, 'reaction.run', one)).ok, patience).toBe(true);
  await expect.poll(() => heard(failing.id), patience).toContain('Checks fail on your pull request #7');
  await expect.poll(preview, patience).toMatchObject({ reaction: { attempts: 1, plan: { kind: 'rests' } } });
  const { stdout } = await world.athene('reactions', failing.id);
  expect(stdout).toContain('ci-failed: A check fails. Told 1 of 3 times.');
  expect(heard(failing.id).match(/Checks fail/g)?.length).toBe(1);
  const told = host.sessions.store.read(listNotices).flatMap(({ sessions }) => sessions);
  expect([heard(other.id), told.includes(failing.id)]).toEqual(['', false]);
});
