import { appendFileSync, mkdtempSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Beside, type Place, readGrowth, readStretch } from './growing-file.ts';

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

/** The whole file from its end to its beginning, and then what comes. */
function stretches(maxBytes: number) {
  const lines: string[] = [];
  let back: Beside | null = null;
  let to: Beside | null = null;
  for (let rounds = 0; rounds < 200 && (back === null || back.offset > 0); rounds += 1) {
    const stretch = readStretch(file, back, maxBytes);
    if (stretch.kind !== 'read') throw new Error(stretch.kind);
    lines.unshift(...stretch.lines.map(({ text }) => text));
    back = { file: stretch.file, offset: stretch.from, side: 'before' };
    to ??= { file: stretch.file, offset: stretch.to, side: 'behind' };
  }
  const goOn = (): readonly string[] => {
    const come: string[] = [];
    for (let rounds = 0, more = true; rounds < 200 && more; rounds += 1) {
      const stretch = readStretch(file, to, maxBytes);
      if (stretch.kind !== 'read') throw new Error(stretch.kind);
      come.push(...stretch.lines.map(({ text }) => text));
      to = { file: stretch.file, offset: stretch.to, side: 'behind' };
      ({ more } = stretch);
    }
    return come;
  };
  return { lines, isWhole: back?.offset === 0, goOn };
}

it.each([8, 9, 10, 13, 64])('reads backwards and forwards by stretches of %i bytes, each line once', (maxBytes) => {
  const short = ['a', '', 'bb 😀', 'ccc', 'd'];
  writeFileSync(file, `${short.join('\n')}\nhalf`);
  const read = stretches(maxBytes);
  expect([read.lines, read.isWhole]).toEqual([short, true]);
  expect(read.goOn()).toEqual([]);
  appendFileSync(file, `\n${short.join('\n')}\n`);
  expect(read.goOn()).toEqual(['half', ...short]);
  expect(read.goOn()).toEqual([]);
});

it('a line that is longer than a stretch is left out on both ways, and its neighbours are not', () => {
  writeFileSync(file, `one\n${'z'.repeat(50)}\ntwo\n`);
  const read = stretches(10);
  expect([read.lines, read.isWhole]).toEqual([['one', 'two'], true]);
  appendFileSync(file, `${'y'.repeat(50)}\nthree\nfour\n`);
  expect(read.goOn()).toEqual(['three', 'four']);
});

it('tells where a line begins, and begins at the end of a file that is another one', () => {
  writeFileSync(file, 'é\nsecond\n');
  const read = readStretch(file, null, 100);
  expect(read).toMatchObject({ from: 0, to: 10, more: false, lines: [{ offset: 0 }, { offset: 3, text: 'second' }] });
  expect(readStretch(file, { file: 'other', offset: 3, side: 'behind' }, 100)).toEqual(read);
  expect(readStretch(file, { file: 'other', offset: 3, side: 'before' }, 100)).toEqual(read);
});
