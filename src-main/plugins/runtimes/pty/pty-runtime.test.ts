import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { homePaths, type HomePaths } from '#main/storage/paths.ts';
import { terminalFrame } from '#shared/domain/terminal.ts';
import type { AttachOptions, Runtime, TerminalSpec } from '../runtime.ts';
import { createPtyRuntime } from './pty-runtime.ts';

let paths: HomePaths;
let runtime: Runtime;
const runtimes: Runtime[] = [];

beforeEach(async () => {
  paths = homePaths({ ATHENE_HOME: await mkdtemp(join(tmpdir(), 'pty-home-')) });
  runtime = client();
});

afterEach(async () => {
  const listed = await runtime.list();
  if (listed.ok) await Promise.all(listed.value.map(({ terminal }) => runtime.kill(terminal)));
  for (const one of runtimes.splice(0)) one.close();
  await vi.waitFor(async () => expect(await hostPids(paths)).toEqual([]), { timeout: 15_000, interval: 50 });
  await rm(paths.home, { recursive: true, force: true });
});

function client(): Runtime {
  const made = createPtyRuntime({ paths, build: 'test', idle: 200 });
  runtimes.push(made);
  return made;
}

/** Processes of this test's home only. */
async function hostPids({ home }: HomePaths): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map(async (pid) => ({ pid, line: await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') })),
  );
  return lines.filter(({ line }) => line.includes(`--home=${home}\0`)).map(({ pid }) => Number(pid));
}

let made = 0;
function spec(script: string): TerminalSpec {
  made += 1;
  return {
    terminal: `01900000-0000-7000-8000-${String(made).padStart(12, '0')}`,
    session: 'test-1',
    argv: ['/bin/bash', '-c', script],
    cwd: '/tmp',
    env: { PATH: '/usr/bin:/bin', TERM: 'xterm-256color' },
    size: { cols: 80, rows: 24 },
  };
}

/** A viewer that parses nothing and acknowledges everything. */
async function view(terminal: string, options: AttachOptions, through = runtime) {
  const seen = { text: '', next: 0, exit: null as unknown, lease: null as boolean | null, gaps: 0, closed: false };
  const attached = await through.attach(terminal, options, {
    onFrame: ({ type, offset, payload }) => {
      if (type === terminalFrame.snapshot) seen.next = offset;
      if (type === terminalFrame.lease) seen.lease = payload[0] === 1;
      if (type === terminalFrame.exit) seen.exit = JSON.parse(Buffer.from(payload).toString());
      if (type !== terminalFrame.output) return;
      if (seen.next !== 0 && offset !== seen.next) seen.gaps += 1;
      seen.text += Buffer.from(payload).toString('latin1');
      seen.next = offset + payload.length;
      if (attached.ok)
        attached.value.send({ type: terminalFrame.acknowledge, offset: seen.next, payload: new Uint8Array() });
    },
    onClose: () => (seen.closed = true),
  });
  if (!attached.ok) throw new Error(attached.problem.what);
  return { seen, lane: attached.value };
}

const until = (fact: () => unknown) => vi.waitFor(() => expect(fact()).toBeTruthy(), { timeout: 15_000, interval: 10 });

it('starts a program, shows what it prints, takes what is typed, and tells how it ended', async () => {
  const one = spec('echo ready; read line; echo "got $line"; exit 3');
  const created = await runtime.create(one);
  expect(created).toEqual({ ok: true, value: { pid: expect.any(Number) } });
  expect(await runtime.create(one)).toEqual(created);
  const { seen } = await view(one.terminal, { from: 'screen', lease: true });
  await until(() => seen.text.includes('ready') && seen.lease);
  expect(await runtime.probe(one.terminal)).toEqual({ kind: 'alive', pid: created.ok && created.value.pid });
  expect(await runtime.input(one.terminal, Buffer.from('word\r'))).toEqual({ ok: true, value: null });
  await until(() => seen.exit);
  expect(seen.text).toBe('ready\r\nword\r\ngot word\r\n');
  expect(seen.exit).toEqual({ code: 3, signal: null, at: expect.any(Number) });
  expect(await runtime.probe(one.terminal)).toEqual({ kind: 'ended', exit: seen.exit });
});

it('keeps everything private whatever the umask', async () => {
  const before = process.umask(0);
  try {
    const one = spec('echo secret; sleep 60');
    await runtime.create(one);
    const { seen } = await view(one.terminal, { from: 0, lease: false });
    await until(() => seen.text.includes('secret'));
    await runtime.kill(one.terminal);
  } finally {
    process.umask(before);
  }
  const open: string[] = [];
  for (const entry of await readdir(paths.home, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (((await stat(path)).mode & 0o077) !== 0) open.push(path);
  }
  expect(open).toEqual([]);
});
