// Issues through the contract: listed with who works on each, shown, made and closed; of a project with files for issues, and of one without any.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, HostHome } from './fixtures/host-home.ts';
import { spawnIn, spawnInput } from './fixtures/spawn-in.ts';
import type { Host } from './host.ts';

const home = new HostHome();
let host: Host;
let repository: string;

beforeAll(async () => {
  for (const id of ['files', 'plain']) {
    const path = join(home.path, '..', id);
    mkdirSync(join(path, 'issues'), { recursive: true });
    const git = (...args: readonly string[]) => execFileSync('git', ['-C', path, ...args]);
    git('init', '-q', '-b', 'main');
    git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-q', '--allow-empty', '-m', 'first');
  }
  repository = join(home.path, '..', 'files');
  writeFileSync(
    join(repository, 'issues', '7.md'),
    '---\ntitle: Mend it\nstate: open\nlabels: [bug]\n---\nIt loops.\n',
  );
  const config = ['files', 'plain'].map((id) => `  ${id}:\n    path: ${join(home.path, '..', id)}\n    name: ${id}`);
  writeFileSync(
    home.config,
    `projects:\n${config.join('\n').replace('name: files', 'name: files\n    tracker: local')}\n`,
  );
  host = await home.open(true);
}, 60_000);
afterAll(() => home.close(), 30_000);

const list = (project = 'files', state: 'open' | 'closed' = 'open') =>
  ask(host, 'issue.list', { project, query: '', state, limit: 10 });

it('are listed, shown, made, closed and opened', async () => {
  const seven = { id: '7', title: 'Mend it', labels: ['bug'], state: 'open', session: null };
  expect(await list()).toMatchObject({ ok: true, value: { issues: [seven] } });
  const made = await ask(host, 'issue.create', { project: 'files', title: 'Another', body: 'More' });
  expect(made).toEqual({ ok: true, value: { id: '8' } });
  expect(await ask(host, 'issue.setState', { project: 'files', issue: '#8', state: 'closed' })).toMatchObject({
    ok: true,
  });
  expect(readFileSync(join(repository, 'issues', '8.md'), 'utf8')).toContain('state: closed');
  expect(await list('files', 'closed')).toMatchObject({ value: { issues: [{ id: '8', title: 'Another' }] } });
  const shown = await ask(host, 'issue.show', { project: 'files', issue: '8' });
  expect(shown).toMatchObject({ value: { facts: { description: 'More', completed: true }, session: null } });
});

it('say who works on one, which nobody else can be given', async () => {
  const id = await spawnIn(host, { project: 'files', issue: '7' });
  expect(await list()).toMatchObject({ value: { issues: [{ id: '7', session: id }] } });
  expect(await ask(host, 'issue.show', { project: 'files', issue: '#7' })).toMatchObject({ value: { session: id } });
  const second = await ask(host, 'session.spawn', spawnInput({ project: 'files', issue: '#7' }));
  expect(second).toMatchObject({ ok: false, problem: { what: expect.stringContaining(id) } });
  await ask(host, 'session.kill', { id });
  expect(await list()).toMatchObject({ value: { issues: [{ id: '7', session: null }] } });
});

it('are refused where there are none, and where there is none of that name', async () => {
  const no = (code: string) => ({ ok: false, problem: { code } });
  expect(await list('nothing')).toMatchObject(no('project-unknown'));
  expect(await list('plain')).toMatchObject(no('tracker-missing'));
  expect(await ask(host, 'issue.create', { project: 'plain', title: 'x', body: '' })).toMatchObject(
    no('tracker-missing'),
  );
  expect(await ask(host, 'issue.show', { project: 'files', issue: '99' })).toMatchObject(no('issue-unknown'));
  for (const issue of ['../secret', '-x', ' '])
    expect(await ask(host, 'issue.setState', { project: 'files', issue, state: 'closed' })).toMatchObject(
      no('issue-unknown'),
    );
});
