import {
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryRepository, type TemporaryRepository } from '../../lib/fixtures/temporary-repository.ts';
import { bringFiles, takeBackFiles } from './bring-files.ts';
import { excludeVariables, writeExclude } from '../../lib/git-exclude.ts';

let repository: TemporaryRepository;
let workspace: string;

beforeEach(() => {
  repository = temporaryRepository();
  workspace = join(repository.root, 'worktree');
  repository.sh(['worktree', 'add', '--quiet', workspace]);
});
afterEach(() => repository.end());

const bring = (copy: readonly string[], link: readonly string[] = []) =>
  bringFiles({ checkout: repository.path, workspace, work: { copy: [...copy], link: [...link] } });
const takeBack = (copy: readonly string[], link: readonly string[] = []) =>
  takeBackFiles({ checkout: repository.path, workspace, work: { copy: [...copy], link: [...link] } });
const inWorkspace = (path: string): string => readFileSync(join(workspace, path), 'utf8');

describe('bringing files', () => {
  it('copies with the mode, links directories, and makes the folders between', () => {
    repository.write('.env', 'KEY=1');
    repository.write('packages/a/.env.local', 'A');
    repository.write('packages/b/.env.local', 'B');
    repository.write('packages/b/other', 'x');
    writeFileSync(join(repository.path, 'tool.sh'), '#!/bin/sh\n', { mode: 0o755 });
    mkdirSync(join(repository.path, 'node_modules'));
    const brought = bring(['.env', 'packages/*/.env.*', 'tool.sh'], ['node_modules']);
    expect(brought.paths).toEqual([
      '.env',
      'packages/a/.env.local',
      'packages/b/.env.local',
      'tool.sh',
      'node_modules',
    ]);
    expect([inWorkspace('.env'), inWorkspace('packages/b/.env.local')]).toEqual(['KEY=1', 'B']);
    expect(statSync(join(workspace, 'tool.sh')).mode & 0o100).toBe(0o100);
    expect(readlinkSync(join(workspace, 'node_modules'))).toBe(join(repository.path, 'node_modules'));
    expect(existsSync(join(workspace, 'packages/b/other'))).toBe(false);
  });

  it('says what is not there, what is there already, and what can only be linked', () => {
    mkdirSync(join(repository.path, 'folder'));
    repository.write('read.me', 'of the checkout');
    expect(bring(['.env', 'read.me', 'folder']).lines).toEqual([
      `Passed over .env: nothing of that name in ${repository.path}`,
      'Passed over read.me: it is there already',
      'Passed over folder: it is no plain file, so it can only be linked',
    ]);
    expect(inWorkspace('read.me')).toBe('hello\n');
  });

  it('never leaves the checkout nor the workspace by a link', () => {
    const outside = join(repository.root, 'outside');
    repository.write('secret', 'x', outside);
    symlinkSync(outside, join(repository.path, 'way'));
    symlinkSync(join(outside, 'secret'), join(repository.path, 'file'));
    symlinkSync(outside, join(workspace, 'in'));
    repository.write('in/new', 'x');
    expect(bring(['file', 'way/secret', 'in/new', '*'], ['way', 'file']).paths).toEqual([]);
    expect([existsSync(join(outside, 'new')), existsSync(join(workspace, 'file'))]).toEqual([false, false]);
  });

  it("never brings git's own files", () => {
    expect(bring(['.g*', '.g*/config']).paths).toEqual([]);
  });

  it('takes back what is as it was brought, or half brought, and nothing else', () => {
    for (const name of ['same', 'half', 'changed', 'longer']) repository.write(name, 'content');
    mkdirSync(join(repository.path, 'folder'));
    bring(['same', 'half', 'changed', 'longer'], ['folder']);
    writeFileSync(join(workspace, 'half'), 'cont');
    writeFileSync(join(workspace, 'changed'), 'CONTENT');
    writeFileSync(join(workspace, 'longer'), 'content and work');
    takeBack(['same', 'half', 'changed', 'longer', 'gone'], ['folder']);
    expect(['same', 'half', 'changed', 'longer', 'folder'].filter((name) => existsSync(join(workspace, name)))).toEqual(
      ['changed', 'longer'],
    );
    symlinkSync('/elsewhere', join(workspace, 'folder'));
    takeBack([], ['folder']);
    expect(readlinkSync(join(workspace, 'folder'))).toBe('/elsewhere');
    unlinkSync(join(workspace, 'folder'));
  });
});

describe('files that git does not ignore', () => {
  it("are left out by the agent's own git, along with what the person leaves out everywhere", async () => {
    const file = join(repository.root, 'git-exclude');
    const excludes = join(repository.root, 'personal');
    writeFileSync(excludes, '*.personal\n');
    repository.sh(['config', 'core.excludesFile', excludes]);
    repository.write('.gitignore', '.env\n', workspace);
    const paths = ['.env', 'a b [1]*', 'node_modules'];
    for (const path of [...paths, 'x.personal', 'a b 1']) repository.write(path, 'x', workspace);
    const task = { workspace, paths, home: repository.root, file };
    expect(await writeExclude(repository.git, task)).toEqual(['a b [1]*', 'node_modules']);
    const env = excludeVariables({ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'a.b', GIT_CONFIG_VALUE_0: 'c' }, file);
    expect(env['GIT_CONFIG_COUNT']).toBe('2');
    const told = await repository.git.run(workspace, ['status', '--porcelain', '--ignored'], {
      env: { ...env, GIT_CONFIG_KEY_0: 'a.b', GIT_CONFIG_VALUE_0: 'c' },
    });
    expect(told.ok && told.value.split('\n').toSorted()).toEqual([
      '',
      '!! "a b [1]*"',
      '!! .env',
      '!! node_modules',
      '!! x.personal',
      '?? "a b 1"',
      '?? .gitignore',
    ]);
  });

  it('are none where git ignores them all', async () => {
    const file = join(repository.root, 'git-exclude');
    repository.write('.gitignore', '.env\n', workspace);
    const task = { workspace, paths: ['.env'], home: repository.root, file };
    expect([await writeExclude(repository.git, task), excludeVariables({}, file)]).toEqual([[], {}]);
  });
});
