import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryRepository, type TemporaryRepository } from '../../../lib/fixtures/temporary-repository.ts';
import { createInPlaceKeeper } from '../in-place/in-place-keeper.ts';
import { createAdoptedKeeper } from './adopted-keeper.ts';

let repository: TemporaryRepository;

beforeEach(() => {
  repository = temporaryRepository();
});
afterEach(() => repository.end());

const project = () => ({ id: 'app', path: repository.path, defaultBranch: 'main' });
const adopt = (path: string) => createAdoptedKeeper(repository).open({ project: project(), session: 'a-1', path });
const worktree = (...args: string[]): string => {
  const path = join(repository.root, 'theirs');
  repository.sh(['worktree', 'add', '--quiet', ...args, path]);
  return path;
};

describe('adopt', () => {
  it('takes a worktree with the branch that it is on', async () => {
    const path = worktree('-b', 'theirs');
    const baseCommit = repository.sh(['rev-parse', 'main']);
    const value = { path, branch: 'theirs', baseCommit, branchCreated: false };
    expect(await adopt(path)).toEqual({ ok: true, value });
    symlinkSync(path, join(repository.root, 'link'));
    expect(await adopt(join(repository.root, 'link'))).toEqual({ ok: true, value });
  });

  it('takes one that is on no branch, and one without a commit', async () => {
    expect(await adopt(worktree('--detach'))).toMatchObject({ ok: true, value: { branch: null } });
    repository.sh(['checkout', '--quiet', '--orphan', 'fresh'], join(repository.root, 'theirs'));
    expect(await adopt(join(repository.root, 'theirs'))).toMatchObject({
      ok: true,
      value: { branch: 'fresh', baseCommit: '' },
    });
  });

  const refused: readonly [string, () => string][] = [
    ['nothing', () => join(repository.root, 'nowhere')],
    ['a relative path', () => 'theirs'],
    ['a path with a NUL', () => `${repository.root}\0`],
    ['a file', () => join(repository.path, 'read.me')],
    ["the project's own checkout", () => repository.path],
    ['a link to it', () => (symlinkSync(repository.path, join(repository.root, 'l')), join(repository.root, 'l'))],
    ['a folder inside of it', () => (mkdirSync(join(repository.path, 'sub')), join(repository.path, 'sub'))],
    [
      'a folder inside of a worktree',
      () => (worktree(), mkdirSync(join(repository.root, 'theirs/sub')), join(repository.root, 'theirs/sub')),
    ],
    [
      'a folder that is no repository',
      () => (mkdirSync(join(repository.root, 'plain')), join(repository.root, 'plain')),
    ],
    [
      'a clone',
      () => (
        repository.sh(['clone', '--quiet', repository.path, join(repository.root, 'c')]),
        join(repository.root, 'c')
      ),
    ],
    [
      'a worktree of another repository',
      () => {
        repository.sh(['clone', '--quiet', repository.path, join(repository.root, 'c')]);
        repository.sh(
          ['worktree', 'add', '--quiet', '-b', 'x', join(repository.root, 'w')],
          join(repository.root, 'c'),
        );
        return join(repository.root, 'w');
      },
    ],
    [
      'a folder whose .git points to the repository',
      () => {
        mkdirSync(join(repository.root, 'forged'));
        writeFileSync(join(repository.root, 'forged/.git'), `gitdir: ${repository.path}/.git\n`);
        return join(repository.root, 'forged');
      },
    ],
    [
      "a folder whose .git points to another worktree's entry",
      () => {
        worktree();
        mkdirSync(join(repository.root, 'forged'));
        writeFileSync(join(repository.root, 'forged/.git'), `gitdir: ${repository.path}/.git/worktrees/theirs\n`);
        return join(repository.root, 'forged');
      },
    ],
    [
      'a worktree that is gone',
      () => (worktree(), rmSync(join(repository.root, 'theirs'), { recursive: true }), join(repository.root, 'theirs')),
    ],
    [
      "one in Athene's own home",
      () => {
        const path = repository.paths.worktreeFor('app', 'a-9');
        repository.sh(['worktree', 'add', '--quiet', path]);
        return path;
      },
    ],
  ];
  it.each(refused)('refuses %s', async (_name, arrange) => {
    const answer = await adopt(arrange());
    expect(answer).toMatchObject({ ok: false, problem: { code: 'workspace-refused' } });
  });

  it('can not tell when the repository is gone', async () => {
    const path = worktree();
    rmSync(repository.path, { recursive: true });
    expect((await adopt(path)).ok).toBe(false);
  });
});

describe('in place', () => {
  const open = (path = repository.path) =>
    createInPlaceKeeper(repository).open({ project: { ...project(), path }, session: 'a-1', path });

  it('stands where the checkout stands, with work in it or not', async () => {
    repository.write('dirty', 'x');
    const baseCommit = repository.sh(['rev-parse', 'main']);
    const value = { path: repository.path, branch: 'main', baseCommit, branchCreated: false };
    expect(await open()).toEqual({ ok: true, value });
    repository.sh(['checkout', '--quiet', '--detach']);
    expect(await open()).toEqual({ ok: true, value: { ...value, branch: null } });
  });

  it('also in a repository without a commit, and not where there is none', async () => {
    const unborn = temporaryRepository({ unborn: true });
    expect(await open(unborn.path)).toMatchObject({ ok: true, value: { branch: 'main', baseCommit: '' } });
    expect(await open(repository.root)).toMatchObject({ ok: false, problem: { code: 'not-a-repository' } });
    await unborn.end();
  });
});
