// Kills commands, the server that supervises, and the pty host at random moments of spawns, kills, restores, messages and cleanups.
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '#main/host/host.ts';
import { recoverSpawns } from '#main/sessions/spawn/recover-spawns.ts';
import { FaultCount, randomFrom, seed, wholeRun } from './fault-plan.ts';
import { openFaultWorld, type FaultWorld } from './fixtures/fault-world.ts';
import { readIfThere } from './read-if-there.ts';
import type { World } from './world.ts';

const rounds = Number(process.env['ATHENE_ROUNDS'] ?? (wholeRun ? 200 : 4));
const patience = 60_000 + rounds * 30_000;
const count = new FaultCount('Random kills');
const random = randomFrom(seed);

let faulty: FaultWorld;
let world: World;
let host: Host;
let server: ChildProcess | null = null;

beforeAll(async () => {
  faulty = await openFaultWorld();
  ({ world, host } = faulty);
}, patience);

afterAll(async () => {
  count.print();
  server?.kill('SIGKILL');
  await faulty.close();
}, patience);

const start = (...words: string[]): ChildProcess =>
  spawn(world.command, words, { cwd: world.repository, env: { ...world.env }, stdio: 'ignore' });
const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

const pidOfPtyHost = (): number | null =>
  world.processes().find((pid) => readIfThere(`/proc/${pid}/cmdline`).includes(`--home=${world.home}`)) ?? null;

const issue = '7';
const states = () => new Map(host.listSessions().map(({ id, state }) => [id, state]));
const spawnWords = ['spawn', issue, '--project', 'demo', '--agent', 'custom', '--command', 'cat', '--prompt', 'begin'];

/** What is under way when it strikes, by the sessions that there are. */
function operation(known: readonly string[]): readonly string[] {
  const id = known[random(known.length)] ?? 'repo-1';
  const all = [
    ...[spawnWords, ['session', 'kill', id], ['session', 'restore', id]],
    ...[
      ['send', id, 'a message'],
      ['session', 'cleanup', '--dry-run'],
    ],
  ];
  return all[random(all.length)] ?? spawnWords;
}

describe.runIf(process.platform === 'linux')('kill -9 at any moment', () => {
  it(
    'loses no session, and every one can be had again',
    async () => {
      await world.athene(...spawnWords);
      for (let round = 1; round <= rounds; round += 1) {
        await count.around(async () => {
          if (server === null || server.exitCode !== null || server.signalCode !== null) server = start('serve');
          const before = [...states().keys()];
          const words = operation(before);
          const victim = (['command', 'server', 'pty-host'] as const)[random(3)];
          const at = `round ${round} of ATHENE_SEED=${seed}: ${victim} killed during ${words.join(' ')}`;
          const command = start(...words);
          await delay(random(600));
          const ptyHost = victim === 'pty-host' ? pidOfPtyHost() : null;
          if (victim === 'command') command.kill('SIGKILL');
          else if (victim === 'server') server.kill('SIGKILL');
          else if (ptyHost !== null) process.kill(ptyHost, 'SIGKILL');
          await ended(command);
          if (victim === 'server') await ended(server);
          await recoverSpawns(host.sessions);
          await host.watch.refresh();
          await faulty.expectMended(at);
          expect(
            before.filter((id) => !states().has(id)),
            at,
          ).toEqual([]);
          // At the most one of them has the issue.
          const claims = host.sessions.store.read((tx) => tx.all<{ session: string }>('SELECT session FROM claims'));
          expect(claims.length, at).toBeLessThanOrEqual(1);
          // Stopped for good, and begun again: all of them answer.
          for (const id of states().keys()) expect((await world.athene('session', 'kill', id)).stderr, at).toBe('');
          const last = [...states().keys()].at(-1) ?? '';
          expect((await world.athene('session', 'restore', last)).stderr, at).toBe('');
        });
      }
    },
    patience,
  );
});
