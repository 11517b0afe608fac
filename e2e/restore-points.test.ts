// Fails and kills a real `athene session restore` before its calls to the outside: the session is ended as before, or it runs.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { Host } from '#main/host/host.ts';
import { killSession } from '#main/sessions/kill.ts';
import { restoreSession } from '#main/sessions/restore/restore-session.ts';
import { recoverSpawns } from '#main/sessions/spawn/recover-spawns.ts';
import { listClaims } from '#main/storage/claims.ts';
import { listRequests } from '#main/storage/requests.ts';
import { getSession } from '#main/storage/sessions.ts';
import { listTerminals } from '#main/storage/terminals.ts';
import { FaultCount, loopPatience, pointsOf, wholeRun } from './fault-plan.ts';
import { openFaultWorld, type FaultWorld } from './fixtures/fault-world.ts';
import { needsSetUp } from './set-up-project.ts';
import { readIfThere } from './read-if-there.ts';
import type { World } from './world.ts';

const every = { kill: 3, fail: 6 };
const count = new FaultCount('Restore');
const id = 'repo-1';

let faulty: FaultWorld;
let world: World;
let host: Host;

beforeAll(async () => {
  faulty = await openFaultWorld();
  ({ world, host } = faulty);
  needsSetUp(world);
  const words = ['spawn', '7', '--project', 'demo', '--agent', 'custom', '--command', 'echo up; sleep 600'];
  const spawned = await world.athene(...words);
  expect([spawned.code, spawned.stderr]).toEqual([0, '']);
  writeFileSync(join(recordNow().workspace?.path ?? '', 'precious.txt'), 'not committed');
  await killSession(host.sessions, id);
}, 60_000);

afterAll(async () => {
  count.print();
  await faulty.close();
}, 60_000);

function recordNow(): SessionRecord {
  const stored = host.sessions.store.read((tx) => getSession(tx, id));
  if (stored === null || 'damaged' in stored) throw new Error(`${id} is gone or damaged`);
  return stored.record;
}

const restoring = ['session', 'restore', id];

const agentsAlive = (): number =>
  world.processes().filter((pid) => readIfThere(`/proc/${pid}/environ`).includes('ATHENE_SESSION=')).length;

/** Every file of the worktree with its content. */
const contents = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
    .toSorted();

/** Ended as before, or running whole; which of them is the answer. Ended again when it returns. */
async function expectOldOrWhole(at: string, before: SessionRecord, files: readonly string[]) {
  await recoverSpawns(host.sessions);
  const { store } = host.sessions;
  const record = recordNow();
  const whole = record.lifecycle.session.state === 'working';
  expect(
    store.read((tx) => listRequests(tx, 'running')),
    at,
  ).toEqual([]);
  if (whole) {
    expect([agentsAlive() > 0, store.read(listClaims).length], at).toEqual([true, 1]);
    await killSession(host.sessions, id);
  } else expect(record, at).toEqual(before);
  expect([agentsAlive(), store.read(listClaims).length], at).toEqual([0, 0]);
  expect(
    store.read((tx) => listTerminals(tx, id)).every(({ state }) => state === 'exited'),
    at,
  ).toBe(true);
  await faulty.expectMended(at);
  if (files.length > 0) expect(contents(record.workspace?.path ?? ''), at).toEqual(files);
  return whole ? 'whole' : 'old';
}

async function tryAll(kind: 'kill' | 'fail', missing: boolean): Promise<Record<'old' | 'whole', number>> {
  const outcomes = { old: 0, whole: 0 };
  const path = recordNow().workspace?.path ?? '';
  const take = () => {
    if (missing) execFileSync('git', ['worktree', 'remove', '--force', path], { cwd: world.repository });
  };
  if (missing && existsSync(path)) take();
  const { length: calls } = await faulty.callsOf(restoring);
  await killSession(host.sessions, id);
  for (const point of pointsOf(calls, missing ? 5 : every[kind])) {
    await count.around(async () => {
      if (missing && existsSync(path)) take();
      const before = recordNow();
      const files = missing ? [] : contents(path);
      const { stderr } = await faulty.atheneWith(kind === 'kill' ? `kill:${point}` : `fail:${point}:EIO`, restoring);
      outcomes[await expectOldOrWhole(`${kind} at call ${point} of ${calls}: ${stderr}`, before, files)] += 1;
    });
  }
  return outcomes;
}

describe.runIf(process.platform === 'linux')('a restore', () => {
  it(
    'that is killed at any of its calls leaves the session ended as before, or running',
    async () => {
      const outcomes = await tryAll('kill', false);
      expect([outcomes.old > 0, outcomes.whole > 0 || !wholeRun]).toEqual([true, true]);
    },
    loopPatience,
  );

  it(
    'whose call fails leaves the session ended as before, or runs without that call',
    async () => {
      const outcomes = await tryAll('fail', false);
      expect(outcomes.old).toBeGreaterThan(0);
    },
    loopPatience,
  );

  it(
    'that is killed while it makes a missing worktree leaves nothing half made',
    async () => {
      const outcomes = await tryAll('kill', true);
      expect([outcomes.old > 0, outcomes.whole > 0 || !wholeRun]).toEqual([true, true]);
    },
    loopPatience,
  );

  it('of two processes at once starts one agent', async () => {
    for (let round = 0; round < 5; round += 1) {
      const outcomes = await Promise.all([
        faulty.atheneWith('count:0:/dev/null', restoring),
        restoreSession(host.sessions, id),
      ]);
      const well = [outcomes[0].code === 0, outcomes[1].ok].filter(Boolean);
      expect(well.length, JSON.stringify(outcomes)).toBe(1);
      expect(recordNow().lifecycle.session.state).toBe('working');
      await killSession(host.sessions, id);
      expect(agentsAlive()).toBe(0);
    }
  }, 60_000);

  it('is refused while another session works on the same issue, and names it', async () => {
    const words = [
      'spawn',
      '#7',
      '--project',
      'demo',
      '--agent',
      'custom',
      '--command',
      'sleep 600',
      '--branch',
      'other',
    ];
    expect((await world.athene(...words)).code).toBe(0);
    const refused = await world.athene('session', 'restore', id);
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining('SPAWN REFUSED: repo-2 already owns 7 (owner=project, status=working)'),
    ]);
    expect((await world.athene('session', 'restore', 'repo-2')).stderr).toContain('has not ended');
  }, 30_000);
});
