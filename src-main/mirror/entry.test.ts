import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { segmentName } from '#main/pty-host/transcript-reader.ts';
import { encodeSize, terminalFrame } from '#shared/domain/terminal.ts';
import { encodeFrame } from '#shared/rpc/frame.ts';
import { learnCharsets } from './charsets.ts';
import { readCheckpoint } from './checkpoint.ts';
import { spinnerAgent } from './fixtures/spinner-agent.ts';
import { Replica, type Cut } from './replica.ts';
import { renderOutput, renderScreen } from './render-output.ts';
import { readScreen } from './screen.ts';
import { wholeState } from './whole-state.ts';

const terminal = '01912345-6789-7abc-8def-0123456789ab';
const nameOf = learnCharsets();
const size = { cols: 80, rows: 24 };

let home: string;
let directory: string;
let mirror: ChildProcess;
let heard: Record<string, unknown>[];
let complaints: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'athene-mirror-'));
  directory = join(home, 'transcripts', terminal);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  heard = [];
  complaints = '';
  mirror = spawn(process.execPath, [join(import.meta.dirname, 'entry.ts')], { stdio: ['pipe', 'pipe', 'pipe'] });
  createInterface({ input: mirror.stdout! }).on('line', (line) => heard.push(JSON.parse(line)));
  mirror.stderr!.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
});

afterEach(async () => {
  if (mirror.exitCode === null && mirror.signalCode === null) {
    mirror.kill('SIGKILL');
    await once(mirror, 'exit');
  }
  rmSync(home, { recursive: true, force: true });
});

test('it follows a transcript, answers for screen and output, and writes a checkpoint when output settles', async () => {
  const transcript = begin();
  transcript.print('one\r\n\x1b[1mtwo —\x1b[m\r\n');
  say({ type: 'open', terminal, directory });
  say({ type: 'advance', terminal, offset: transcript.offset });
  say({ type: 'screen', request: 1, terminal });
  say({ type: 'output', request: 'second', terminal, lines: 1 });
  expect(await answer(1)).toMatchObject({
    type: 'screen',
    screen: { size, cursor: { row: 2, col: 0 }, alternate: false, offset: transcript.offset },
  });
  expect(await answer('second')).toEqual({ type: 'output', request: 'second', text: 'two —' });
  await until(() => heard.some(({ type, offset }) => type === 'checkpointed' && offset === transcript.offset));
  expect(statSync(join(directory, 'checkpoint')).mode & 0o777).toBe(0o600);

  transcript.print('three');
  say({ type: 'screen', request: 3, terminal });
  expect(await answer(3)).toMatchObject({ screen: { rows: expect.arrayContaining(['one', 'two —', 'three']) } });
});

test('checkpoints while output goes on, over segments and resizes, from which the rest continues exactly', async () => {
  const transcript = begin();
  const chunks = [...spinnerAgent(6000, size.cols)];
  say({ type: 'open', terminal, directory });
  for (const [index, chunk] of chunks.entries()) {
    if (index % 2500 === 2499) transcript.rotate();
    if (index === 3000) transcript.resize({ cols: 100, rows: 30 });
    transcript.print(chunk);
  }
  say({ type: 'advance', terminal, offset: transcript.offset });
  await until(() => heard.some(({ type }) => type === 'checkpointed'));
  expect(heard.find(({ type }) => type === 'checkpointed')?.['offset']).toBeLessThan(4 * 1024 * 1024);
  say({ type: 'checkpoint', request: 9, terminal });
  expect(await answer(9)).toMatchObject({ type: 'checkpointed', offset: transcript.offset });

  const cut = (await readCheckpoint(directory)) as Cut;
  expect(cut.size).toEqual({ cols: 100, rows: 30 });
  expect(wholeState(Replica.fromCut(cut, nameOf).core, nameOf)).toEqual(wholeState(transcript.whole.core, nameOf));
  transcript.print('\x1b[31mgoes on');
  expect(await renderScreen(directory)).toEqual(readScreen(transcript.whole));
  expect((await renderOutput(directory, 3)).split('\n').at(-1)).toBe('goes on');
  expect((await renderOutput(directory, 5000)).split('\n').length).toBeGreaterThan(1200);
});

test('a flood that is far ahead is not parsed whole, and the screen is right all the same', async () => {
  const transcript = begin();
  say({ type: 'open', terminal, directory });
  for (let chunk = 0; chunk < 160; chunk += 1) {
    if (chunk % 60 === 59) transcript.rotate();
    transcript.print(
      Array.from(
        { length: 1200 },
        (_, line) => `\x1b[3${line % 8}m[${chunk}.${line}]\x1b[0m ${'text '.repeat(line % 23)}\r\n`,
      ).join(''),
    );
  }
  expect(transcript.offset).toBeGreaterThan(8 * 1024 * 1024);
  say({ type: 'advance', terminal, offset: transcript.offset });
  say({ type: 'checkpoint', request: 1, terminal });
  expect(await answer(1)).toMatchObject({ type: 'checkpointed', offset: transcript.offset });
  const cut = (await readCheckpoint(directory)) as Cut;
  expect(wholeState(Replica.fromCut(cut, nameOf).core, nameOf)).toEqual(wholeState(transcript.whole.core, nameOf));
});

test('a half-written last frame, a useless checkpoint and a missing transcript do no harm', async () => {
  expect(await renderOutput(directory, 10)).toBe('');
  const transcript = begin();
  transcript.print('kept');
  appendFileSync(
    transcript.path,
    encodeFrame({ type: 1, channel: 0, offset: 4, payload: Buffer.from('torn') }).subarray(0, 19),
  );
  writeFileSync(join(directory, 'checkpoint'), 'nonsense');
  expect(await renderOutput(directory, 10)).toBe('kept');
  say({ type: 'open', terminal, directory });
  say({ type: 'output', request: 1, terminal, lines: 10 });
  expect(await answer(1)).toMatchObject({ text: 'kept' });
});

test('what it does not understand is refused, and it lives on', async () => {
  mirror.stdin!.write('not json\n{"type":"dance"}\n[]\n');
  say({ type: 'dance', request: 5 });
  expect(await answer(5)).toMatchObject({ type: 'failed' });
  say({ type: 'screen', request: 6, terminal });
  expect(await answer(6)).toMatchObject({ type: 'failed', why: 'The mirror does not know this terminal' });
  say({ type: 'open', terminal: '../etc', directory });
  say({ type: 'open', terminal, directory: 'relative' });
  begin().print('alive');
  say({ type: 'open', terminal, directory });
  say({ type: 'output', request: 7, terminal, lines: 1 });
  expect(await answer(7)).toMatchObject({ text: 'alive' });
  expect(complaints.match(/refused/g)?.length).toBe(5);
});

test('it ends when its host has gone', async () => {
  begin().print('x');
  say({ type: 'open', terminal, directory });
  say({ type: 'output', request: 1, terminal, lines: 1 });
  await answer(1);
  mirror.stdin!.end();
  const [code] = await once(mirror, 'exit');
  expect(code).toBe(0);
});

test('a closed terminal leaves its last checkpoint', async () => {
  const transcript = begin();
  transcript.print('bye');
  say({ type: 'open', terminal, directory });
  say({ type: 'advance', terminal, offset: transcript.offset });
  say({ type: 'close', terminal });
  await until(() => existsSync(join(directory, 'checkpoint')));
  expect(readFileSync(join(directory, 'checkpoint')).includes('bye')).toBe(true);
});

function say(message: Record<string, unknown>): void {
  mirror.stdin!.write(`${JSON.stringify(message)}\n`);
}

async function answer(request: number | string): Promise<Record<string, unknown>> {
  await until(() => heard.some((message) => message['request'] === request));
  return heard.find((message) => message['request'] === request)!;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Writes a transcript as the pty host does, and plays the same to a terminal of its own. */
function begin() {
  const whole = new Replica(size, nameOf);
  let offset = 0;
  let current = size;
  const file = (): string => join(directory, segmentName(offset));
  let path = file();
  const write = (type: number, payload: Uint8Array): void => {
    appendFileSync(path, encodeFrame({ type, channel: 0, offset, payload }));
    whole.apply({ type, offset, payload });
  };
  write(terminalFrame.resize, encodeSize(current));
  return {
    whole,
    path,
    get offset(): number {
      return offset;
    },
    print(text: string): void {
      const payload = Buffer.from(text);
      write(terminalFrame.output, payload);
      offset += payload.length;
    },
    resize(next: typeof size): void {
      write(terminalFrame.resize, encodeSize((current = next)));
    },
    rotate(): void {
      path = file();
      write(terminalFrame.resize, encodeSize(current));
    },
  };
}
