import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanPath, findProgram } from './find-program.ts';
import { openGit, withoutCredentials } from './git.ts';
import { compareVersions, resolveNode } from './resolve-node.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athene-path-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
function program(directory: string, name: string, mode = 0o755): string {
  const path = join(folder, directory);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, name), '#!/bin/sh\n', { mode });
  return path;
}

describe('a program', () => {
  it('is found by absolute entries alone, and only when it can run', () => {
    const first = program('first', 'tool', 0o644);
    const second = program('second', 'tool');
    mkdirSync(join(folder, 'third/tool'), { recursive: true });
    const path = ['.', '', 'second', join(folder, 'third'), first, second].join(':');
    expect([findProgram('tool', path), findProgram('other', path), findProgram('../second/tool', path)]).toEqual([
      join(second, 'tool'),
      null,
      null,
    ]);
    expect([findProgram(join(second, 'tool'), ''), findProgram('', path), findProgram('a\0b', path)]).toEqual([
      join(second, 'tool'),
      null,
      null,
    ]);
  });

  it('of ours never comes from a place that can not be looked at', () => {
    const loop = join(folder, 'loop');
    symlinkSync(loop, loop);
    expect(cleanPath(`${loop}:/usr/bin`, [])).not.toContain(loop);
  });

  it('of ours never comes from a package, from a place of agents, or from where everybody may write', () => {
    const packaged = program('app/node_modules/.bin', 'git');
    const agents = program('home/worktrees/app/a-1', 'git');
    const open = program('open', 'git');
    chmodSync(open, 0o777);
    const cleaned = cleanPath([packaged, agents, open, 'bin', '/usr/bin'].join(':'), [join(folder, 'home')]);
    expect(cleaned.split(':')).toEqual([
      '/usr/bin',
      '/usr/local/bin',
      '/opt/homebrew/bin',
      '/bin',
      '/usr/sbin',
      '/sbin',
    ]);
    const git = openGit({ env: { PATH: [packaged, agents, open].join(':') }, home: join(folder, 'home') });
    expect(git.ok && git.value.path.startsWith(folder)).toBe(false);
  });
});

it('git passes nothing of its caller’s repository on, and shows no credentials', async () => {
  const env = { PATH: '/usr/bin:/bin', GIT_DIR: '/nowhere', GIT_WORK_TREE: '/nowhere', HOME: folder };
  const git = openGit({ env, home: '/none' });
  if (!git.ok) throw new Error('no git');
  expect(await git.value.run(folder, ['init', '--quiet'])).toEqual({ ok: true, value: '' });
  const failed = await git.value.run(folder, ['fetch', 'https://me:canary@localhost:1/x']);
  expect(failed).toMatchObject({ ok: false, problem: { kind: 'refused' } });
  expect(JSON.stringify(failed)).not.toContain('canary');
  expect(withoutCredentials('a https://x:y@h/p ssh://git@h/p')).toBe('a https://h/p ssh://h/p');
  expect(await git.value.run('/nowhere/at/all', ['status'])).toMatchObject({
    ok: false,
    problem: { kind: 'not-run', code: null },
  });
});

it('Node is the packaged one, else the one that runs', () => {
  const packaged = resolveNode({});
  expect([packaged.path.includes('node_modules'), compareVersions(packaged.version, '24.0.0') >= 0]).toEqual([
    true,
    true,
  ]);
  expect(resolveNode({}, folder)).toEqual({ path: process.execPath, version: process.versions.node });
  expect([compareVersions('24.9.0', '24.10.0') < 0, compareVersions('25.0.0', '24.10.1') > 0]).toEqual([true, true]);
});
