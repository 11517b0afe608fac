// Claims of pull requests through the real command: real git, real sessions, a gh that answers from a file and checks out like the real one.
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fakeGh, type FakeGh, type FakeReplies } from '#main/lib/fixtures/fake-gh.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { ask } from '#main/host/fixtures/host-home.ts';
import type { Host } from '#main/host/host.ts';
import { changeSession, findSession } from '#main/sessions/session-record.ts';
import { hostOf, startAgent } from './fixtures/host-of.ts';
import { createWorld, type CommandResult, type World } from './world.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let world: World;
let host: Host;
let gh: FakeGh;
let ran: string;
let remote: string;
const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd, encoding: 'utf8', env: { ...world.env }, stdio: 'pipe' }).trim();

beforeAll(async () => {
  world = createWorld();
  const root = dirname(world.repository);
  ran = join(root, 'hook-ran');
  gh = fakeGh(join(root, 'gh'), world.env['HOME'] ?? '');
  remote = join(root, 'remote.git');
  git(root, 'clone', '-q', '--bare', world.repository, remote);
  git(world.repository, 'remote', 'add', 'origin', remote);
  bringBranch('feat/login', 'login.txt', 88);
  bringBranch('feat/env', '.env', 90);
  // What a repository's own hooks would do when Athene switches branches: nothing.
  const hooks = join(world.repository, '.git', 'hooks', 'post-checkout');
  writeFileSync(hooks, `#!/bin/sh\ntouch '${ran}'\n`, { mode: 0o755 });
  await world.athene('project', 'add', world.repository, '--id', 'demo');
  const config = join(world.home, 'config.yaml');
  writeFileSync(config, readFileSync(config, 'utf8').replace(/^( *)demo:$/m, '$1demo:\n$1  repo: github.com/o/r'));
  answer();
  host = await hostOf(world);
});
afterAll(async () => {
  await host.close();
  await world.close();
});

/** A branch with one more file on the remote only, as somebody else's pull request. */
function bringBranch(branch: string, file: string, number: number): void {
  const tree = join(dirname(world.repository), 'other');
  git(dirname(tree), 'clone', '-q', remote, tree);
  git(tree, 'switch', '-q', '-c', branch);
  writeFileSync(join(tree, file), 'theirs');
  git(tree, 'add', '-f', file);
  git(tree, '-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-q', '-m', branch);
  git(tree, 'push', '-q', 'origin', branch, `${branch}:refs/pull/${number}/head`);
  rmSync(tree, { recursive: true });
}

const commitOf = (number: number): string => git(remote, 'rev-parse', `refs/pull/${number}/head`);
const pull = (number: number, headRefName: string, state = 'OPEN') => ({
  ...{ number, headRefName, state, title: `Pull ${number} \u001b[31m`, isDraft: false },
  ...{ headRefOid: state === 'OPEN' ? commitOf(number) : '0'.repeat(40), isCrossRepository: false },
  url: `https://github.com/o/r/pull/${number}`,
});
const answer = (more: FakeReplies = {}): void =>
  gh.answer({
    pulls: { '88': pull(88, 'feat/login'), '89': pull(89, 'feat/old', 'MERGED'), '90': pull(90, 'feat/env') },
    ...more,
  });

const start = () => startAgent(host, 'sleep 600');
const end = async (id: string): Promise<void> => {
  expect(await ask(host, 'session.kill', { id })).toMatchObject({ ok: true });
  expect(await ask(host, 'session.remove', { id })).toMatchObject({ ok: true });
};
const claimHere = (reference: string, id: string, assignOnGithub = false) =>
  ask(host, 'session.claimPullRequest', { id, reference, assignOnGithub });
const recordOf = (id: string): SessionRecord => {
  const found = findSession(host.sessions, id);
  if (!found.ok) throw new Error(found.problem.what);
  return found.value;
};
const claim = (...words: string[]): Promise<CommandResult> => world.athene('session', 'claim-pr', ...words);
const branchOf = (worktree: string): string => git(worktree, 'branch', '--show-current');

it('refuses what can not be claimed, before anything is changed', async () => {
  const { id, worktree } = await start();
  const before = [recordOf(id), branchOf(worktree)];
  const refused = async ([reference, session]: readonly [string, string], what: string): Promise<void> => {
    expect(await claimHere(reference, session)).toMatchObject({ ok: false, problem: { what } });
  };
  await refused(['', id], 'PR reference is required');
  await refused(['88', 'repo-99'], 'There is no session repo-99.');
  await refused(['#89', id], 'Cannot claim PR #89 because it is merged');
  await refused(['404', id], 'GitHub knows no pull request 404.');
  const elsewhere = 'https://github.com/other/r/pull/88';
  await refused([elsewhere, id], `${JSON.stringify(elsewhere)} is no pull request of this project.`);
  const as = (kind: SessionRecord['kind']) =>
    changeSession(host.sessions, 'test', id, (record) => ({ ...record, kind }));
  await as('orchestrator');
  const leads = 'it leads others and has no pull request of its own.';
  await refused(['88', id], `${id} is no worker (orchestrator): ${leads}`);
  await as('worker');
  gh.answer({ mode: 'offline' });
  await refused(['88', id], 'GitHub could not be reached.');
  answer();
  writeFileSync(join(worktree, 'work.txt'), 'mine');
  await refused(
    ['88', id],
    `The worktree of ${id} can't go onto feat/login: there are changes that are not committed.`,
  );
  rmSync(join(worktree, 'work.txt'));
  // git would write over an ignored file without a word.
  appendFileSync(join(world.repository, '.git', 'info', 'exclude'), '.env\n');
  writeFileSync(join(worktree, '.env'), 'KEY=mine');
  const inTheWay = 'ignored files in it would be written over (.env)';
  await refused(['90', id], `The worktree of ${id} can't go onto feat/env: ${inTheWay}.`);
  git(worktree, 'switch', '-q', '--detach');
  git(worktree, '-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-q', '--allow-empty', '-m', 'nowhere');
  await refused(['88', id], `The worktree of ${id} can't go onto feat/login: it has commits that are on no branch.`);
  git(worktree, 'switch', '-q', `session/${id}`);
  expect([recordOf(id), branchOf(worktree), readFileSync(join(worktree, '.env'), 'utf8')]).toEqual([
    ...before,
    'KEY=mine',
  ]);
  expect(gh.calls().filter(({ args }) => args[1] === 'checkout')).toEqual([]);
  await ask(host, 'session.kill', { id });
  await refused(['88', id], `${id} has ended, so nobody in it could work on a pull request.`);
});

it('puts the worktree onto the branch, writes it down, and takes over from whoever had it', async () => {
  const first = await start();
  const rival = await start();
  await changeSession(host.sessions, 'test', rival.id, (record) => ({
    ...record,
    lifecycle: {
      ...record.lifecycle,
      session: { ...record.lifecycle.session, state: 'idle', reason: 'fixing_ci' },
      pullRequest: { state: 'open', reason: 'ci_failing', number: 88, url: pull(88, '').url, lastObservedAt: null },
    },
  }));
  const moveTo = (path: string) =>
    changeSession(host.sessions, 'test', rival.id, ({ workspace, ...record }) => ({
      ...record,
      workspace: workspace && { ...workspace, path },
    }));
  await moveTo(first.worktree);
  expect(await claimHere('88', first.id)).toMatchObject({
    ok: false,
    problem: { what: expect.stringContaining(`works in the same checkout as ${rival.id}`) },
  });
  await moveTo(rival.worktree);
  // An ended one, which would find the pull request again by its branch.
  const ended = await changeSession(host.sessions, 'test', 'repo-1', ({ workspace, ...record }) => ({
    ...record,
    workspace: workspace && { ...workspace, branch: 'feat/login' },
  }));
  writeFileSync(join(first.worktree, '.env'), 'KEY=mine');
  rmSync(ran, { force: true });
  const answered = await claim('https://github.com/o/r/pull/88/files', first.id, '--assign-on-github', '--json');
  expect([answered.code, answered.stderr]).toEqual([0, '']);
  expect(JSON.parse(answered.stdout)).toEqual({
    session: first.id,
    project: 'demo',
    pr: { number: 88, title: 'Pull 88 [31m', url: pull(88, '').url, state: 'open', draft: false, branch: 'feat/login' },
    branchChanged: true,
    githubAssigned: true,
    takenOverFrom: [ended?.id, rival.id],
  });
  expect([branchOf(first.worktree), readFileSync(join(first.worktree, 'login.txt'), 'utf8')]).toEqual([
    'feat/login',
    'theirs',
  ]);
  expect(git(world.repository, 'branch', '--list', `session/${first.id}`)).not.toBe('');
  expect([existsSync(ran), readFileSync(join(first.worktree, '.env'), 'utf8')]).toEqual([false, 'KEY=mine']);
  expect(recordOf(first.id)).toMatchObject({
    workspace: { branch: 'feat/login', branchCreated: false },
    lifecycle: { pullRequest: { state: 'open', reason: 'in_progress', number: 88, url: pull(88, '').url } },
  });
  expect(recordOf(rival.id)).toMatchObject({
    pullRequestAutoDetect: false,
    lifecycle: {
      session: { state: 'working', reason: 'task_in_progress' },
      pullRequest: { state: 'none', number: null, url: null },
    },
  });
  const [view, checkout, assign] = gh.calls().slice(-3);
  expect([view, checkout, assign].map((call) => call?.args)).toEqual([
    [
      'pr',
      'view',
      '--repo',
      'github.com/o/r',
      '--json',
      'number,title,url,state,isDraft,headRefName,headRefOid,isCrossRepository',
      '--',
      '88',
    ],
    ['pr', 'checkout', '--repo', 'github.com/o/r', '--', '88'],
    ['pr', 'edit', '--repo', 'github.com/o/r', '--add-assignee', '@me', '--', '88'],
  ]);
  expect(checkout?.cwd).toBe(first.worktree);

  answer({ mode: 'no-assign' });
  expect(await claimHere('88', first.id, true)).toMatchObject({
    ok: true,
    value: { branchChanged: false, githubAssigned: false, githubAssignmentError: 'GitHub refused.', takenOverFrom: [] },
  });
  answer();
  expect(await claimHere('feat/login', rival.id)).toMatchObject({
    ok: false,
    problem: { what: `The branch feat/login of PR #88 is checked out in the worktree of ${first.id}.` },
  });
  await end(first.id);
  await end(rival.id);
});

it('is finished by the same call when its process ended between checkout and record', async () => {
  const { id, worktree } = await start();
  writeFileSync(join(gh.directory, 'kill-parent'), '');
  await claim('88', id);
  rmSync(join(gh.directory, 'kill-parent'));
  expect([branchOf(worktree), recordOf(id).lifecycle.pullRequest.state]).toEqual(['feat/login', 'none']);
  expect(await ask(host, 'system.fsck', { repair: false })).toEqual({ ok: true, value: { findings: [] } });
  expect(await claimHere('#88', id)).toMatchObject({ ok: true, value: { branchChanged: false, takenOverFrom: [] } });
  expect(recordOf(id)).toMatchObject({
    workspace: { branch: 'feat/login' },
    lifecycle: { pullRequest: { number: 88 } },
  });
  await end(id);
});

/** On top of `main`, on no branch. */
function ownCommit(): string {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.c'];
  const tree = git(world.repository, 'rev-parse', 'main^{tree}');
  return git(world.repository, ...who, 'commit-tree', tree, '-p', 'main', '-m', 'own');
}

it('goes back when the checkout fails in the middle, and loses nothing', async () => {
  const { id, worktree } = await start();
  writeFileSync(join(gh.directory, 'fail-checkout'), '');
  const what = 'The branch feat/login could not be checked out; the worktree is on its branch again.';
  expect(await claimHere('88', id)).toMatchObject({ ok: false, problem: { what } });
  rmSync(join(gh.directory, 'fail-checkout'));
  expect([branchOf(worktree), recordOf(id).lifecycle.pullRequest.state]).toEqual([`session/${id}`, 'none']);
  git(world.repository, 'branch', '-D', 'feat/login');
  await end(id);
});

it('takes a branch for that of the pull request by its commits, not by its name', async () => {
  const { id, worktree } = await start();
  const own = ownCommit();
  git(world.repository, 'branch', 'feat/login', own);
  const what = `The worktree of ${id} can't go onto feat/login: a branch of that name is here already, with other commits.`;
  expect(await claimHere('88', id)).toMatchObject({ ok: false, problem: { what } });
  git(worktree, 'switch', '-q', 'feat/login');
  expect(await claimHere('88', id)).toMatchObject({ ok: false, problem: { what } });
  expect([git(worktree, 'rev-parse', 'HEAD'), recordOf(id).lifecycle.pullRequest.state]).toEqual([own, 'none']);
  // One that only lags behind is brought up to it; what stands on top of it stays.
  git(worktree, 'reset', '-q', '--hard', 'main');
  expect(await claimHere('88', id)).toMatchObject({ ok: true, value: { branchChanged: true } });
  expect(git(worktree, 'rev-parse', 'HEAD')).toBe(commitOf(88));
  git(worktree, '-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-q', '--allow-empty', '-m', 'on top');
  expect(await claimHere('88', id)).toMatchObject({ ok: true, value: { branchChanged: false } });
  await end(id);
  git(world.repository, 'branch', '-D', 'feat/login');
});

it('looks at the commits of the pull request, wherever they come from, before ignored files are written over', async () => {
  const { id, worktree } = await start();
  bringBranch('feat/env-too', '.env', 91);
  answer({ pulls: { '91': pull(91, 'feat/env-too') } });
  const fork = join(dirname(remote), 'fork.git');
  git(dirname(remote), 'clone', '-q', '--bare', remote, fork);
  // Of the fork this is another one, without that file.
  git(fork, 'update-ref', 'refs/pull/91/head', 'refs/heads/main');
  git(world.repository, 'remote', 'set-url', 'origin', fork);
  writeFileSync(join(worktree, '.env'), 'KEY=mine');
  expect(await claimHere('91', id)).toMatchObject({
    ok: false,
    problem: { what: expect.stringContaining('no remote of the repository has its commits') },
  });
  git(world.repository, 'remote', 'add', 'upstream', remote);
  expect(await claimHere('91', id)).toMatchObject({
    ok: false,
    problem: { what: expect.stringContaining('ignored files in it would be written over (.env)') },
  });
  expect(readFileSync(join(worktree, '.env'), 'utf8')).toBe('KEY=mine');
  git(world.repository, 'remote', 'remove', 'upstream');
  git(world.repository, 'remote', 'set-url', 'origin', remote);
  rmSync(join(worktree, '.env'));
  answer();
  await end(id);
});

it('is asked for along with a spawn, or from the session’s own terminal', async () => {
  const agent = ['--agent', 'custom', '--command', `'${world.command}' session claim-pr 88 >../told 2>&1; sleep 600`];
  const alone = await world.athene('spawn', '--project', 'demo', ...agent, '--assign-on-github');
  expect([alone.code, alone.stderr.split('\n')[0]]).toEqual([1, '--assign-on-github needs --claim-pr.']);
  const failed = await world.athene('spawn', '--project', 'demo', ...agent, '--claim-pr', '89');
  expect([failed.code, failed.stdout, failed.stderr.split('\n')[0]]).toEqual([
    1,
    expect.stringMatching(/\nSESSION=\S+\n$/),
    'Cannot claim PR #89 because it is merged',
  ]);
  const id = /SESSION=(\S+)/.exec(failed.stdout)?.[1] ?? '';
  await expect.poll(() => recordOf(id).lifecycle.pullRequest.number, { timeout: 60_000 }).toBe(88);
  await expect
    .poll(() => readFileSync(join(recordOf(id).workspace?.path ?? '', '..', 'told'), 'utf8'), { timeout: 60_000 })
    .toContain(`${id} has PR #88 now`);
});
