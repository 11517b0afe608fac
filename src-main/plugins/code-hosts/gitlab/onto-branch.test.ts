// With real git: a repository whose origin has the commits of a merge request as GitLab has them.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { glabInHand } from '#main/lib/fixtures/fake-glab.ts';
import { temporaryRepository, type TemporaryRepository } from '#main/lib/fixtures/temporary-repository.ts';
import type { CodeHost, FoundPullRequest } from '../code-host.ts';
import { createGitLab } from './gitlab-code-host.ts';

let place: TemporaryRepository;
let root: string;
let host: CodeHost;
let found: FoundPullRequest;
let first: string;

beforeEach(() => {
  place = temporaryRepository();
  root = realpathSync(mkdtempSync(join(tmpdir(), 'athene-gitlab-out-')));
  const origin = join(root, 'origin.git');
  const { sh, write, path, git } = place;
  sh(['init', '--quiet', '--bare', origin]);
  sh(['remote', 'add', 'origin', origin]);
  sh(['push', '--quiet', 'origin', 'main']);
  sh(['switch', '--quiet', '-c', 'feat/7']);
  const commit = (content: string): string => {
    write('seven', content);
    sh(['add', '.']);
    sh(['commit', '--quiet', '-m', content]);
    return sh(['rev-parse', 'HEAD']);
  };
  first = commit('first');
  const newest = commit('second');
  sh(['push', '--quiet', 'origin', 'feat/7', 'feat/7:refs/merge-requests/7/head']);
  sh(['switch', '--quiet', 'main']);
  sh(['branch', '--quiet', '-D', 'feat/7']);
  sh(['worktree', 'add', '--quiet', '-b', 'session', join(root, 'worktree'), 'main'], path);
  const url = 'https://gitlab.com/g/p/-/merge_requests/7';
  const pullRequest = { number: 7, title: 'T', url, state: 'open', draft: false, branch: 'feat/7' } as const;
  found = { pullRequest, commit: newest, fromFork: false };
  const glab = glabInHand(root, { world: {}, calls: [] });
  host = createGitLab({ glab, git, repository: { host: 'gitlab.com', owner: 'g', name: 'p' }, now: Date.now });
});
afterEach(async () => {
  rmSync(root, { recursive: true });
  await place.end();
});

const worktree = (): string => join(root, 'worktree');
const inWorktree = (...args: readonly string[]): string => place.sh(args, worktree());
const checkOut = async () => host.checkOut(found, worktree());

it('makes the branch, which follows that of origin, and leaves it alone the second time', async () => {
  const value = { branch: 'feat/7', commit: found.commit, changed: true };
  expect(await checkOut()).toEqual({ ok: true, value });
  expect(inWorktree('config', 'branch.feat/7.remote')).toBe('origin');
  expect(inWorktree('config', 'branch.feat/7.merge')).toBe('refs/heads/feat/7');
  expect(await checkOut()).toEqual({ ok: true, value: { ...value, changed: false } });
});

it('brings a branch that is here forward, keeps what it has more, and fetches what is not here', async () => {
  inWorktree('branch', 'feat/7', first);
  expect(await checkOut()).toMatchObject({ ok: true, value: { commit: found.commit } });
  inWorktree('commit', '--quiet', '--allow-empty', '-m', 'own');
  const own = inWorktree('rev-parse', 'HEAD');
  inWorktree('switch', '--quiet', 'session');
  expect(await checkOut()).toMatchObject({ ok: true, value: { commit: own, changed: true } });
  const fresh = join(root, 'fresh');
  place.sh(['clone', '--quiet', '--single-branch', '--branch', 'main', `file://${join(root, 'origin.git')}`, fresh]);
  expect(await host.checkOut(found, fresh)).toMatchObject({ ok: true, value: { commit: found.commit, changed: true } });
});

it('follows nothing where the branch is a fork’s', async () => {
  found = { ...found, fromFork: true };
  expect(await checkOut()).toMatchObject({ ok: true, value: { branch: 'feat/7', changed: true } });
  expect(() => inWorktree('config', 'branch.feat/7.remote')).toThrow();
});

it.each([true, false])('refuses where anything could be lost or taken for another (a fork: %j)', async (fromFork) => {
  found = { ...found, fromFork };
  place.write('unsaved', 'x', worktree());
  expect(await checkOut()).toMatchObject({ ok: false, problem: { kind: 'dirty' } });
  rmSync(join(worktree(), 'unsaved'));
  inWorktree('switch', '--quiet', '-c', 'feat/7');
  inWorktree('commit', '--quiet', '--allow-empty', '-m', 'another');
  inWorktree('switch', '--quiet', 'session');
  expect(await checkOut()).toMatchObject({ ok: false, problem: { kind: 'dirty' } });
  expect(inWorktree('branch', '--show-current')).toBe('session');
});
