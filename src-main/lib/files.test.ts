import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
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
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  appendFile,
  ensureDirectory,
  isBelow,
  listDirectory,
  mayRun,
  probePath,
  readHeadIfThere,
  readTextIfThere,
  removeDirectory,
  removeFile,
  touch,
  writeFileAtomic,
} from './files.ts';

let folder: string;
const at = (name: string): string => join(folder, name);
const modeOf = (name: string): number => statSync(at(name)).mode & 0o777;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athene-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('state files', () => {
  it('are written whole and private, and leave no temporary file', () => {
    writeFileAtomic(at('a'), 'one');
    writeFileAtomic(at('a'), 'two');
    appendFile(at('b'), 'x');
    appendFile(at('b'), 'y');
    touch(at('c'));
    expect([readTextIfThere(at('a')), readTextIfThere(at('b')), readTextIfThere(at('c'))]).toEqual(['two', 'xy', '']);
    expect([modeOf('a'), modeOf('b'), modeOf('c'), readdirSync(folder)]).toEqual([
      0o600,
      0o600,
      0o600,
      ['a', 'b', 'c'],
    ]);
    expect([readHeadIfThere(at('a'), 2), readHeadIfThere(at('a'), 9), readHeadIfThere(at('d'), 9)]).toEqual([
      'tw',
      'two',
      null,
    ]);
    expect([removeFile(at('a')), removeFile(at('a')), readTextIfThere(at('a'))]).toEqual([true, false, null]);
  });

  it('are replaced, not followed, when somebody laid a link', () => {
    writeFileSync(at('victim'), 'precious');
    symlinkSync(at('victim'), at('link'));
    expect(() => readHeadIfThere(at('link'), 3)).toThrow();
    expect(() => readTextIfThere(at('link'))).toThrow();
    expect(() => appendFile(at('link'), 'x')).toThrow();
    expect(() => touch(at('link'))).toThrow();
    writeFileAtomic(at('link'), 'mine');
    expect([readFileSync(at('victim'), 'utf8'), readTextIfThere(at('link'))]).toEqual(['precious', 'mine']);
  });

  it.each([
    ['a FIFO', () => execFileSync('mkfifo', [at('x')])],
    ['a directory', () => mkdirSync(at('x'))],
    ['a device behind a link', () => symlinkSync('/dev/zero', at('x'))],
    ['a file over the cap', () => writeFileSync(at('x'), 'x'.repeat(101))],
  ])('that are %s throw and do not hang', (name, arrange) => {
    arrange();
    if (!name.startsWith('a file')) expect(() => appendFile(at('x'), 'line\n')).toThrow();
    expect(() => readTextIfThere(at('x'), { maxBytes: 100 })).toThrow();
  });

  it('stay as they were when the write fails', () => {
    writeFileAtomic(at('a'), 'old');
    mkdirSync(at('dir'));
    expect(() => writeFileAtomic(at('dir'), 'x')).toThrow();
    expect([readTextIfThere(at('a')), readdirSync(folder)]).toEqual(['old', ['a', 'dir']]);
  });
});

describe('directories', () => {
  it('are made private, closed when they were open, and refused when they are links', () => {
    ensureDirectory(at('a/b'));
    mkdirSync(at('open'));
    chmodSync(at('open'), 0o777);
    ensureDirectory(at('open'));
    symlinkSync(at('a'), at('link'));
    expect([modeOf('a'), modeOf('a/b'), modeOf('open')]).toEqual([0o700, 0o700, 0o700]);
    expect(() => ensureDirectory(at('link'))).toThrow(/not a directory/);
  });

  it('are removed only inside of their root, and never through a link', async () => {
    for (const name of ['root/a/deep', 'outside/canary']) mkdirSync(at(name), { recursive: true });
    symlinkSync(at('outside'), at('root/link'));
    symlinkSync(at('outside'), at('root/a/inner'));
    await expect(removeDirectory(at('root/link'), at('root'))).rejects.toThrow();
    await expect(removeDirectory(at('root/link/canary'), at('root'))).rejects.toThrow();
    await expect(removeDirectory(at('root'), at('root'))).rejects.toThrow();
    await expect(removeDirectory(at('root/../outside'), at('root'))).rejects.toThrow();
    await removeDirectory(at('root/a'), at('root'));
    await removeDirectory(at('root/never-was'), at('root'));
    expect([existsSync(at('root/a')), existsSync(at('outside/canary'))]).toEqual([false, true]);
  });

  it('are listed, absent ones as empty', () => {
    writeFileSync(at('b'), '');
    writeFileSync(at('a'), '');
    expect([listDirectory(folder), listDirectory(at('none'))]).toEqual([['a', 'b'], []]);
  });
});

it('a look tells what is there, or that it can not tell', () => {
  symlinkSync('/nowhere', at('link'));
  const long = join(folder, 'x'.repeat(300));
  expect([probePath(at('none')), probePath(at('link')).kind, probePath(folder).kind, probePath(long).kind]).toEqual([
    { kind: 'absent' },
    'link',
    'directory',
    'unknown',
  ]);
});

it.each([
  ['/a/b', '/a', true],
  ['/a', '/a', false],
  ['/ab', '/a', false],
  ['/a/..b', '/a', true],
  ['/a/../b', '/a', false],
])('%s below %s: %s', (path, root, expected) => {
  expect(isBelow(path, root)).toBe(expected);
});

it('tells whether the system would run a file', () => {
  writeFileSync(at('program'), '#!/bin/sh\n', { mode: 0o700 });
  writeFileSync(at('text'), '', { mode: 0o600 });
  expect(['program', 'text', 'absent'].map((name) => mayRun(at(name)))).toEqual([true, false, false]);
});
