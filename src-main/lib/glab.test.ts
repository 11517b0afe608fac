import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { glabInHand, type GitLabInHand } from './fixtures/fake-glab.ts';
import { openGlab, projectCall } from './glab.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'athene-glab-')));
const token = 'canary-token-of-a-person';
const hand: GitLabInHand = { world: {}, calls: [] };
mkdirSync(join(root, 'home'));
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => void hand.calls.splice(0));

const schema = z.object({ title: z.string() });
const at = (host: string) => ({ host, owner: 'g', name: 'p' });
const view = projectCall(at('gitlab.com'), { path: '/issues/7' });

it('asks about the project by its whole path, and lets nothing be taken for a list', () => {
  const repository = { host: 'git.example.org', owner: 'g/sub', name: 'p' };
  const fields = { title: '[wip, a]', description: '@file' };
  expect(projectCall(repository, { path: '/issues', method: 'POST', query: [['search', ':id &']], fields })).toEqual([
    ...['api', '--method=POST', '--hostname', 'git.example.org', '--raw-field', 'title=[wip, a] '],
    ...['--raw-field', 'description=@file', '--', 'projects/g%2Fsub%2Fp/issues?search=%3Aid+%26'],
  ]);
});

it('runs with the login of the person, with nothing that asks, prints more or leads elsewhere', async () => {
  hand.world = { issues: { '7': { title: 'A title' } } };
  const login = {
    GLAB_CONFIG_DIR: '/c',
    GITLAB_TOKEN: token,
    GITLAB_REPO: 'x/y',
    GITLAB_GROUP: 'x',
    GLAB_DEBUG_HTTP: '1',
  };
  const glab = glabInHand(root, hand, { ...login, VISUAL: 'vi', GIT_DIR: '/x', REMOTE_ALIAS: 'x' });
  expect(await glab.json(view, schema)).toEqual({ ok: true, value: { title: 'A title' } });
  const env = hand.calls[0]?.env ?? {};
  expect(env).toMatchObject({
    GITLAB_TOKEN: token,
    GLAB_CONFIG_DIR: '/c',
    NO_PROMPT: 'true',
    GLAB_SEND_TELEMETRY: 'false',
  });
  const unwanted = ['GITLAB_REPO', 'GITLAB_GROUP', 'GLAB_DEBUG_HTTP', 'VISUAL', 'GIT_DIR', 'REMOTE_ALIAS'];
  expect(unwanted.filter((name) => name in env)).toEqual([]);
});

it.each([
  [undefined, 'gitlab.com', true],
  [undefined, 'gitlab.example.org', false],
  ['https://gitlab.example.org/', 'gitlab.example.org', true],
  ['gitlab.example.org', 'GitLab.com', false],
])('GITLAB_HOST %j: the token goes to %s: %j', async (named, host, goes) => {
  const glab = glabInHand(root, hand, { GITLAB_TOKEN: token, ...(named === undefined ? {} : { GITLAB_HOST: named }) });
  await glab.run(projectCall(at(host), { path: '/issues/7' }));
  expect('GITLAB_TOKEN' in (hand.calls[0]?.env ?? {})).toBe(goes);
  expect('GITLAB_HOST' in (hand.calls[0]?.env ?? {})).toBe(false);
});

it.each([
  ['signed-out', 'signed-out'],
  ['offline', 'offline'],
  ['rate-limited', 'rate-limited'],
  ['html', 'garbled'],
  ['hang', 'no-answer'],
  ['no-project', 'refused'],
  ['ok', 'not-found'],
] as const)('tells what kind of failure it is: %s', async (mode, kind) => {
  hand.world = { mode };
  expect(await glabInHand(root, hand).json(view, schema)).toMatchObject({
    ok: false,
    problem: { kind, resetAt: null },
  });
});

it('says when there is none, and keeps secrets out of the details', async () => {
  const login = async () => ({ env: { PATH: join(root, 'home') }, shell: '/bin/sh', problem: null });
  const without = openGlab({ home: join(root, 'home'), login });
  const missing = await without.run(view);
  // A machine may have one of its own in the system's directories.
  if ((await without.path()) === null) expect(missing).toMatchObject({ ok: false, problem: { kind: 'missing' } });
  for (const secret of [token, `glpat-${'a1'.repeat(10)}`]) {
    hand.world = { mode: 'leaks', token: secret };
    const told = JSON.stringify(await glabInHand(root, hand, { GITLAB_TOKEN: token }).run(view));
    expect([told.includes(secret), told.includes('denied')]).toEqual([false, true]);
  }
});
