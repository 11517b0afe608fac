// The passes that a supervisor makes by itself, on a real home with real agents, under clocks that jump and processes that are stopped.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualPlace } from '#shared/domain/spawn.ts';
import { processesWith } from '#main/plugins/runtimes/pty/fixtures/pty-home.ts';
import { getSession, listSessions, updateSession } from '../storage/sessions.ts';
import { ask, HostHome } from '../host/fixtures/host-home.ts';
import type { Host } from '../host/host.ts';
import { createRecovery, type Recovery } from './recovery.ts';

const home = new HostHome();
let host: Host;
let wall = Date.now();
let uptime = 0;

beforeAll(async () => {
  host = await home.open(false);
  await ask(host, 'project.addSandbox', {});
  for (let count = 1; count <= 3; count += 1) await spawnAgent();
}, 60_000);
afterAll(() => home.close(), 30_000);

async function spawnAgent(): Promise<void> {
  const spawned = await ask(host, 'session.spawn', {
    ...{ request: randomUUID(), project: 'sandbox', agent: 'custom', prompt: null, issue: null, name: null },
    ...{ branch: null, base: null, permissions: 'ask', model: null, ...usualPlace, command: 'sleep 600' },
  });
  if (!spawned.ok) throw new Error(spawned.problem.what);
}

const passes = (): Recovery =>
  createRecovery(
    {
      sessions: { ...host.sessions, now: () => wall },
      configuration: host.care.configuration,
      ownTerminal: null,
    },
    () => uptime,
  );
const pass = (recovery: Recovery): Promise<void> => {
  uptime += 60_000;
  return recovery.passIfDue();
};
const records = () => host.sessions.store.read(listSessions).sessions;
const states = () => records().map(({ record }) => [record.lifecycle.session.state, record.escalatedAt]);
const revisions = () => records().map(({ rev }) => rev);
const [hour, year] = [3_600_000, 365 * 24 * 3_600_000];

describe.runIf(process.platform === 'linux')('the passes of a supervisor', () => {
  it('write and end nothing when the clock is set an hour or ten years ahead or back', async () => {
    const before = revisions();
    const recovery = passes();
    const told: unknown[] = [];
    recovery.onNote(() => told.push(recovery.note));
    const stray = strayProgram();
    try {
      await pass(recovery);
      for (const jump of [hour, -hour, 10 * year, -20 * year, 10 * year]) {
        wall += jump;
        await pass(recovery);
      }
      // Without a row, and older than two minutes by the clock that was set: its age is that by the machine's own.
      expect([stray.exitCode, stray.signalCode]).toEqual([null, null]);
    } finally {
      stray.kill('SIGKILL');
      await once(stray, 'exit');
    }
    expect([revisions(), told.length]).toEqual([before, 1]);
    expect(states()).toEqual(records().map(() => ['working', null]));
  }, 60_000);

  it('escalate one whose directory is gone once, and tell of it once, whatever the clock does', async () => {
    const recovery = passes();
    const told: unknown[] = [];
    recovery.onNote(() => told.push(recovery.note));
    const [first] = records();
    const id = first?.record.id ?? '';
    await host.sessions.store.write('test', (tx) => {
      const stored = getSession(tx, id);
      if (stored === null || 'damaged' in stored) throw new Error(`${id} is gone`);
      const workspace = { ...stored.record.workspace!, path: `${stored.record.workspace?.path}-gone` };
      return updateSession(tx, id, stored.rev, { ...stored.record, workspace });
    });
    await pass(recovery);
    const after = revisions();
    for (const jump of [hour, -hour, 10 * year, -20 * year]) {
      wall += jump;
      await pass(recovery);
    }
    expect([revisions(), told.length]).toEqual([after, 1]);
    expect(states().filter(([state]) => state === 'stuck')).toHaveLength(1);
  }, 60_000);

  it('neither hang nor end anything while the pty host is stopped, nor after it goes on', async () => {
    const before = revisions();
    const recovery = passes();
    const hosts = await processesWith(`--home=${home.path}\0`);
    expect(hosts.length).toBeGreaterThan(0);
    for (const pid of hosts) process.kill(pid, 'SIGSTOP');
    try {
      await pass(recovery);
      expect(revisions()).toEqual(before);
    } finally {
      for (const pid of hosts) process.kill(pid, 'SIGCONT');
    }
    await pass(recovery);
    expect(revisions()).toEqual(before);
    const alive = await host.sessions.runtime.running();
    expect(alive.ok && alive.value).toHaveLength(3);
  }, 120_000);
});

/** Carries the marks of this home and of a terminal that no row tells of. */
const strayProgram = () =>
  spawn('sleep', ['600'], {
    env: { PATH: process.env['PATH'], ATHENE_HOME: home.path, ATHENE_SESSION: 'san-99', ATHENE_TERMINAL: randomUUID() },
    stdio: 'ignore',
  });
