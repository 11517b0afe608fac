import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ImportPlan } from '#shared/domain/import.ts';
import type { Host } from '../host/host.ts';
import { openHost } from '../host/open-host.ts';
import { removeSession } from '../sessions/remove.ts';
import { listSessions } from '../storage/sessions.ts';
import { importForeign, type ImportDependencies } from './import-foreign.ts';

const root = mkdtempSync(join(tmpdir(), 'import-'));
const foreign = join(root, 'other');
const repository = join(root, 'shop');
const worktree = join(root, 'wt', 'sh-3');
const sessionsOf = (project: string) => join(foreign, 'projects', project, 'sessions');
let host: Host;

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: repository, encoding: 'utf8' });

const write = (id: string, content: unknown) =>
  writeFileSync(
    join(sessionsOf('shop'), `${id}.json`),
    typeof content === 'string' ? content : JSON.stringify(content),
  );

beforeAll(async () => {
  mkdirSync(repository, { recursive: true });
  git('init', '-q', '-b', 'main');
  git('commit', '-q', '--allow-empty', '-m', 'first');
  git('worktree', 'add', '-q', '-b', 'feat/12', worktree);
  mkdirSync(sessionsOf('shop'), { recursive: true });
  writeFileSync(
    join(foreign, 'config.yaml'),
    `projects:\n  shop: { path: ${repository}, sessionPrefix: sh }\n  gone: { path: ${root}/gone }\n  bad: { name: x }\n`,
  );
  write('sh-3', {
    ...{
      branch: 'feat/12',
      worktree,
      issue: '#12',
      agent: 'codex',
      userPrompt: 'mend\u0007 it',
      createdAt: '2026-02-01T10:00:00Z',
    },
    lifecycle: {
      session: { state: 'terminated' },
      pr: { state: 'open', number: 5, url: 'https://github.com/acme/shop/pull/5' },
    },
  });
  write('sh-4', { branch: 'feat/13', status: 'working', lifecycle: { session: { state: 'working' } } });
  write('sh-5', '');
  write('sh-6', {
    status: 'killed',
    branch: '--upload-pack=x',
    worktree: '/etc',
    pr: 'javascript:alert(1)',
    agent: '../x',
  });
  write('sh-orchestrator', { role: 'orchestrator', status: 'done', opencodeSessionId: 'ses_abc' });
  write('sh-7', { status: 'done', createdAt: 'never' });
  symlinkSync('/etc/passwd', join(sessionsOf('shop'), 'sh-8.json'));
  writeFileSync(join(sessionsOf('shop'), 'sh-3.json.lock'), '');
  const opened = await openHost({ env: { ...process.env, ATHENE_HOME: join(root, 'home') }, live: false });
  if (!opened.ok) throw new Error(opened.problem.what);
  host = opened.value;
}, 30_000);
afterAll(async () => {
  await host.close();
  rmSync(root, { recursive: true, force: true });
});

const call = async (apply: boolean): Promise<ImportPlan> => {
  const around = { context: { kind: 'command' as const, session: null }, signal: new AbortController().signal };
  const outcome = await host.handlers.calls['system.import']({ from: foreign, configuration: null, apply }, around);
  if (!outcome.ok) throw new Error(outcome.problem.what);
  return outcome.value;
};

/** Every file below with its content and dates. */
const picture = (directory: string): unknown =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => {
      const path = join(directory, name);
      const stats = statSync(path);
      const content = stats.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : null;
      return [name, stats.mtimeMs, content];
    });

it('tells first what it would do and changes nothing, then does it once, and never touches the other tool', async () => {
  const before = picture(foreign);
  const dry = await call(false);
  expect(dry).toEqual({
    applied: false,
    projects: [
      { name: 'bad', path: '', id: null, outcome: 'left', why: 'its entry has no usable path' },
      { name: 'shop', path: repository, id: 'shop', outcome: 'new', why: null },
      { name: 'gone', path: join(root, 'gone'), id: null, outcome: 'left', why: 'there is no directory any more' },
    ],
    sessions: [
      { id: 'sh-3', project: 'shop', branch: 'feat/12', outcome: 'new', why: null },
      {
        id: 'sh-4',
        project: 'shop',
        branch: 'feat/13',
        outcome: 'left',
        why: expect.stringContaining('has not ended'),
      },
      { id: 'sh-5', project: 'shop', branch: null, outcome: 'left', why: "its file can't be understood" },
      { id: 'sh-6', project: 'shop', branch: null, outcome: 'new', why: null },
      { id: 'sh-7', project: 'shop', branch: null, outcome: 'new', why: null },
      { id: 'sh-8', project: 'shop', branch: null, outcome: 'left', why: "its file can't be understood" },
      { id: 'sh-orchestrator', project: 'shop', branch: null, outcome: 'new', why: null },
    ],
  });
  expect([host.projects(), host.listSessions()]).toEqual([[], []]);
  const applied = await call(true);
  expect({ ...applied, applied: false }).toEqual(dry);
  expect(host.projects()).toMatchObject([{ id: 'shop', prefix: 'sh', path: repository }]);
  expect((await call(true)).sessions.filter(({ outcome }) => outcome === 'new')).toEqual([]);
  expect(picture(foreign)).toEqual(before);
});

it('takes what can be trusted of a session: an ended record with its worktree, which is only ever forgotten', async () => {
  const { sessions } = host.sessions.store.read(listSessions);
  const byId = new Map(sessions.map(({ record }) => [record.id, record]));
  expect(byId.get('sh-3')).toMatchObject({
    project: 'shop',
    prefix: 'sh',
    number: 3,
    agent: 'codex',
    prompt: 'mend it',
    issue: { raw: '#12', id: '12' },
    createdAt: Date.parse('2026-02-01T10:00:00Z'),
    workspace: { path: worktree, branch: 'feat/12', kind: 'adopted', branchCreated: false },
    lifecycle: { session: { state: 'terminated' }, pullRequest: { state: 'open', number: 5 } },
  });
  expect(byId.get('sh-6')).toMatchObject({
    agent: 'claude-code',
    workspace: null,
    lifecycle: { pullRequest: { state: 'none', url: null } },
  });
  expect(byId.get('sh-orchestrator')).toMatchObject({ kind: 'orchestrator', number: null, conversation: 'ses_abc' });
});

it('forgets a session with its removal, and leaves the worktree that it did not make', async () => {
  const removed = await removeSession(host.sessions, 'sh-3');
  expect(removed).toEqual({ ok: true, value: { rescueRef: null, branch: 'feat/12' } });
  expect(readdirSync(worktree)).toContain('.git');
});

it('says what is missing when there is nothing to take over', async () => {
  const dependencies: ImportDependencies = {
    git: { path: '', run: () => Promise.reject(new Error('not asked')) },
    store: host.sessions.store,
    configuration: {
      projects: () => [],
      find: () => ({ ok: false, problem: { code: 'project-unknown', what: '' } }),
      addProject: () => Promise.reject(new Error('not asked')),
    },
    now: Date.now,
  };
  const empty = join(root, 'empty');
  mkdirSync(empty);
  const request = { from: empty, configuration: null, apply: true };
  expect(await importForeign(dependencies, request)).toMatchObject({ ok: false, problem: { code: 'import-nothing' } });
  cpSync('/bin/true', join(empty, 'config.yaml'));
  expect(await importForeign(dependencies, request)).toMatchObject({
    ok: false,
    problem: { code: 'import-unreadable' },
  });
});
