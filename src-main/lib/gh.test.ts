import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { fakeGh, type FakeGh, type FakeReplies } from './fixtures/fake-gh.ts';
import { openGh, type Gh } from './gh.ts';

let root: string;
let fake: FakeGh;
let gh: Gh;
let login: Record<string, string>;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'athene-gh-')));
  const home = join(root, 'home');
  mkdirSync(join(home, 'wrappers'), { recursive: true });
  writeFileSync(join(home, 'wrappers', 'gh'), '#!/bin/sh\necho "{}"\n', { mode: 0o755 });
  fake = fakeGh(join(root, 'gh'), root);
  login = {
    HOME: root,
    PATH: `${join(home, 'wrappers')}:${fake.directory}:/usr/bin:/bin`,
    GH_TOKEN: 'canary-token-of-a-person',
    GH_CONFIG_DIR: join(root, 'config'),
    GH_REPO: 'evil/repo',
    GH_DEBUG: 'api',
    GIT_DIR: '/elsewhere',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus',
  };
  gh = openGh({ home, login: async () => ({ env: login, shell: '/bin/sh', problem: null }) });
});
afterAll(() => rmSync(root, { recursive: true }));

const view = ['issue', 'view', '--repo', 'github.com/o/r', '--', '7'];
const schema = z.object({ title: z.string() });

it('runs the first gh that no agent could have put there, with the login of the person and nothing that asks', async () => {
  fake.answer({ issues: { '7': { title: 'A title' } } });
  expect(await gh.path()).toBe(join(fake.directory, 'gh'));
  expect(await gh.json(view, schema)).toEqual({ ok: true, value: { title: 'A title' } });
  const [call] = fake.calls();
  expect(call?.args).toEqual(view);
  const settings = Object.entries(call?.env ?? {}).filter(([, value]) => value === 'core.hooksPath');
  expect(settings).toHaveLength(1);
  expect(call?.env).toMatchObject({
    GH_TOKEN: 'canary-token-of-a-person',
    GH_CONFIG_DIR: join(root, 'config'),
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus',
    GH_PROMPT_DISABLED: '1',
    GIT_TERMINAL_PROMPT: '0',
  });
  const unwanted = ['GH_REPO', 'GH_DEBUG', 'GIT_DIR', 'ATHENE_HOME', 'NODE_OPTIONS'];
  expect(unwanted.filter((name) => name in (call?.env ?? {}))).toEqual([]);
  expect(call?.env['PATH']).not.toContain(join(root, 'home'));
});

const failures: readonly [FakeReplies['mode'], string][] = [
  ['signed-out', 'signed-out'],
  ['offline', 'offline'],
  ['html', 'garbled'],
  ['no-repository', 'refused'],
  ['ok', 'not-found'],
];
it.each(failures)('tells what kind of failure it is: %s', async (mode, kind) => {
  fake.answer(mode === undefined ? {} : { mode });
  expect(await gh.json(view, schema)).toMatchObject({ ok: false, problem: { kind, resetAt: null } });
});

it('asks once from when on GitHub answers again, when its limit is reached', async () => {
  fake.answer({ mode: 'rate-limited' });
  fake.calls();
  const limited = await gh.json(view, schema);
  expect(limited).toMatchObject({ ok: false, problem: { kind: 'rate-limited', resetAt: 1_900_000_000_000 } });
  expect(!limited.ok && limited.problem.todo).toContain('2030-03-17');
  expect(fake.calls().map(({ args }) => args.slice(0, 2).join(' '))).toEqual(['issue view', 'api rate_limit']);
});

it('waits for no gh that hangs, and says when there is none', async () => {
  fake.answer({ mode: 'hang' });
  expect(await gh.run(view, { timeoutMs: 400 })).toMatchObject({ ok: false, problem: { kind: 'no-answer' } });
  const without = openGh({
    home: join(root, 'home'),
    login: async () => ({ env: { PATH: join(root, 'home', 'wrappers') }, shell: '/bin/sh', problem: null }),
  });
  const missing = await without.run(view);
  // A machine may have one of its own in the system's directories.
  if ((await without.path()) === null) expect(missing).toMatchObject({ ok: false, problem: { kind: 'missing' } });
});

it('keeps secrets out of the details', async () => {
  const secrets = ['canary-token-of-a-person', `ghp_${'a1'.repeat(18)}`, `github_pat_${'b2'.repeat(20)}`];
  for (const token of secrets) {
    fake.answer({ mode: 'leaks', token });
    const told = JSON.stringify(await gh.run(view));
    expect([told.includes(token), told.includes('denied')]).toEqual([false, true]);
  }
});
