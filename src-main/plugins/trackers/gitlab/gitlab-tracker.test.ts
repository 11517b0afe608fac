// Against a glab that answers as GitLab's REST API does.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { glabInHand, type GitLabInHand } from '#main/lib/fixtures/fake-glab.ts';
import { fakeGh } from '#main/lib/fixtures/fake-gh.ts';
import { openGh } from '../../../lib/gh.ts';
import { chooseTracker } from '../choose-tracker.ts';
import { createGitLabTracker } from './gitlab-tracker.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'athene-gitlab-issues-')));
const hand: GitLabInHand = { world: {}, calls: [] };
const glab = glabInHand(root, hand);
const tracker = createGitLabTracker(glab, { host: 'gitlab.com', owner: 'G/sub', name: 'p' });
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => {
  hand.calls.splice(0);
  hand.world = {
    project: 'G/sub/p',
    issues: { '7': { title: 'Sign \u001b[31min', description: 'Why', labels: ['bug'] } },
  };
});

it('gets an issue, without what would not print, and says whether it is closed', async () => {
  expect(await tracker.getIssue('7')).toMatchObject({
    ok: true,
    value: { facts: { title: 'Sign [31min', labels: ['bug'], description: 'Why', completed: false }, branch: null },
  });
  expect(await tracker.isCompleted('7')).toEqual({ ok: true, value: false });
  expect([tracker.branchName('7'), tracker.branchName('eng-7')]).toEqual(['feat/issue-7', null]);
  expect(tracker.issueUrl('7')).toBe('https://gitlab.com/G/sub/p/-/issues/7');
});

it('makes, closes, opens and lists issues', async () => {
  expect(await tracker.createIssue({ title: '[wip]', body: 'Text' })).toEqual({ ok: true, value: '8' });
  expect(await tracker.setState('7', 'closed')).toEqual({ ok: true, value: null });
  const ids = async (state: 'open' | 'closed' | 'all', query = '') => {
    const told = await tracker.listIssues({ query, state, limit: 5 });
    return told.ok ? told.value.map(({ id }) => id) : told.problem.what;
  };
  expect([await ids('open'), await ids('closed'), await ids('all'), await ids('all', 'wip')]).toEqual([
    ['8'],
    ['7'],
    ['8', '7'],
    ['8'],
  ]);
  await tracker.setState('7', 'open');
  expect(await tracker.isCompleted('7')).toEqual({ ok: true, value: false });
});

it('asks another project of the same host, and no other host', async () => {
  await tracker.getIssue('gitlab.com/other/sub/x#3');
  expect(hand.calls[0]?.args.at(-1)).toBe('projects/other%2Fsub%2Fx/issues/3');
  for (const id of ['gitlab.example.org/a/b#3', 'a/b#3', 'gitlab.com/a#3', 'gitlab.com/a/../b#3', '-1', '']) {
    expect(await tracker.getIssue(id)).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
  }
  expect(hand.calls).toHaveLength(1);
});

it.each([
  ['ok', 'not-found'],
  ['no-project', 'refused'],
  ['signed-out', 'unreachable'],
  ['html', 'unreachable'],
] as const)('says what it means when %s', async (mode, kind) => {
  hand.world = { project: 'G/sub/p', mode };
  expect(await tracker.getIssue('404')).toMatchObject({ ok: false, problem: { kind } });
});

const login = async () => ({
  env: { HOME: root, PATH: fakeGh(join(root, 'gh'), root).directory },
  shell: '/bin/sh',
  problem: null,
});
const gh = openGh({ home: join(root, 'home'), login });
it.each([
  [{ repo: 'gitlab.com/g/sub/p' }, 'GitLab', 'https://gitlab.com/g/sub/p/-/issues/1'],
  [{ repo: 'gitlab.example.org/g/p' }, 'GitLab', 'https://gitlab.example.org/g/p/-/issues/1'],
  [{ repo: 'git.example.org/g/p', tracker: 'gitlab' }, 'GitLab', 'https://git.example.org/g/p/-/issues/1'],
  [{ repo: 'g/sub/p', tracker: { plugin: 'gitlab' } }, 'GitLab', 'https://gitlab.com/g/sub/p/-/issues/1'],
  [{ repo: 'o/r' }, 'GitHub', 'https://github.com/o/r/issues/1'],
  [{ repo: 'gitlab/r' }, 'GitHub', 'https://github.com/gitlab/r/issues/1'],
  [{ repo: 'gitlab.com/g/p', tracker: 'none' }, null, null],
  [{ repo: 'git.example.org/g/p' }, null, null],
  [{ repo: 'gitlab.com' }, null, null],
  [{ tracker: 'gitlab' }, null, null],
])('%j has %s', (project, name, url) => {
  const chosen = chooseTracker({ path: root, ...project }, { gh, glab, login });
  expect(chosen.kind === 'tracker' ? [chosen.tracker.name, chosen.tracker.issueUrl('1')] : [null, null]).toEqual([
    name,
    url,
  ]);
});
