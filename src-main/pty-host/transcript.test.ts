import { mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { decodeSize, terminalFrame } from '#shared/domain/terminal.ts';
import { exitFrame, outputFrame, readTranscript, sizeFrame, Transcript } from './transcript.ts';

const size = { cols: 80, rows: 24 };
let directory: string;
beforeEach(async () => (directory = join(await mkdtemp(join(tmpdir(), 'transcript-')), 'terminal')));
afterEach(() => rm(join(directory, '..'), { recursive: true }));

async function seen(from: number): Promise<string[]> {
  const found: string[] = [];
  for await (const { type, offset, payload } of readTranscript(directory, from)) {
    if (type === terminalFrame.output) found.push(`${offset} ${Buffer.from(payload).toString()}`);
    if (type === terminalFrame.resize) found.push(`${offset} ${decodeSize(payload).cols}x${decodeSize(payload).rows}`);
    if (type === terminalFrame.exit) found.push(`${offset} exit`);
  }
  return found;
}

const transcript = (segment = 1e6, kept = 1e6) =>
  new Transcript({ directory, size, now: Date.now, limits: { segment, kept } });

const bytes = (text: string) => Buffer.from(text);

it('gives back what was written, from any offset, with the size in force there', async () => {
  const written = transcript();
  await written.write([outputFrame(0, bytes('hello')), sizeFrame(5, { cols: 100, rows: 30 })]);
  await written.write([outputFrame(5, bytes('world')), exitFrame(10, { code: 0, signal: null, at: 1 })]);
  await written.close();
  expect([await seen(0), await seen(3), await seen(5), await seen(7), await seen(10)]).toEqual([
    ['0 80x24', '0 hello', '5 100x30', '5 world', '10 exit'],
    ['3 80x24', '3 lo', '5 100x30', '5 world', '10 exit'],
    ['5 100x30', '5 world', '10 exit'],
    ['7 100x30', '7 rld', '10 exit'],
    ['10 100x30', '10 exit'],
  ]);
});

it('begins segments with the size, which readers see once', async () => {
  const written = transcript(60);
  for (let line = 0; line < 6; line += 1) await written.write([outputFrame(line * 20, Buffer.alloc(20, 97))]);
  await written.close();
  expect(await readdir(directory)).toEqual([
    '0000000000000000.frames',
    '0000000000000040.frames',
    '0000000000000080.frames',
  ]);
  expect((await seen(50)).map((line) => line.split(' ')[0])).toEqual(['50', '50', '60', '80', '100']);
});

it('ignores a torn last frame', async () => {
  const written = transcript();
  await written.write([outputFrame(0, bytes('whole'))]);
  await written.write([outputFrame(5, bytes('torn'))]);
  await written.close();
  const path = join(directory, '0000000000000000.frames');
  await truncate(path, (await stat(path)).size - 2);
  expect(await seen(0)).toEqual(['0 80x24', '0 whole']);
});

it('removes old segments only before the checkpoint and over the limit', async () => {
  const written = transcript(60, 100);
  for (let line = 0; line < 6; line += 1) await written.write([outputFrame(line * 20, Buffer.alloc(20, 97))]);
  await written.prune(39);
  expect(await readdir(directory)).toHaveLength(3);
  await written.prune(120);
  await written.close();
  expect(await readdir(directory)).toEqual(['0000000000000080.frames']);
  expect((await seen(0))[0]).toBe('80 80x24');
});

it('knows all its segments although it is asked twice at once to remove some', async () => {
  const written = transcript(60, 100);
  for (let line = 0; line < 10; line += 1) {
    await written.write([outputFrame(line * 20, Buffer.alloc(20, 97))]);
    if (line === 5) await Promise.all([written.prune(120), written.prune(120)]);
  }
  await written.prune(200);
  await written.close();
  expect(await readdir(directory)).toEqual(['0000000000000160.frames']);
});

it('is private whatever the umask', async () => {
  const before = process.umask(0);
  try {
    const written = transcript();
    await written.write([outputFrame(0, bytes('secret'))]);
    await written.close();
  } finally {
    process.umask(before);
  }
  const modes = await Promise.all([directory, join(directory, '0000000000000000.frames')].map((path) => stat(path)));
  expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o700, 0o600]);
});

it('drops bytes while nothing can be written, and goes on in a new segment', async () => {
  let now = 0;
  const written = new Transcript({ directory: join(directory, 'file', 'below'), size, now: () => now });
  const { mkdir, writeFile } = await import('node:fs/promises');
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'file'), '');
  expect([await written.write([outputFrame(0, bytes('lost'))]), written.problem]).toEqual([false, 'ENOTDIR']);
  await rm(join(directory, 'file'));
  expect(await written.write([outputFrame(4, bytes('lost'))])).toBe(false);
  now = 6000;
  expect([await written.write([outputFrame(8, bytes('kept'))]), written.problem]).toEqual([true, null]);
  await written.close();
  directory = join(directory, 'file', 'below');
  const found = await seen(0);
  directory = join(directory, '..', '..');
  expect(found).toEqual(['8 80x24', '8 kept']);
});
