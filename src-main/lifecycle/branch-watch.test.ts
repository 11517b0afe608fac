// When git is asked for the branch of a worktree, and what follows from its answer.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { initialLifecycle, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { ok } from '#shared/lib/result.ts';
import { temporaryRepository, type TemporaryRepository } from '../lib/fixtures/temporary-repository.ts';
import { sampleRecord, ScratchHome } from '../storage/fixtures/scratch-home.ts';
import { getSession, insertSession } from '../storage/sessions.ts';
import type { Store } from '../storage/store.ts';
import { watchBranches, type BranchWatch } from './branch-watch.ts';

const home = new ScratchHome();
let store: Store;
let repository: TemporaryRepository;
let worktree: string;
let branches: BranchWatch;
let asked: number;
let answer: (() => Promise<string | null>) | null;
let failures: string[];
let now: number;

beforeEach(async () => {
  store ??= await home.openFully();
  repository = temporaryRepository();
  worktree = join(repository.root, 'worktree');
  repository.sh(['worktree', 'add', '-q', '-b', 'session/app-1', worktree]);
  const workspace = {
    ...{ path: worktree, branch: 'session/app-1', baseCommit: '', branchCreated: true, kind: 'worktree' as const },
  };
  await store.write('test', (tx) => {
    tx.run('DELETE FROM sessions');
    insertSession(tx, sampleRecord('app-1', { workspace, lifecycle: withRuntimeStarted(initialLifecycle(1), 1) }));
  });
  [asked, answer, failures, now] = [0, null, [], 1_000_000];
  branches = watchBranches(
    { store, now: () => now, log: (event) => failures.push(event) },
    {
      projects: { find: () => ok({ path: repository.path }) },
      branchOf: async () => {
        asked += 1;
        return answer === null ? repository.sh(['branch', '--show-current'], worktree).trim() : answer();
      },
    },
  );
});
afterEach(() => repository.end());
afterAll(() => home.remove());

const record = (): SessionRecord => {
  const stored = store.read((tx) => getSession(tx, 'app-1'));
  if (stored === null || 'damaged' in stored) throw new Error('app-1 is gone');
  return stored.record;
};
async function look(): Promise<readonly [string | null, number]> {
  branches.look(record());
  await branches.settled();
  return [record().workspace?.branch ?? null, asked];
}
const git = (...args: string[]) => repository.sh(args, worktree);

it('asks git once for each other branch, and never while it stays on the same', async () => {
  expect([await look(), await look()]).toEqual([
    ['session/app-1', 0],
    ['session/app-1', 0],
  ]);
  git('switch', '-q', '-c', 'feat/other');
  expect([await look(), await look()]).toEqual([
    ['feat/other', 1],
    ['feat/other', 1],
  ]);
  git('switch', '-q', 'session/app-1');
  expect(await look()).toEqual(['session/app-1', 2]);
});

it('changes nothing on no branch, on one whose name is not safe, and where its file is gone', async () => {
  git('checkout', '-q', '--detach');
  expect(await look()).toEqual(['session/app-1', 0]);
  git('switch', '-q', '-c', 'a$(b)');
  expect(await look()).toEqual(['session/app-1', 0]);
  rmSync(join(worktree, '.git'));
  branches.forget('app-1');
  expect(await look()).toEqual(['session/app-1', 0]);
});

it('asks again after a minute when git could not tell, whatever the clock does', async () => {
  git('switch', '-q', '-c', 'feat/other');
  answer = async () => null;
  expect([await look(), await look()]).toEqual([
    ['session/app-1', 1],
    ['session/app-1', 1],
  ]);
  answer = () => Promise.reject(new Error('no git'));
  now += 60_000;
  expect([await look(), failures]).toEqual([['session/app-1', 2], ['branch.failed']]);
  answer = null;
  now -= 24 * 3_600_000;
  expect(await look()).toEqual(['feat/other', 3]);
});

it('does not ask twice while git takes its time', async () => {
  git('switch', '-q', '-c', 'feat/other');
  let tell: (branch: string) => void = () => undefined;
  answer = () => new Promise((resolve) => (tell = resolve));
  for (let turn = 0; turn < 3; turn += 1) branches.look(record());
  tell('feat/other');
  await branches.settled();
  expect([record().workspace?.branch, asked]).toEqual(['feat/other', 1]);
});
