// A spawner and a remover that are stopped before any of their calls for as long as another one works, and then go on.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOver } from '#shared/domain/lifecycle.ts';
import { checkHome } from '#main/care/check-home.ts';
import { ask } from '#main/host/fixtures/host-home.ts';
import type { Host } from '#main/host/host.ts';
import { openHost } from '#main/host/open-host.ts';
import { recoverSpawns } from '#main/sessions/spawn/recover-spawns.ts';
import { listSessions } from '#main/storage/sessions.ts';
import { FaultCount, pointsOf } from './fault-plan.ts';
import { readIfThere } from './read-if-there.ts';
import { createWorld, type World } from './world.ts';

const patience = 600_000;
const count = new FaultCount('Stopped commands');
const every = 40;

let world: World;
let host: Host;

beforeAll(async () => {
  world = createWorld();
  await world.athene('project', 'add', world.repository, '--id', 'demo');
  const opened = await openHost({ env: world.env, live: false });
  if (!opened.ok) throw new Error(opened.problem.what);
  host = opened.value;
}, patience);
afterAll(async () => {
  count.print();
  await host.close();
  await world.close();
}, patience);

const begin = (fault: string, words: readonly string[]) =>
  spawn(world.command, words, { cwd: world.repository, env: { ...world.env, ATHENE_FAULT: fault }, stdio: 'ignore' });

async function callsOf(words: readonly string[]): Promise<number> {
  const file = join(world.home, '..', 'calls');
  rmSync(file, { force: true });
  await once(begin(`count:0:${file}`, words), 'exit');
  return readFileSync(file, 'utf8').trim().split('\n').length;
}

/** Stopped before its n-th call; `meanwhile` runs, then it goes on to its end. */
async function stoppedAt(point: number, words: readonly string[], meanwhile: () => Promise<unknown>): Promise<void> {
  const child = begin(`stop:${point}`, words);
  const ended = once(child, 'exit');
  while (child.exitCode === null && !isStopped(child.pid ?? 0)) await delay(10);
  await meanwhile();
  child.kill('SIGCONT');
  await ended;
}

/** proc(5): the state stands behind the name in brackets. */
function isStopped(pid: number): boolean {
  const stat = readIfThere(`/proc/${pid}/stat`);
  return stat[stat.lastIndexOf(')') + 2] === 'T';
}

async function expectMended(at: string): Promise<void> {
  const found = await checkHome(host.care, { mend: true, refresh: () => host.watch.refresh() });
  expect(
    found.filter(({ state }) => state !== 'repaired'),
    at,
  ).toEqual([]);
}

const live = () =>
  host.sessions.store
    .read(listSessions)
    .sessions.map(({ record }) => record)
    .filter(({ lifecycle }) => !isOver(lifecycle));

/** Their worktrees too: a branch that is checked out is not given to the next one. */
async function endAll(): Promise<void> {
  for (const { id } of live()) {
    await ask(host, 'session.kill', { id });
    const removed = await ask(host, 'session.remove', { id });
    if (!removed.ok) throw new Error(removed.problem.what);
  }
}

describe.runIf(process.platform === 'linux')('a command that is stopped anywhere and goes on', () => {
  const spawning = ['spawn', '7', '--project', 'demo', '--agent', 'custom', '--command', 'sleep 600'];

  it(
    'gives its issue to one session at the most',
    async () => {
      const calls = await callsOf(spawning);
      await endAll();
      for (const point of pointsOf(calls, every)) {
        await count.around(async () => {
          await stoppedAt(point, spawning, () => world.athene(...spawning));
          await recoverSpawns(host.sessions);
          const at = `stopped at call ${point} of ${calls} of spawn`;
          expect(live().length, at).toBe(1);
          await expectMended(at);
          await endAll();
        });
      }
    },
    patience,
  );

  it(
    'removes a session once, and loses no byte',
    async () => {
      const start = async () => {
        const words = ['spawn', '--project', 'demo', '--agent', 'custom', '--command', 'true', '--json'];
        const { id, worktree } = JSON.parse((await world.athene(...words)).stdout) as { id: string; worktree: string };
        await ask(host, 'session.kill', { id });
        writeFileSync(join(worktree, 'work.txt'), id);
        return { id, worktree };
      };
      const calls = await callsOf(['session', 'remove', (await start()).id]);
      for (const point of pointsOf(calls, every)) {
        await count.around(async () => {
          const { id, worktree } = await start();
          await stoppedAt(point, ['session', 'remove', id], () => world.athene('session', 'remove', id));
          const at = `stopped at call ${point} of ${calls} of remove`;
          expect([existsSync(worktree), host.listSessions().some((each) => each.id === id)], at).toEqual([
            false,
            false,
          ]);
          const ref = `refs/athene/rescue/${id}/1:work.txt`;
          expect(
            execFileSync('git', ['show', ref], { cwd: world.repository, env: world.env, encoding: 'utf8' }),
            at,
          ).toBe(id);
          await expectMended(at);
        });
      }
    },
    patience,
  );
});
