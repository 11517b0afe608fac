import { appendFileSync, mkdtempSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Place, readGrowth } from './growing-file.ts';

let folder: string;
let file: string;
let place: Place | null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athene-growing-'));
  file = join(folder, 'file');
  place = null;
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What a look finds; the next one goes on from there. */
function look(maxBytes = 1000): readonly string[] | string {
  const growth = readGrowth(file, place, maxBytes);
  if (growth.kind !== 'read') return growth.kind;
  place = growth.place;
  return growth.lines;
}

it('tells each whole line once, in order, and keeps what has no end yet for later', () => {
  expect(look()).toBe('absent');
  writeFileSync(file, 'one\ntwo\nthr');
  expect(look()).toEqual(['one', 'two']);
  expect(look()).toEqual([]);
  appendFileSync(file, 'ee\n\nfour 😀');
  expect(look()).toEqual(['three', '']);
  appendFileSync(file, '\n');
  expect(look()).toEqual(['four 😀']);
});

it('reads no more than a look’s worth: the end of it, from the next line on', () => {
  writeFileSync(file, `${'x'.repeat(95)}\nlast but one\nlast\n`);
  expect(look(17)).toEqual(['last']);
  appendFileSync(file, `${'y'.repeat(50)}\nnow\n`);
  expect(look(20)).toEqual(['now']);
});

it('a line that is longer than a look is left out, and what follows it is not', () => {
  writeFileSync(file, 'z'.repeat(100));
  expect(look(20)).toEqual([]);
  appendFileSync(file, 'z'.repeat(100));
  expect(look(20)).toEqual([]);
  appendFileSync(file, 'z\nnext\n');
  expect(look(20)).toEqual(['next']);
});

it('begins anew in a file that was cut shorter, or is another one', () => {
  writeFileSync(file, 'one\ntwo\n');
  look();
  truncateSync(file, 0);
  appendFileSync(file, 'a\n');
  expect(look()).toEqual(['a']);
  writeFileSync(`${file}.new`, 'other\nfile, longer than before\n');
  renameSync(`${file}.new`, file);
  expect(look()).toEqual(['other', 'file, longer than before']);
  rmSync(file);
  expect(look()).toBe('absent');
});

it.runIf(process.platform !== 'win32')('reads nothing but a regular file, and never waits', () => {
  symlinkSync('/etc/hostname', file);
  expect(look()).toBe('refused');
  rmSync(file);
  execFileSync('mkfifo', [file]);
  expect(look()).toBe('refused');
  file = folder;
  expect(look()).toBe('refused');
});
