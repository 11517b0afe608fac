// Two servers on one home: one supervises, the other takes over; what waits is typed once, whoever dies or stands still.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isLocked } from '#main/lib/kernel-lock.ts';
import { endOf, startLiveHost } from './live-host.ts';
import { createWorld, type World } from './world.ts';

/** Milliseconds that something may take to become true. */
const patience = 30_000;

// Each starts several processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 90_000 });

let world: World;
const children: ChildProcess[] = [];

beforeAll(async () => {
  world = createWorld();
  await world.athene('project', 'add', world.repository, '--id', 'api');
}, 60_000);

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await world.close();
}, 60_000);

async function startServer(): Promise<ChildProcess> {
  const child = await startLiveHost(world);
  children.push(child);
  return child;
}

const supervised = () => isLocked(join(world.home, 'run', 'supervisor.lock'));
interface Listed {
  readonly id: string;
  readonly state: string;
  readonly promptDelivery: string;
}
const sessions = async (): Promise<readonly Listed[]> =>
  (JSON.parse((await world.athene('status', '--json')).stdout) as { data: readonly Listed[] }).data;

/** A spawn in its own process with the given fault; not waited for. */
function spawning(fault: string, ...words: string[]): ChildProcess {
  const env = { ...world.env, ATHENE_FAULT: fault };
  const child = spawn(world.command, ['spawn', '-a', 'custom', ...words], { cwd: world.repository, env });
  children.push(child);
  child.stdout.resume();
  child.stderr.resume();
  return child;
}

describe('two servers', () => {
  it('have one supervisor, and the other takes over what a dead one and a dead command leave', async () => {
    const first = await startServer();
    await expect.poll(supervised, { timeout: patience }).toBe('yes');
    const second = await startServer();
    first.kill('SIGKILL');
    await endOf(first);
    await expect.poll(supervised, { timeout: patience }).toBe('yes');
    // Killed at its last calls: the session is made and has to be taken back by somebody.
    await endOf(spawning('kill:60', '71', '--command', 'sleep 600'));
    await expect.poll(sessions, { timeout: patience }).toEqual([]);
    expect((await world.athene('spawn', '71', '-a', 'custom', '--command', 'true')).code).toBe(0);
    second.kill('SIGTERM');
    await endOf(second);
    expect(supervised()).toBe('no');
  });

  it('type a prompt and each message once, though both hear of them', async () => {
    await Promise.all([startServer(), startServer()]);
    const log = join(world.home, '..', 'once');
    const words = ['--command', `echo ready; cat > '${log}'`, '--prompt', 'first'];
    const { stdout } = await world.athene('spawn', '-a', 'custom', ...words);
    const id = /SESSION=(\S+)/.exec(stdout)?.[1] ?? '';
    const messages = Array.from({ length: 8 }, (_, index) => `message ${index}`);
    const sent = await Promise.all(messages.map((text) => world.athene('send', id, text)));
    expect(sent.map(({ code }) => code)).toEqual(messages.map(() => 0));
    const lines = () => readFileSync(log, 'utf8').trim().split('\n');
    await expect.poll(() => lines().length, { timeout: patience }).toBe(9);
    await delay(300);
    expect([lines()[0], lines().slice(1).toSorted()]).toEqual(['first', messages]);
  });

  it('give up a prompt whose agent has ended, and say so', async () => {
    const quiet = join(world.home, '..', 'quiet');
    writeFileSync(quiet, '');
    const program = `while [ -e '${quiet}' ]; do echo .; sleep 0.05; done; exit 0`;
    const command = spawning('count:0:/dev/null', '--command', program, '--prompt', 'too late');
    const mine = async () => (await sessions()).at(-1);
    await expect.poll(mine, { timeout: patience }).toMatchObject({ state: 'working', promptDelivery: 'pending' });
    await world.athene('session', 'kill', (await mine())?.id ?? '');
    await expect.poll(mine, { timeout: patience }).toMatchObject({ state: 'stopped', promptDelivery: 'failed' });
    await endOf(command);
  });
});

describe('a command that stands still in the middle of a spawn', () => {
  it('keeps its issue, is not robbed, and goes on when it is let', async () => {
    const stopped = spawning('stop:cat-file#1', '72', '--command', 'sleep 600');
    const held = async () => (await world.athene('spawn', '72', '-a', 'custom', '--command', 'true')).stderr;
    const mine = async () => (await sessions()).at(-1);
    await expect.poll(mine, { timeout: patience }).toMatchObject({ state: 'starting' });
    // Longer than a supervisor takes to look.
    await delay(2500);
    expect(await held()).toContain('status=spawning');
    stopped.kill('SIGCONT');
    await endOf(stopped);
    expect(await mine()).toMatchObject({ state: 'working' });
    expect(await held()).toContain('status=working');
  });
});
