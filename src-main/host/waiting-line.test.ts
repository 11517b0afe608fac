// A limit on agents: real sessions, real hosts, and a line that outlives the hosts.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { attentionOf } from '#shared/domain/attention.ts';
import { ask, follow, HostHome } from './fixtures/host-home.ts';
import { spawnInput } from './fixtures/spawn-in.ts';
import type { Host } from './host.ts';

const home = new HostHome();
const patience = { timeout: 30_000, interval: 50 };
let host: Host;
let sessions: ReturnType<typeof follow<'sessions'>>;
let spawns: ReturnType<typeof follow<'spawnProgress'>>;

async function open(): Promise<Host> {
  const opened = await home.open(true);
  sessions = follow(opened, 'sessions', ({ id }) => id);
  spawns = follow(opened, 'spawnProgress', ({ request }) => request);
  return opened;
}
beforeAll(async () => {
  host = await open();
  await ask(host, 'project.addSandbox', {});
}, 30_000);
afterAll(() => home.close(), 30_000);
beforeEach(() => limit(null));
afterEach(() => endAll(), 60_000);

const limit = async (maximalAgents: number | null) => void (await ask(host, 'settings.set', { maximalAgents }));

const input = (prompt: string, command = 'sleep 600') => spawnInput({ prompt, command });

/** A process of its own, which does not wait. */
async function spawnByCommand(prompt: string): Promise<void> {
  const child = startCommand(prompt, ['--no-wait']);
  const printed: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => void printed.push(chunk));
  const [code] = (await once(child, 'close')) as [number];
  expect([code, Buffer.concat(printed).toString()]).toEqual([0, expect.stringMatching(/^(SESSION|QUEUED)=/m)]);
}

function startCommand(prompt: string, more: readonly string[]) {
  const args = ['spawn', '--project', 'sandbox', '--agent', 'custom', '--command', 'sleep 600', '--prompt', prompt];
  const env = { PATH: process.env['PATH'], HOME: dirname(home.path), ATHENE_HOME: home.path, SHELL: '/bin/sh' };
  return spawn(process.execPath, [command, ...args, ...more], {
    cwd: home.path,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

const command = fileURLToPath(new URL('../cli/main.ts', import.meta.url));

/** In the background, as a window does. */
async function enqueue(prompt: string, of = host): Promise<{ request: string; place: number | null }> {
  const wanted = input(prompt);
  const asked = await ask(of, 'session.enqueue', wanted);
  if (!asked.ok) throw new Error(asked.problem.what);
  return { request: wanted.request, place: asked.value.place };
}

const running = () =>
  sessions
    .items()
    .filter(({ state }) => attentionOf(state) !== 'finished' && state !== 'crashed')
    .map(({ id, prompt, state }) => ({ id, prompt, state }));
const begun = () => running().filter(({ state }) => state !== 'starting');
const prompts = () => running().map(({ prompt }) => prompt);
const line = () =>
  spawns
    .items()
    .filter(({ place }) => place !== null)
    .toSorted((a, b) => Number(a.place) - Number(b.place))
    .map(({ place, input: { prompt } }) => [place, prompt]);
const begins = (prompt: string) =>
  expect.poll(() => begun().map((session) => session.prompt), patience).toEqual([prompt]);
const idOf = (prompt: string): string => running().find((session) => session.prompt === prompt)?.id ?? '';
const end = (prompt: string) => ask(host, 'session.kill', { id: idOf(prompt) });
async function endAll(): Promise<void> {
  for (const { request, place } of spawns.items())
    if (place !== null) await ask(host, 'session.cancelSpawn', { request });
  await expect.poll(line, patience).toEqual([]);
  for (const { id } of running()) await ask(host, 'session.kill', { id });
  await expect.poll(prompts, patience).toEqual([]);
}

it('who is beyond it waits by age, and starts by itself when one ends; nothing is made of it before', async () => {
  await limit(2);
  expect((await Promise.all([enqueue('one'), enqueue('two')])).map(({ place }) => place)).toEqual([null, null]);
  await expect.poll(prompts, patience).toEqual(expect.arrayContaining(['one', 'two']));
  const three = await enqueue('three');
  const four = await enqueue('four');
  expect([three.place, four.place]).toEqual([1, 2]);
  await expect.poll(line, patience).toEqual([
    [1, 'three'],
    [2, 'four'],
  ]);
  expect(spawns.items().filter(({ state, session }) => state === 'queued' && session === null)).toHaveLength(2);
  await end('one');
  await expect.poll(prompts, patience).toEqual(expect.arrayContaining(['two', 'three']));
  await expect.poll(line, patience).toEqual([[1, 'four']]);
  expect(prompts()).toHaveLength(2);
  // Room for one more is room for whoever waits.
  await limit(3);
  await expect.poll(prompts, patience).toEqual(expect.arrayContaining(['two', 'three', 'four']));
}, 90_000);

it('never more run than may, however many come at once and from wherever', async () => {
  await limit(2);
  const commands = ['a', 'b', 'c'].map((prompt) => spawnByCommand(prompt));
  await Promise.all([enqueue('d'), enqueue('e'), ...commands]);
  await expect.poll(() => [running().length, line().length], patience).toEqual([2, 3]);
  for (let left = 5; left > 0; left -= 1) {
    await expect.poll(() => begun().length, patience).toBe(Math.min(2, left));
    expect(running().length).toBeLessThanOrEqual(2);
    await ask(host, 'session.kill', { id: begun()[0]!.id });
    await expect.poll(() => running().length + line().length, patience).toBe(left - 1);
  }
}, 120_000);

it('the line outlives its host, with its order and its prompts', async () => {
  await limit(1);
  await enqueue('first');
  await expect.poll(prompts, patience).toEqual(['first']);
  await enqueue('second');
  await enqueue('third');
  const waiting = ask(host, 'session.spawn', input('fourth'));
  await expect.poll(() => line().length, patience).toBe(3);
  await host.close();
  expect(await waiting).toMatchObject({ ok: false, problem: { code: 'spawn-queued' } });
  host = await open();
  await expect.poll(line, patience).toEqual([
    [1, 'second'],
    [2, 'third'],
    [3, 'fourth'],
  ]);
  for (const next of ['second', 'third', 'fourth']) {
    await ask(host, 'session.kill', { id: running()[0]!.id });
    await expect.poll(prompts, patience).toEqual([next]);
  }
}, 120_000);

it('nobody waits for a command that is stopped while it waits, and killed it loses neither its place nor its prompt', async () => {
  await limit(1);
  await enqueue('one');
  await begins('one');
  const waiter = startCommand('two', []);
  await expect.poll(line, patience).toEqual([[1, 'two']]);
  await enqueue('three');
  waiter.kill('SIGSTOP');
  try {
    await end('one');
    await begins('three');
    expect(line()).toEqual([[1, 'two']]);
    await enqueue('four');
  } finally {
    waiter.kill('SIGKILL');
  }
  await once(waiter, 'exit');
  await end('three');
  await begins('two');
  expect(line()).toEqual([[1, 'four']]);
}, 90_000);

it('is left by a cancel, from wherever it comes, and the prompt of a window is kept', async () => {
  await limit(1);
  await enqueue('one');
  await expect.poll(prompts, patience).toEqual(['one']);
  const two = await enqueue('two');
  const three = await enqueue('three');
  const other = await home.open(false);
  expect(await ask(other, 'session.cancelSpawn', { request: two.request })).toEqual({ ok: true, value: null });
  await other.close();
  await expect.poll(line, patience).toEqual([[1, 'three']]);
  await expect
    .poll(() => spawns.items().find(({ request }) => request === two.request)?.state, patience)
    .toBe('cancelled');
  expect(await ask(host, 'session.cancelSpawn', { request: three.request })).toEqual({ ok: true, value: null });
  await expect.poll(line, patience).toEqual([]);
  for (const { request } of [two, three]) {
    await expect.poll(() => ask(host, 'session.dismissSpawn', { request }), patience).toMatchObject({ ok: true });
  }
}, 90_000);

it('a restore waits as well, is shown with its place, and goes on over a restart; a message does not wait', async () => {
  await limit(1);
  await enqueue('old');
  await begins('old');
  const id = idOf('old');
  await end('old');
  await expect.poll(prompts, patience).toEqual([]);
  await enqueue('new');
  await expect.poll(prompts, patience).toEqual(['new']);
  const place = () => sessions.items().find((session) => session.id === id)?.inLine?.place ?? null;
  const sent = { id, message: randomUUID(), text: 'hello', restore: true, anyway: false, timeout: 5 };
  expect(await ask(host, 'session.send', sent)).toMatchObject({ ok: false, problem: { code: 'session-ended' } });
  const restored = ask(host, 'session.restore', { id });
  await expect.poll(place, patience).toBe(1);
  await host.close();
  expect(await restored).toMatchObject({ ok: false, problem: { code: 'restore-queued' } });
  host = await open();
  await expect.poll(place, patience).toBe(1);
  expect(prompts()).toEqual(['new']);
  await end('new');
  await expect.poll(prompts, patience).toEqual(['old']);
  expect(place()).toBeNull();
}, 120_000);

it('while new spawns are paused nobody in line starts', async () => {
  await limit(1);
  await enqueue('one');
  await expect.poll(prompts, patience).toEqual(['one']);
  await enqueue('two');
  await ask(host, 'settings.set', { spawnsPaused: true });
  await end('one');
  await expect.poll(prompts, patience).toEqual([]);
  await expect.poll(line, patience).toEqual([[1, 'two']]);
  await ask(host, 'settings.set', { spawnsPaused: false });
  await expect.poll(prompts, patience).toEqual(['two']);
}, 90_000);
