import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { segmentName } from '#main/pty-host/transcript-reader.ts';
import { encodeSize, terminalFrame } from '#shared/domain/terminal.ts';
import { encodeFrame } from '#shared/rpc/frame.ts';
import { learnCharsets } from './charsets.ts';
import type { MirrorMessage } from './messages.ts';
import { Mirror } from './mirror.ts';

const limits = { batch: 100, settled: 1000, idle: 30_000, live: 2, parallel: 2 };

let home: string;
let now: number;
let sent: MirrorMessage[];
let mirror: Mirror;
const warnings: string[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'athene-mirror-'));
  now = 0;
  sent = [];
  warnings.length = 0;
  mirror = new Mirror({
    send: (message) => sent.push(message),
    nameOf: learnCharsets(),
    now: () => now,
    warn: (line) => warnings.push(line),
    limits,
  });
});

afterEach(() => {
  expect(warnings).toEqual([]);
  rmSync(home, { recursive: true, force: true });
});

test('a checkpoint is written once output has settled, not before', async () => {
  print(1, 'hello');
  mirror.tick();
  await quiet();
  expect(checkpointed(1)).toEqual([]);
  now = 1000;
  mirror.tick();
  await until(() => checkpointed(1).length > 0);
  expect(checkpointed(1)).toEqual([5]);
});

test('an idle terminal leaves memory and comes back from its checkpoint', async () => {
  print(1, 'hello');
  now = 1000;
  mirror.tick();
  await until(() => checkpointed(1).length > 0 && mirror.isBusy);
  now = 31_000;
  mirror.tick();
  await until(() => !mirror.isBusy);
  mirror.receive({ type: 'output', request: 1, terminal: id(1), lines: 1 });
  await until(() => sent.some((message) => message.type === 'output'));
  expect(sent.at(-1)).toEqual({ type: 'output', request: 1, text: 'hello' });
});

test('of many terminals only a few stay in memory, and each is right when asked again', async () => {
  for (let index = 1; index <= 12; index += 1) print(index, `terminal ${index} `.repeat(20));
  for (let index = 1; index <= 12; index += 1)
    mirror.receive({ type: 'output', request: index, terminal: id(index), lines: 1 });
  await until(() => sent.filter(({ type }) => type === 'output').length === 12);
  now = 1000;
  await until(() => {
    mirror.tick();
    return mirror.liveCount <= limits.live;
  });
  mirror.receive({ type: 'output', request: 100, terminal: id(1), lines: 1 });
  const answer = () => sent.find((message) => 'request' in message && message.request === 100);
  await until(() => answer() !== undefined);
  expect(answer()).toMatchObject({ text: 'terminal 1 '.repeat(20).trimEnd() });
});

const id = (index: number): string => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;

/** As the pty host does: written first, then told. */
function print(index: number, text: string): void {
  const directory = join(home, id(index));
  mkdirSync(directory);
  const payload = Buffer.from(text);
  const size = encodeSize({ cols: 300, rows: 5 });
  const path = join(directory, segmentName(0));
  appendFileSync(path, encodeFrame({ type: terminalFrame.resize, channel: 0, offset: 0, payload: size }));
  appendFileSync(path, encodeFrame({ type: terminalFrame.output, channel: 0, offset: 0, payload }));
  mirror.receive({ type: 'open', terminal: id(index), directory });
  mirror.receive({ type: 'advance', terminal: id(index), offset: payload.length });
}

const checkpointed = (index: number): number[] =>
  sent.flatMap((message) =>
    message.type === 'checkpointed' && message.terminal === id(index) ? [message.offset] : [],
  );

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Nothing is to be waited for when nothing should happen: a few turns of the loop. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
}
