// Two processes on one home, one of them in the middle of something: nobody ends up with a wrong record, and no issue with two owners.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '#main/host/host.ts';
import { identityOf } from '#main/lib/process-identity.ts';
import type { SessionDependencies } from '#main/sessions/dependencies.ts';
import { killSession } from '#main/sessions/kill.ts';
import { removeSession } from '#main/sessions/remove.ts';
import { runSpawn } from '#main/sessions/spawn/run-spawn.ts';
import { listClaims } from '#main/storage/claims.ts';
import { listSessions } from '#main/storage/sessions.ts';
import { usualPlace, type SpawnInput } from '#shared/domain/spawn.ts';
import { readIfThere } from './read-if-there.ts';
import { hostOf } from './fixtures/host-of.ts';
import { createWorld, type World } from './world.ts';

/** Milliseconds that something may take to become true. */
const patience = 30_000;

let world: World;
let server: Host;
let command: Host;

beforeAll(async () => {
  world = createWorld();
  await world.athene('project', 'add', world.repository, '--id', 'api');
  [server, command] = [await hostOf(world, true), await hostOf(world)];
}, 60_000);

afterAll(async () => {
  await command.close();
  await server.close();
  await world.close();
}, 60_000);

const inputOf = (host: Host, over: Partial<SpawnInput> = {}): SpawnInput => ({
  ...{
    request: host.sessions.newId(),
    project: 'api',
    agent: 'custom',
    command: 'sleep 600',
    prompt: null,
    issue: null,
  },
  ...{ name: null, branch: null, base: null, permissions: 'ask', model: null },
  ...usualPlace,
  ...over,
});

const asPerson = { caller: 'command', owner: { kind: 'project' } } as const;

/** Spawns with pieces of the host replaced, as another process (this test's parent, for one that lives) that is slow there. */
const spawnWith = (host: Host, pieces: Partial<SessionDependencies>, input: SpawnInput) =>
  runSpawn({ ...host.sessions, identity: identityOf(process.ppid) ?? host.sessions.identity, ...pieces }, input, {
    ...asPerson,
    signal: new AbortController().signal,
  });

const sessionsOf = (host: Host) => host.sessions.store.read(listSessions).sessions.map(({ record }) => record);
const stateOf = (host: Host, id: string) => host.listSessions().find((each) => each.id === id)?.state;

async function spawned(host: Host, over: Partial<SpawnInput> = {}): Promise<string> {
  const outcome = await runSpawn(host.sessions, inputOf(host, over), {
    ...asPerson,
    signal: new AbortController().signal,
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value.session;
}

describe('a session that one process makes', () => {
  it('and another stops in the middle is taken back, and never has an owner less than its process', async () => {
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const { workspaces } = command.sessions;
    const slow: SessionDependencies['workspaces'] = {
      ...workspaces,
      create: async (...args) => {
        reached.resolve();
        await gate.promise;
        return workspaces.create(...args);
      },
    };
    const spawning = spawnWith(command, { workspaces: slow }, inputOf(command, { issue: '71' }));
    await reached.promise;
    const [record] = sessionsOf(server).filter(({ issue }) => issue?.id === '71');
    const killing = killSession(server.sessions, record?.id ?? '');
    await delay(100);
    gate.resolve();
    const [outcome, killed] = await Promise.all([spawning, killing]);
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'spawn-cancelled' } });
    expect(killed).toMatchObject({ ok: true });
    expect(sessionsOf(server).filter(({ issue }) => issue?.id === '71')).toEqual([]);
    expect(server.sessions.store.read(listClaims)).toEqual([]);
  });

  it('and whose agent ends before it is done is shown as ended by a server that only listens', async () => {
    const { runtime } = command.sessions;
    const slow: SessionDependencies['runtime'] = Object.assign(Object.create(runtime), {
      create: async (...args: Parameters<typeof runtime.create>) => {
        const made = await runtime.create(...args);
        await expect
          .poll(() => server.watch.facts(args[0].terminal), { timeout: patience })
          .toMatchObject({ exit: { code: 3 } });
        await delay(200);
        return made;
      },
    });
    const outcome = await spawnWith(
      command,
      { runtime: bound(slow, runtime) },
      inputOf(command, { command: 'exit 3', issue: '72' }),
    );
    if (!outcome.ok) throw new Error(outcome.problem.what);
    await expect.poll(() => stateOf(server, outcome.value.session), { timeout: patience }).toBe('crashed');
    expect(server.sessions.store.read(listClaims)).toEqual([]);
  });
});

/** Methods of a class that has private fields, called on the real one but for those replaced. */
function bound<T extends object>(over: T, real: T): T {
  return new Proxy(real, {
    get(target, name) {
      const own = Object.hasOwn(over, name) ? Reflect.get(over, name) : Reflect.get(target, name, target);
      return typeof own === 'function' && !Object.hasOwn(over, name) ? own.bind(target) : own;
    },
  });
}

describe('a session that has ended by itself', () => {
  it.runIf(process.platform === 'linux')('and left processes behind has none after a kill', async () => {
    const pids = join(world.home, '..', 'left-pids');
    const id = await spawned(server, { command: `setsid sleep 611 & echo $! > '${pids}'; sleep 0.5` });
    await expect.poll(() => stateOf(server, id), { timeout: patience }).toBe('done');
    expect(existsSync(pids)).toBe(true);
    const ours = () => world.processes().filter((pid) => commandOf(pid).includes('sleep\u0000611'));
    expect(ours()).toHaveLength(1);
    expect(await killSession(command.sessions, id)).toMatchObject({ ok: true, value: { alreadyEnded: true } });
    expect(ours()).toEqual([]);
  });
});

const commandOf = (pid: number): string => readIfThere(`/proc/${pid}/cmdline`);

describe('a pty host that dies', () => {
  it.runIf(process.platform === 'linux')('takes its sessions along: lost, then stopped and removed', async () => {
    const id = await spawned(server, { command: "trap '' HUP; sleep 3; exec sleep 1", issue: '73' });
    const host = world.processes().find((pid) => commandOf(pid).includes('pty-host'));
    process.kill(host ?? 0, 'SIGKILL');
    await expect.poll(() => stateOf(server, id), { timeout: patience }).toBe('lost');
    expect(server.sessions.store.read(listClaims).map(({ session }) => session)).toEqual([id]);
    expect(await killSession(server.sessions, id)).toMatchObject({ ok: true, value: { survivors: [] } });
    expect(await removeSession(server.sessions, id)).toMatchObject({ ok: true });
    expect(stateOf(server, id)).toBeUndefined();
  });
});
