import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryRepository, type TemporaryRepository } from './fixtures/temporary-repository.ts';
import { readWorktreeHead, worktreeDirectory } from './worktree-head.ts';

let repository: TemporaryRepository;
let worktree: string;
beforeEach(() => {
  repository = temporaryRepository();
  worktree = join(repository.root, 'a worktree');
  repository.sh(['worktree', 'add', '-q', '-b', 'session/app-1', worktree]);
});
afterEach(() => repository.end());

const head = () => readWorktreeHead(worktreeDirectory(worktree, repository.path) ?? '/nowhere');

it('follows the worktree, and says when it is on no branch', () => {
  expect(head()).toEqual({ kind: 'branch', branch: 'session/app-1' });
  repository.sh(['switch', '-q', '-c', 'feat/other'], worktree);
  expect(head()).toEqual({ kind: 'branch', branch: 'feat/other' });
  repository.sh(['checkout', '-q', '--detach'], worktree);
  expect(head()).toEqual({ kind: 'detached' });
});

it('takes nothing for having left its branch that rebases or bisects', () => {
  const git = (...args: string[]) => repository.sh(args, worktree);
  git('commit', '-q', '--allow-empty', '-m', 'one');
  git('commit', '-q', '--allow-empty', '-m', 'two');
  git('bisect', 'start', 'HEAD', 'HEAD~2');
  git('checkout', '-q', '--detach');
  expect(head()).toEqual({ kind: 'unknown' });
  git('bisect', 'reset');
  expect(head()).toEqual({ kind: 'branch', branch: 'session/app-1' });
  expect(() => git('-c', 'sequence.editor=:', 'rebase', '-q', '--exec', 'false', 'HEAD~1')).toThrow();
  expect(head()).toEqual({ kind: 'unknown' });
  git('rebase', '--abort');
  expect(head()).toEqual({ kind: 'branch', branch: 'session/app-1' });
});

it('can not tell of what is gone, odd, a link, or of another place', () => {
  const directory = worktreeDirectory(worktree, repository.path) ?? '';
  for (const text of ['', 'ref: refs/tags/v1', 'ref: refs/heads/.invalid', `ref: refs/heads/${'x'.repeat(5000)}`]) {
    writeFileSync(join(directory, 'HEAD'), text);
    expect(head()).toEqual({ kind: 'unknown' });
  }
  rmSync(join(directory, 'HEAD'));
  expect(head()).toEqual({ kind: 'unknown' });
  symlinkSync(join(repository.path, '.git', 'HEAD'), join(directory, 'HEAD'));
  expect(head()).toEqual({ kind: 'unknown' });
});

it.each([
  ['', null],
  ['gitdir: ../elsewhere\n', null],
  ['gitdir: /dev/zero\n', null],
  [`gitdir: REPOSITORY/.git/worktrees/../../../evil\n`, null],
])('is led by no pointer to anywhere else: %j', (text, expected) => {
  writeFileSync(join(worktree, '.git'), text.replace('REPOSITORY', repository.path));
  expect(worktreeDirectory(worktree, repository.path)).toBe(expected);
});

it('is not told of a directory that is none of a worktree', () => {
  const plain = join(repository.root, 'plain');
  mkdirSync(join(plain, '.git'), { recursive: true });
  expect(worktreeDirectory(plain, repository.path)).toBe(null);
  expect(worktreeDirectory(repository.path, repository.path)).toBe(null);
});
