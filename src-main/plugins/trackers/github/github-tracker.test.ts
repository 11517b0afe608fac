// Against a gh that answers as GitHub's does.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { fakeGh, runIn, type WorldInHand } from '#main/lib/fixtures/fake-gh.ts';
import { openGh } from '../../../lib/gh.ts';
import type { WholeTracker } from '../tracker.ts';
import { createGitHubTracker } from './github-tracker.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'athene-github-issues-')));
const hand: WorldInHand = { world: {}, calls: [] };
const env = { HOME: root, PATH: fakeGh(join(root, 'gh'), root).directory };
const gh = openGh(
  { home: join(root, 'home'), login: async () => ({ env, shell: '/bin/sh', problem: null }) },
  runIn(hand),
);
const tracker = createGitHubTracker(gh, { host: 'github.com', owner: 'o', name: 'r' }) as WholeTracker;
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => {
  hand.calls.splice(0);
  hand.world = {
    issues: {
      '6': { title: 'Old', state: 'CLOSED' },
      '7': {
        title: 'Sign \u001b[31min',
        body: 'Why\u202e',
        labels: [{ name: 'bug' }],
        assignees: [{ login: 'maria' }],
      },
    },
  };
});

it('gets an issue, without what would not print, and says whether it is closed', async () => {
  const facts = { title: 'Sign [31min', labels: ['bug'], description: 'Why', completed: false };
  const url = 'https://github.com/o/r/issues/7';
  expect(await tracker.getIssue('7')).toMatchObject({ ok: true, value: { facts, url, branch: null } });
  expect([await tracker.isCompleted('7'), await tracker.isCompleted('6')]).toMatchObject([
    { value: false },
    { value: true },
  ]);
  expect([tracker.branchName('7'), tracker.branchName('eng-7'), tracker.issueUrl('7')]).toEqual([
    'feat/issue-7',
    null,
    url,
  ]);
});

it('makes, closes, opens and lists issues, with whoever is to do them', async () => {
  expect(await tracker.createIssue({ title: '--web', body: '@file' })).toEqual({ ok: true, value: '8' });
  expect(await tracker.setState('7', 'closed')).toEqual({ ok: true, value: null });
  const list = async (state: 'open' | 'closed' | 'all', query = '') => {
    const told = await tracker.listIssues({ query, state, limit: 2 });
    return told.ok ? told.value : [];
  };
  const ids = async (...asked: Parameters<typeof list>) => (await list(...asked)).map(({ id }) => id);
  expect([await ids('open'), await ids('closed'), await ids('all'), await ids('all', ' sign ')]).toEqual([
    ...[['8'], ['7', '6'], ['8', '7'], ['7']],
  ]);
  expect((await list('closed'))[0]).toEqual({
    ...{ id: '7', title: 'Sign [31min', labels: ['bug'], state: 'closed', assignee: 'maria' },
    url: 'https://github.com/o/r/issues/7',
  });
  await tracker.setState('7', 'open');
  expect(await tracker.isCompleted('7')).toEqual({ ok: true, value: false });
});

it('asks another repository of the same host, and no other host', async () => {
  await tracker.getIssue('github.com/other/x#7');
  expect(hand.calls[0]).toEqual(expect.arrayContaining(['--repo', 'github.com/other/x', '--', '7']));
  for (const id of ['git.example.org/a/b#3', 'a/b#3', 'github.com/a#3', 'github.com/a/..#3', '-1', '0', '7;x', ''])
    expect(await tracker.getIssue(id)).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
  expect(await tracker.setState('-1', 'closed')).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
  expect(hand.calls).toHaveLength(1);
});

it.each([
  ['ok', 'not-found'],
  ['no-repository', 'refused'],
  ['signed-out', 'unreachable'],
  ['offline', 'unreachable'],
  ['rate-limited', 'unreachable'],
  ['html', 'unreachable'],
  ['hang', 'unreachable'],
] as const)('says what it means when %s, whatever it was asked', async (mode, kind) => {
  hand.world = { mode };
  const problem = { ok: false, problem: { kind } };
  expect(await tracker.getIssue('404')).toMatchObject(problem);
  expect(await tracker.isCompleted('404')).toMatchObject(problem);
  if (mode !== 'ok') expect(await tracker.listIssues({ query: '', state: 'open', limit: 5 })).toMatchObject(problem);
  // gh itself fails at what is no answer, where it changes something.
  if (mode === 'html') return;
  expect(await tracker.setState('404', 'closed')).toMatchObject(problem);
  if (mode !== 'ok') expect(await tracker.createIssue({ title: 'x', body: '' })).toMatchObject(problem);
});
