import {
  lstatSync,
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
import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { openStateDirectory } from './state-directory.ts';

let home: string;
beforeEach(() => void (home = mkdtempSync(join(tmpdir(), 'athene-state-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

const paths = () => ({ path: join(home, 'desktop'), browser: join(home, 'desktop', 'browser') });

it('is there afterwards, closed to others, and stays what it is', () => {
  for (let count = 0; count < 2; count += 1)
    expect(openStateDirectory(home, () => 7)).toEqual({ ok: true, value: paths() });
  writeFileSync(join(home, 'desktop', 'windows.json'), 'kept');
  openStateDirectory(home, () => 7);
  expect(readFileSync(join(home, 'desktop', 'windows.json'), 'utf8')).toBe('kept');
  if (process.platform === 'win32') return;
  expect(Object.values(paths()).map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
});

test.each([
  ['a file', 'desktop', (path: string) => writeFileSync(path, 'mine')],
  ['a link to nowhere', 'desktop', (path: string) => symlinkSync('/nowhere', path)],
  ['a link to another directory', 'desktop', (path: string) => symlinkSync(tmpdir(), path)],
  ['a file where Chromium keeps its own', 'desktop/browser', (path: string) => writeFileSync(path, 'mine')],
])('%s in its place is put aside as it is', (_, place, make) => {
  mkdirSync(join(home, place, '..'), { recursive: true });
  make(join(home, place));
  const before = lstatSync(join(home, place)).ino;
  expect(openStateDirectory(home, () => 7)).toEqual({ ok: true, value: paths() });
  expect(lstatSync(join(home, `${place}.corrupt-7`)).ino).toBe(before);
  expect(lstatSync(join(home, place)).isDirectory()).toBe(true);
});

it('says what is in the way when it can’t be moved', () => {
  const opened = openStateDirectory(join(home, 'missing\0'), () => 7);
  expect(opened).toMatchObject({ ok: false, problem: { code: 'home-refused' } });
  expect(readdirSync(home)).toEqual([]);
});
