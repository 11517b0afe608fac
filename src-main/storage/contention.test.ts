// Several processes on one database.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SessionRecord } from '#shared/domain/session.ts';
import { listClaims } from './claims.ts';
import { ScratchHome, sampleRecord } from './fixtures/scratch-home.ts';
import { getSession, insertSession, listSessions } from './sessions.ts';
import { StoreBusyError } from './store.ts';

let home: ScratchHome;
beforeEach(() => {
  home = new ScratchHome();
});
afterEach(() => home.remove());

/** Of each process; `ATHENE_ALL_FAULTS=1` does a thousand. */
const updates = process.env['ATHENE_ALL_FAULTS'] === '1' ? 1000 : 100;

it('loses no update when 8 processes write different fields of one session', { timeout: 300_000 }, async () => {
  const fields = ['name', 'agent', 'command', 'prompt', 'model', 'conversation', 'prefix', 'project'] as const;
  const store = await home.openFully();
  await store.write('insert', (tx) => insertSession(tx, sampleRecord('app-1')));
  const ends = await Promise.all(fields.map((field) => home.contend('count', ['app-1', field, updates]).ended));
  const stored = store.read((tx) => getSession(tx, 'app-1')) as { record: SessionRecord; rev: number };
  expect([ends, stored.rev, fields.map((field) => stored.record[field])]).toEqual([
    fields.map(() => 0),
    8 * updates + 1,
    fields.map(() => String(updates)),
  ]);
});

it('gives each issue to one of 16 processes, and each session its own number', { timeout: 60_000 }, async () => {
  const contenders = Array.from({ length: 16 }, () => home.contend('claim', [30]));
  const ends = await Promise.all(contenders.map(({ ended }) => ended));
  const won = contenders.flatMap(({ lines }) => lines.filter((line) => line.startsWith('won')));
  const store = await home.openFully();
  const { claims, list } = store.read((tx) => ({ claims: listClaims(tx), list: listSessions(tx) }));
  const oneToThirty = Array.from({ length: 30 }, (_, index) => index + 1);
  expect({
    ends: new Set(ends),
    failures: contenders.flatMap(({ lines }) => lines.filter((line) => line.startsWith('failed'))),
    won: won.map((line) => Number(line.split(' ')[1])).toSorted((a, b) => a - b),
    claimed: claims.map(({ issue }) => Number(issue)).toSorted((a, b) => a - b),
    owners: new Set(claims.map(({ session }) => session)).size,
    numbers: list.sessions.map(({ record }) => record.number).toSorted((a, b) => Number(a) - Number(b)),
    damaged: list.damaged,
  }).toEqual({
    ends: new Set([0]),
    failures: [],
    won: oneToThirty,
    claimed: oneToThirty,
    owners: 30,
    numbers: oneToThirty,
    damaged: [],
  });
});

it('comes up whole when several processes start for the first time at once', { timeout: 60_000 }, async () => {
  const folder = join(home.path, 'first');
  const begin = Date.now() + 500;
  const starters = Array.from({ length: 3 }, () => home.contend('start', [folder, 25, begin]));
  const ends = await Promise.all(starters.map(({ ended }) => ended));
  const failures = starters.flatMap(({ lines }) => lines.filter((line) => line.startsWith('failed')));
  const backups = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'backups')));
  expect([ends, failures, backups]).toEqual([[0, 0, 0], [], []]);
});

const isLinux = process.platform === 'linux';
it.skipIf(!isLinux)(
  'waits for a stopped writer without freezing, gives up clearly, and goes on when it continues',
  async () => {
    const store = await home.openFully({ patience: 1000 });
    const points = await home.faultPointsOf('claim', [1]);
    const stopped = home.contend('claim', [2], `stop:${points.indexOf('db claim: commit') + 1}`);
    await stopped.printed('ready');
    await isStopped(stopped.process.pid ?? 0);
    const patient = await home.openFully();

    const ticks = countTicks();
    const late = patient.write('insert', (tx) => insertSession(tx, sampleRecord('app-900')));
    await expect(store.write('insert', (tx) => insertSession(tx, sampleRecord('app-901')))).rejects.toThrow(
      StoreBusyError,
    );
    const readMeanwhile = store.read(listSessions).sessions.length;
    const { count, longest } = ticks.stop();
    stopped.process.kill('SIGCONT');
    await late;

    // Facts for docs/storage.md; what is asserted holds on a busy machine too. A frozen loop would tick once or twice.
    console.log(`while a stopped process held the lock: ${count} ticks, longest pause ${longest.toFixed(0)} ms`);
    expect(count).toBeGreaterThan(20);
    expect(await stopped.ended).toBe(0);
    expect(readMeanwhile).toBe(1);
    expect(store.read(listSessions).sessions.map(({ record }) => record.id)).toContain('app-900');
  },
);

/** Ticks of the event loop, meant to come every 5 ms. */
function countTicks(): { stop(): { count: number; longest: number } } {
  let [count, longest, last] = [0, 0, performance.now()];
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    count += 1;
  }, 5);
  return {
    stop: () => {
      clearInterval(timer);
      return { count, longest };
    },
  };
}

async function isStopped(pid: number): Promise<void> {
  await expect.poll(() => / T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))).toBe(true);
}
