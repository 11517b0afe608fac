// A spawner and a remover that are stopped before any of their calls for as long as another one works, and then go on.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOver } from '#shared/domain/lifecycle.ts';
import { ask } from '#main/host/fixtures/host-home.ts';
import type { Host } from '#main/host/host.ts';
import { recoverSpawns } from '#main/sessions/spawn/recover-spawns.ts';
import { listSessions } from '#main/storage/sessions.ts';
import { FaultCount, loopPatience, pointsOf } from './fault-plan.ts';
import { openFaultWorld, type FaultWorld } from './fixtures/fault-world.ts';
import { startAgent } from './fixtures/host-of.ts';
import { readIfThere } from './read-if-there.ts';
import type { World } from './world.ts';

const count = new FaultCount('Stopped commands');
const every = 40;

let faulty: FaultWorld;
let world: World;
let host: Host;

beforeAll(async () => {
  faulty = await openFaultWorld();
  ({ world, host } = faulty);
}, loopPatience);
afterAll(async () => {
  count.print();
  await faulty.close();
}, loopPatience);

/** Stopped before its n-th call; `meanwhile` runs, then it goes on to its end. */
async function stoppedAt(point: number, words: readonly string[], meanwhile: () => Promise<unknown>): Promise<void> {
  const child = faulty.begin(`stop:${point}`, words);
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
      const { length: calls } = await faulty.callsOf(spawning);
      await endAll();
      for (const point of pointsOf(calls, every)) {
        await count.around(async () => {
          await stoppedAt(point, spawning, () => world.athene(...spawning));
          await recoverSpawns(host.sessions);
          const at = `stopped at call ${point} of ${calls} of spawn`;
          expect(live().length, at).toBe(1);
          await faulty.expectMended(at);
          await endAll();
        });
      }
    },
    loopPatience,
  );

  it(
    'removes a session once, and loses no byte',
    async () => {
      const start = async () => {
        const { id, worktree } = await startAgent(host, 'true');
        await ask(host, 'session.kill', { id });
        writeFileSync(join(worktree, 'work.txt'), id);
        return { id, worktree };
      };
      const { length: calls } = await faulty.callsOf(['session', 'remove', (await start()).id]);
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
          await faulty.expectMended(at);
        });
      }
    },
    loopPatience,
  );
});
