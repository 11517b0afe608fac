// Orchestrators and meta orchestrators on real hosts, with a program that sleeps in the place of the agent.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { Caller, SessionCaller } from '#shared/domain/caller.ts';
import { ledBy } from '#shared/domain/caller.ts';
import { defaultSettings } from '#shared/domain/settings.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { Result } from '#shared/lib/result.ts';
import type { CallName, InputOf, OutputOf } from '#shared/rpc/define-contract.ts';
import type { WireProblem } from '#shared/rpc/protocol.ts';
import { isReapable } from '#shared/domain/recovery.ts';
import { identityOf } from '../lib/process-identity.ts';
import { gatherRecoveryFacts } from '../recovery/facts.ts';
import { createConfigurationReader } from '../projects/configuration-reader.ts';
import { createConfiguration } from '../projects/configuration.ts';
import { planMeta, planOrchestrator, type CoordinatorPlan } from '../sessions/coordinators/coordinator-plan.ts';
import { ensureCoordinator } from '../sessions/coordinators/ensure-coordinator.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { killSession } from '../sessions/kill.ts';
import { removeSession } from '../sessions/remove.ts';
import { restoreSession } from '../sessions/restore/restore-session.ts';
import { changeSession } from '../sessions/session-record.ts';
import { runSpawn } from '../sessions/spawn/run-spawn.ts';
import { beginRequest, deleteRequest } from '../storage/requests.ts';
import { getSession, listSessions } from '../storage/sessions.ts';
import { ask, HostHome } from './fixtures/host-home.ts';
import { spawnIn, spawnInput } from './fixtures/spawn-in.ts';
import type { Host } from './host.ts';

let home: HostHome;
let host: Host;

beforeAll(async () => {
  home = new HostHome();
  host = await home.open(false);
  expect((await ask(host, 'project.addSandbox', {})).ok).toBe(true);
  value(await addMeta('chief'));
}, 60_000);
beforeEach(async () => {
  const { permissionlessCoordinators: _asked, ...usual } = defaultSettings;
  value(await ask(host, 'settings.set', { ...usual, permissionlessCoordinators: true }));
});
afterEach(async () => {
  for (const { id } of records()) {
    value(await ask(host, 'session.kill', { id }));
    value(await ask(host, 'session.remove', { id }));
  }
}, 60_000);
afterAll(() => home.close(), 60_000);

/** As long as it lives, it says so. */
const agent = { agent: 'custom', command: 'echo up; sleep 600' };
const how = { ...agent, allowPermissionless: true };
const start = (on = host, strategy: 'reuse' | 'delete' | 'ignore' | null = null) =>
  ask(on, 'coordinator.start', { project: 'sandbox', strategy, ...how });
const startMeta = (name: string, on = host) => ask(on, 'coordinator.startMeta', { name, ...how });
const addMeta = (name: string, scope: 'all' | { projects: string[] } = 'all') =>
  ask(host, 'coordinator.addMeta', { name, scope, agent: null });

function recordOf(id: string): SessionRecord {
  const stored = host.sessions.store.read((tx) => getSession(tx, id));
  if (stored === null || 'damaged' in stored) throw new Error(`no ${id}`);
  return stored.record;
}
const records = () => host.sessions.store.read(listSessions).sessions.map(({ record }) => record);
const viewOf = (id: string) => host.listSessions().find((each) => each.id === id);
const value = <T>(result: Result<T, WireProblem>): T => {
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.what} ${result.problem.details ?? ''}`);
  return result.value;
};
const codeOf = (result: Result<unknown, WireProblem>) => (result.ok ? 'ok' : result.problem.code);

/** As the agent of that session asks, who has proven it. */
function askAs<N extends CallName<AtheneContract>>(
  id: string,
  name: N,
  input: InputOf<AtheneContract, N>,
): Promise<Result<OutputOf<AtheneContract, N>, WireProblem>> {
  const { kind, project, owner, leads } = recordOf(id);
  const context: SessionCaller = {
    ...{ kind: 'session', session: id, role: kind, project, owner },
    leads: ledBy({ kind, project, leads }),
  };
  const call = host.handlers.calls[name] as (
    input: InputOf<AtheneContract, N>,
    around: { readonly context: Caller; readonly signal: AbortSignal },
  ) => Promise<Result<OutputOf<AtheneContract, N>, WireProblem>>;
  return call(input, { context, signal: new AbortController().signal });
}

describe('the orchestrator of a project', () => {
  it('has a name, a branch and a worktree of its own, and acts without asking', async () => {
    expect(value(await start())).toEqual({ session: 'san-orchestrator', how: 'started' });
    expect(recordOf('san-orchestrator')).toMatchObject({
      ...{ kind: 'orchestrator', project: 'sandbox', number: null, permissions: 'permissionless', depth: 0 },
      ...{ spawnedBy: 'person', owner: { kind: 'project' }, leads: ['sandbox'] },
      workspace: { kind: 'worktree', branch: 'orchestrator/san-orchestrator' },
      lifecycle: { session: { state: 'working', reason: 'task_in_progress' } },
    });
    expect(viewOf('san-orchestrator')).toMatchObject({ kind: 'orchestrator', leads: ['sandbox'] });
  });

  it('is found when it runs, and started again with its kind when it has ended', async () => {
    await start();
    expect(value(await start())).toMatchObject({ how: 'found' });
    const { terminal, createdAt } = recordOf('san-orchestrator');
    value(await ask(host, 'session.kill', { id: 'san-orchestrator' }));
    expect(value(await start())).toMatchObject({ how: 'restored' });
    const again = recordOf('san-orchestrator');
    expect(again).toMatchObject({ kind: 'orchestrator', permissions: 'permissionless', leads: ['sandbox'], createdAt });
    expect(again.terminal).not.toBe(terminal);
  });

  it.each(['delete', 'ignore'] as const)(
    'that runs is replaced by the strategy "%s", and what it had not committed is put aside',
    async (strategy) => {
      await start();
      const before = recordOf('san-orchestrator');
      writeFileSync(join(before.workspace?.path ?? '', 'plan.md'), 'a plan');
      expect(value(await start(host, strategy))).toMatchObject({ how: 'started' });
      const after = recordOf('san-orchestrator');
      expect(after.createdAt).toBeGreaterThan(before.createdAt);
      expect(after.workspace).toMatchObject({ branch: 'orchestrator/san-orchestrator' });
      expect(existsSync(join(after.workspace?.path ?? '', 'plan.md'))).toBe(false);
      const rescues = value(await ask(host, 'rescue.list', { project: 'sandbox', session: null }));
      expect(rescues.map(({ session }) => session)).toContain('san-orchestrator');
    },
  );

  it('that is relaunched begins anew, with the command of the last one where nobody says another', async () => {
    await start();
    const before = recordOf('san-orchestrator');
    const wish = { agent: null, command: null, allowPermissionless: false };
    expect(value(await ask(host, 'coordinator.relaunch', { id: 'san-orchestrator', ...wish }))).toMatchObject({
      how: 'started',
    });
    const after = recordOf('san-orchestrator');
    expect(after).toMatchObject({ agent: 'custom', command: agent.command });
    expect(after.createdAt).toBeGreaterThan(before.createdAt);
  });

  it('that is being started is relaunched once it is there, and many relaunches at once are one', async () => {
    const wish = { id: 'san-orchestrator', ...how };
    const starting = start();
    const relaunches = [0, 1, 2].map(() => ask(host, 'coordinator.relaunch', wish));
    expect(value(await starting)).toMatchObject({ how: 'started' });
    const { terminal } = recordOf('san-orchestrator');
    expect((await Promise.all(relaunches)).map((answer) => value(answer).how)).toEqual([
      'started',
      'started',
      'started',
    ]);
    expect(recordOf('san-orchestrator').terminal).not.toBe(terminal);
    const live = value(await host.sessions.runtime.running());
    expect(live.map(({ session }) => session)).toEqual(['san-orchestrator']);
  });

  it('that is done is not started again by itself', async () => {
    await start();
    value(await ask(host, 'session.kill', { id: 'san-orchestrator' }));
    await changeSession(host.sessions, 'test', 'san-orchestrator', (record) => ({
      ...record,
      lifecycle: { ...record.lifecycle, session: { ...record.lifecycle.session, state: 'done' } },
    }));
    expect(codeOf(await start())).toBe('coordinator-over');
  });

  it('needs the consent of the person once, for all of them, and no more when it is taken back', async () => {
    const without = { project: 'sandbox', strategy: null, ...agent, allowPermissionless: false };
    value(await ask(host, 'settings.set', { permissionlessCoordinators: false }));
    expect(codeOf(await ask(host, 'coordinator.start', without))).toBe('consent-needed');
    expect(records()).toEqual([]);
    value(await start());
    expect(value(await ask(host, 'settings.get', {})).permissionlessCoordinators).toBe(true);
    expect(value(await ask(host, 'coordinator.start', without))).toMatchObject({ how: 'found' });
    value(await ask(host, 'settings.set', { permissionlessCoordinators: false }));
    expect(codeOf(await ask(host, 'coordinator.start', without))).toBe('consent-needed');
  });
});

it('one that config.yaml makes ask needs no consent, and asks', async () => {
  value(await ask(host, 'settings.set', { permissionlessCoordinators: false }));
  const without = { ...agent, allowPermissionless: false };
  const startAsking = () => ask(host, 'coordinator.start', { project: 'sandbox', strategy: null, ...without });
  expect(codeOf(await startAsking())).toBe('consent-needed');
  const key = 'projects.sandbox.orchestrator.agentConfig.permissions';
  value(await ask(host, 'config.set', { key, value: 'ask' }));
  expect(value(await startAsking())).toMatchObject({ how: 'started' });
  expect(recordOf('san-orchestrator').permissions).toBe('ask');
  const { coordinators } = value(await ask(host, 'coordinator.list', {}));
  expect(coordinators.map(({ id, asks }) => [id, asks])).toContainEqual(['san-orchestrator', true]);
  expect(coordinators.map(({ id, asks }) => [id, asks])).toContainEqual(['chief', false]);
  // Meta orchestrators are of no project.
  expect(codeOf(await ask(host, 'coordinator.startMeta', { name: 'chief', ...without }))).toBe('consent-needed');
  value(await ask(host, 'session.kill', { id: 'san-orchestrator' }));
  expect(value(await startAsking())).toMatchObject({ how: 'restored' });
  expect(recordOf('san-orchestrator').permissions).toBe('ask');
  // Whoever is made without it from now on acts without asking, for which nobody has agreed.
  value(await ask(host, 'config.set', { key, value: null }));
  expect(codeOf(await ask(host, 'coordinator.relaunch', { id: 'san-orchestrator', ...without }))).toBe(
    'consent-needed',
  );
  expect(value(await ask(host, 'settings.get', {})).permissionlessCoordinators).toBe(false);
});

/** As one more process would, which shares no answer with others of this one. */
async function ensureMeta(sessions = host.sessions) {
  return ensure(value(planMeta(configurationOf(sessions), 'chief', agent)), sessions);
}

const configurationOf = ({ paths, git }: SessionDependencies) =>
  createConfiguration({
    reader: createConfigurationReader(paths),
    ...{ paths, git, liveSessions: () => [] },
    ...{ changed: async () => undefined, settingsChanged: async () => undefined },
  });

async function ensure(plan: CoordinatorPlan, sessions: SessionDependencies) {
  const owner = { kind: 'project' } as const;
  const signal = new AbortController().signal;
  return ensureCoordinator(
    {
      sessions,
      make: (order) => runSpawn(sessions, order, { caller: 'command', owner, signal }),
      restore: (id) => restoreSession(sessions, id),
      refresh: () => host.watch.refresh(),
    },
    { plan, by: 'person', anew: false },
  );
}

describe('many who start one at once', () => {
  const runningNow = async () =>
    value(await host.sessions.runtime.running())
      .map(({ session }: { readonly session: string }) => session)
      .toSorted();

  it('get one: fifty of this process, who share the answer or each look for themselves', async () => {
    const fifty = Array.from({ length: 50 });
    const sharing = await Promise.all(fifty.map(() => start()));
    const looking = await Promise.all(fifty.map(() => ensureMeta()));
    expect(new Set(sharing.map((answer) => value(answer).session))).toEqual(new Set(['san-orchestrator']));
    expect(looking.filter((answer) => value(answer).how === 'started')).toHaveLength(1);
    expect(await runningNow()).toEqual(['chief', 'san-orchestrator']);
    expect(records().map(({ id }) => id)).toEqual(['san-orchestrator', 'chief']);
  }, 60_000);

  it('get one when it had ended before', async () => {
    value(await start());
    value(await ask(host, 'session.kill', { id: 'san-orchestrator' }));
    value(await ensureMeta());
    value(await ask(host, 'session.kill', { id: 'chief' }));
    const again = await Promise.all([start(), ensureMeta(), ensureMeta(), start(), ensureMeta()]);
    expect(again.map(codeOf)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(await runningNow()).toEqual(['chief', 'san-orchestrator']);
  }, 60_000);
});

describe('a meta orchestrator', () => {
  beforeEach(() => addMeta('chief'));

  it('works in a directory without git, under a project that is none, and is seen as every session is', async () => {
    expect(value(await startMeta('chief'))).toEqual({ session: 'chief', how: 'started' });
    const record = recordOf('chief');
    expect(record).toMatchObject({
      ...{ kind: 'meta-orchestrator', project: '_meta', prefix: 'chief', number: null, name: 'chief (meta)' },
      ...{ permissions: 'permissionless', leads: ['sandbox'] },
      workspace: { kind: 'scratch', branch: null },
    });
    const path = record.workspace?.path ?? '';
    expect(existsSync(path)).toBe(true);
    expect(existsSync(join(path, '.git'))).toBe(false);
    expect(viewOf('chief')).toMatchObject({ project: '_meta', state: 'working', workspace: 'scratch' });
    expect(value(await ask(host, 'system.fsck', { repair: false })).findings).toEqual([]);
    expect(codeOf(await ask(host, 'session.removalPreview', { id: 'chief' }))).toBe('ok');
    expect(codeOf(await ask(host, 'session.explain', { id: 'chief' }))).toBe('ok');
    const events = value(await ask(host, 'event.list', { ...anyEvent, project: '_meta' }));
    expect(events.events.map(({ session }) => session)).toContain('chief');
    expect(value(await ask(host, 'session.cleanup', { project: null, dryRun: false }))).toMatchObject({ killed: [] });
  });

  it('that is not configured is unknown, and so is one whose name a worker has', async () => {
    expect(codeOf(await startMeta('other'))).toBe('meta-unknown');
    const worker = await spawnIn(host);
    value(await addMeta(worker));
    expect(codeOf(await startMeta(worker))).toBe('session-exists');
  });

  it('may be called as a worker would be: that gets the next number', async () => {
    const [, next = 0] = /-(\d+)$/.exec(await spawnIn(host)) ?? [];
    const [taken, free] = [`san-${Number(next) + 1}`, `san-${Number(next) + 2}`];
    value(await addMeta(taken));
    value(await startMeta(taken));
    expect(await spawnIn(host)).toBe(free);
  });

  it('that has ended begins anew with what its directory holds, and another scope', async () => {
    value(await startMeta('chief'));
    const before = recordOf('chief');
    const notes = join(before.workspace?.path ?? '', 'notes.md');
    writeFileSync(notes, 'what I know');
    value(await ask(host, 'session.kill', { id: 'chief' }));
    value(await addMeta('chief', { projects: ['sandbox'] }));
    expect(value(await startMeta('chief'))).toMatchObject({ how: 'started' });
    expect(recordOf('chief').createdAt).toBeGreaterThan(before.createdAt);
    expect(readFileSync(notes, 'utf8')).toBe('what I know');
    expect(records()).toHaveLength(1);
  });

  it('is never ended for a stray, under whatever name, whether it is on record or not', async () => {
    value(await addMeta('san-77'));
    value(await startMeta('chief'));
    const { coordinators } = await gatherRecoveryFacts({ ...host.care, sessions: host.sessions });
    expect([...coordinators]).toEqual(expect.arrayContaining(['chief', 'san-77']));
    expect(isReapable('san-77', { prefixes: ['san'], coordinators })).toBe(false);
    expect(isReapable('san-78', { prefixes: ['san'], coordinators })).toBe(true);
  });

  it('leads what its scope was when it was started, whatever config.yaml says since', async () => {
    value(await addMeta('chief', { projects: ['sandbox'] }));
    value(await startMeta('chief'));
    value(await ask(host, 'coordinator.removeMeta', { name: 'chief' }));
    expect(recordOf('chief').leads).toEqual(['sandbox']);
    expect(codeOf(await startMeta('chief'))).toBe('meta-unknown');
    const { coordinators } = value(await ask(host, 'coordinator.list', {}));
    expect(coordinators.find(({ id }) => id === 'chief')).toMatchObject({ configured: false, leads: ['sandbox'] });
  });

  it('that somebody else is making and does not finish is not made twice: in the end it is refused', async () => {
    value(await startMeta('chief'));
    await changeSession(host.sessions, 'test', 'chief', (record) => ({
      ...record,
      lifecycle: { ...record.lifecycle, session: { ...record.lifecycle.session, state: 'not_started' } },
    }));
    // Each look takes two minutes.
    let looks = 0;
    const answer = await ensureMeta({ ...host.sessions, now: () => host.sessions.now() + 120_000 * looks++ });
    expect(answer).toMatchObject({
      ok: false,
      problem: {
        code: 'coordinator-busy',
        what: 'chief is already being created, and that does not come to an end.',
      },
    });
    expect(records().map(({ id }) => id)).toEqual(['chief']);
    await changeSession(host.sessions, 'test', 'chief', (record) => ({
      ...record,
      lifecycle: { ...record.lifecycle, session: { ...record.lifecycle.session, state: 'working' } },
    }));
  });

  it('of which nobody can tell whether it lives counts as alive', async () => {
    value(await startMeta('chief'));
    const { terminal } = recordOf('chief');
    const runtime = { ...host.sessions.runtime, probe: async () => ({ kind: 'unknown', why: 'silent' }) as const };
    const found = await ensureMeta({ ...host.sessions, runtime });
    expect(found).toEqual({ ok: true, value: { session: 'chief', how: 'found' } });
    expect(recordOf('chief').terminal).toBe(terminal);
  });

  it('whose process is gone without a trace on record is replaced', async () => {
    value(await startMeta('chief'));
    const { terminal, createdAt } = recordOf('chief');
    // Behind the back of the record, as a crash would.
    await host.sessions.runtime.kill(terminal ?? '');
    expect(value(await startMeta('chief'))).toMatchObject({ how: 'started' });
    expect(recordOf('chief').createdAt).toBeGreaterThan(createdAt);
  });
});

describe('a name that comes again', () => {
  const names = ['chief', 'san-orchestrator'] as const;
  const startOne = (name: (typeof names)[number]) => (name === 'chief' ? startMeta(name) : start());
  /** The last one goes, and another takes its name. */
  const planAnew = (name: (typeof names)[number]) =>
    name === 'chief'
      ? planMeta(configurationOf(host.sessions), name, agent)
      : planOrchestrator(configurationOf(host.sessions), 'sandbox', { strategy: 'delete', ...agent });
  const filesOf = (id: string) => [recordOf(id).workspace?.path ?? '', host.sessions.paths.sessionDirectory(id)];

  it.each(names)('is not given to the next %s before a removal of the last one has come to its end', async (name) => {
    value(await startOne(name));
    value(await ask(host, 'session.kill', { id: name }));
    const last = recordOf(name);
    const barrier = new Barrier();
    const hooks = { ...host.sessions.hooks, withdrawTrust: () => barrier.pass() };
    const removal = removeSession({ ...host.sessions, hooks }, name);
    await barrier.reached;
    expect(await removeSession(host.sessions, name)).toMatchObject({ ok: false, problem: { code: 'removal-running' } });
    expect(codeOf(await ask(host, 'session.restore', { id: name }))).toBe('session-running');

    // It looks again and again: by the second time it was refused once.
    const looks = new Barrier();
    let taken = 0;
    const store = during(host.sessions.store, async (write) => {
      if (write === 'session: replace alone' && ++taken === 2) void looks.pass();
    });
    const next = ensure(value(planAnew(name)), { ...host.sessions, store });
    await Promise.race([looks.reached, next]);
    barrier.open();
    expect(await removal).toMatchObject({ ok: true });
    expect(value(await next)).toEqual({ session: name, how: 'started' });
    expect(recordOf(name).createdAt).toBeGreaterThan(last.createdAt);
    expect(filesOf(name).map((path) => [path, existsSync(path)])).toEqual(filesOf(name).map((path) => [path, true]));
    expect(await host.sessions.runtime.probe(recordOf(name).terminal ?? '')).toMatchObject({ kind: 'alive' });
  });

  it('is not ended by a stop that was meant for the one before it', async () => {
    value(await startMeta('chief'));
    const barrier = new Barrier();
    const store = during(host.sessions.store, async (write) => {
      if (write === 'session: kill requested') await barrier.pass();
    });
    const stop = killSession({ ...host.sessions, store }, 'chief', 'person');
    await barrier.reached;
    value(await ask(host, 'coordinator.relaunch', { id: 'chief', ...how }));
    barrier.open();
    expect(await stop).toEqual({ ok: true, value: { alreadyEnded: true, survivors: [] } });
    expect(recordOf('chief').lifecycle.session.state).toBe('working');
    expect(await host.sessions.runtime.probe(recordOf('chief').terminal ?? '')).toMatchObject({ kind: 'alive' });
  });

  it('is not waited for where the process that removes the last one stands still', async () => {
    value(await startMeta('chief'));
    value(await ask(host, 'session.kill', { id: 'chief' }));
    const other = spawn('sleep', ['600']);
    await once(other, 'spawn');
    const owner = identityOf(other.pid ?? 0);
    const row = { id: 'remove:chief', kind: 'remove', input: { session: 'chief' }, owner };
    await host.sessions.store.write('test: remover', (tx) => beginRequest(tx, row));
    const refused = async () => {
      const removed = await removeSession(host.sessions, 'chief');
      return removed.ok ? null : [removed.problem.code, removed.problem.what];
    };
    const by = `chief is being removed by process ${other.pid}`;
    expect(await refused()).toEqual(['removal-running', `chief is being removed just now, by process ${other.pid}.`]);
    other.kill('SIGSTOP');
    await expect.poll(refused).toEqual(['cannot-tell', `${by}, which stands still.`]);
    expect(await startMeta('chief')).toMatchObject({ ok: false, problem: { what: `${by}, which stands still.` } });
    other.kill('SIGKILL');
    await once(other, 'exit');
    expect(value(await startMeta('chief'))).toMatchObject({ how: 'started' });
  });

  it('is held by a remover of which nobody can tell, until the person says that it has ended', async () => {
    value(await startMeta('chief'));
    value(await ask(host, 'session.kill', { id: 'chief' }));
    const { identity, store } = host.sessions;
    // Of another container on this machine.
    const far = { ...identity, pid: 1, bootId: `${identity.bootId.split('@')[0]}@elsewhere` };
    const row = { id: 'remove:chief', kind: 'remove', input: { session: 'chief' }, owner: far };
    await store.write('test: far remover', (tx) => beginRequest(tx, row));
    const remove = (takeOver: boolean) => ask(host, 'session.remove', { id: 'chief', takeOver });
    expect(await remove(false)).toMatchObject({
      problem: { code: 'cannot-tell', what: 'Nobody can tell whether process 1 still removes chief.' },
    });
    expect(codeOf(await ask(host, 'session.restore', { id: 'chief' }))).toBe('session-running');
    expect(codeOf(await remove(true))).toBe('ok');
    // One that lives is robbed by nobody.
    value(await startMeta('chief'));
    value(await ask(host, 'session.kill', { id: 'chief' }));
    const near = { ...row, owner: identityOf(process.ppid) };
    await store.write('test: near remover', (tx) => beginRequest(tx, near));
    expect(codeOf(await remove(true))).toBe('removal-running');
    await store.write('test: over', (tx) => deleteRequest(tx, row.id));
  });

  it('is free again when whoever removed the last one died in the middle', async () => {
    value(await startMeta('chief'));
    value(await ask(host, 'session.kill', { id: 'chief' }));
    const dead = { ...host.sessions.identity, startTime: '1' };
    const row = { id: 'remove:chief', kind: 'remove', input: { session: 'chief' }, owner: dead };
    await host.sessions.store.write('test: dead remover', (tx) => beginRequest(tx, row));
    expect(value(await ask(host, 'system.fsck', { repair: false })).findings).toEqual([]);
    expect(value(await startMeta('chief'))).toMatchObject({ how: 'started' });
  });
});

/** Where a test holds something up. */
class Barrier {
  readonly #reached = Promise.withResolvers<undefined>();
  readonly #opened = Promise.withResolvers<undefined>();
  readonly reached = this.#reached.promise;

  pass(): Promise<undefined> {
    this.#reached.resolve(undefined);
    return this.#opened.promise;
  }

  open(): void {
    this.#opened.resolve(undefined);
  }
}

/** The same store, that hears of each write before it is done. */
function during(store: SessionDependencies['store'], hear: (name: string) => Promise<void>) {
  const write: typeof store.write = async (name, work) => {
    await hear(name);
    return store.write(name, work);
  };
  return Object.assign(Object.create(store) as typeof store, { read: store.read.bind(store), write });
}

const anyEvent = {
  session: null,
  kinds: [],
  sources: [],
  priorities: [],
  since: null,
  search: null,
  before: null,
  after: null,
  limit: 100,
};

describe('sessions that a coordinator has made', () => {
  it('bear its name, and stand below it; a meta orchestrator owns them, and they are seen in their project', async () => {
    value(await start());
    value(await startMeta('chief'));
    const mine = value(await askAs('san-orchestrator', 'session.spawn', spawnInput({ issue: '7' })));
    const meta = value(await askAs('chief', 'session.spawn', spawnInput({ issue: '8' })));
    expect([recordOf(mine.session), recordOf(meta.session)]).toMatchObject([
      { owner: { kind: 'project' }, spawnedBy: 'san-orchestrator', depth: 1, project: 'sandbox' },
      { owner: { kind: 'meta', name: 'chief' }, spawnedBy: 'chief', depth: 1, project: 'sandbox' },
    ]);
    const { coordinators } = value(await ask(host, 'coordinator.list', {}));
    expect(
      coordinators.filter(({ session }) => session !== null).map(({ id, workers, peers }) => [id, workers, peers]),
    ).toEqual([
      ['chief', [meta.session], [mine.session]],
      ['san-orchestrator', [mine.session], [meta.session]],
    ]);
    const refused = await askAs('san-orchestrator', 'session.spawn', spawnInput({ issue: '#8' }));
    expect(refused.ok ? '' : refused.problem.what).toBe(
      `SPAWN REFUSED: ${meta.session} already owns 8 (owner=meta, status=working)`,
    );
    const again = await askAs('chief', 'session.spawn', spawnInput({ issue: '7' }));
    expect(again.ok ? '' : again.problem.what).toBe(
      `SPAWN REFUSED: ${mine.session} already owns 7 (owner=project, status=working)`,
    );
    expect(codeOf(await askAs('san-orchestrator', 'session.kill', { id: meta.session }))).toBe('not-allowed');
    expect(codeOf(await askAs('chief', 'session.kill', { id: mine.session }))).toBe('not-allowed');
    expect(codeOf(await askAs('chief', 'session.kill', { id: meta.session }))).toBe('ok');
  });

  it('are refused outside of its scope', async () => {
    value(await addMeta('narrow', { projects: ['sandbox'] }));
    value(await startMeta('narrow'));
    const refused = await askAs('narrow', 'session.spawn', spawnInput({ project: 'elsewhere' }));
    expect(refused).toMatchObject({ ok: false, problem: { code: 'not-allowed' } });
  });

  it('are as many, as fast and as deep as the settings allow; each refusal says what, how many, and how to raise it', async () => {
    value(await start());
    value(await ask(host, 'settings.set', { coordinatorWorkers: 1, coordinatorSpawnsPerHour: 2 }));
    const spawn = () => askAs('san-orchestrator', 'session.spawn', spawnInput());
    const first = value(await spawn());
    const many = await spawn();
    expect(many).toMatchObject({
      ok: false,
      problem: {
        code: 'limit-reached',
        what: 'san-orchestrator has 1 live workers, and may have 1.',
        todo: expect.stringContaining('settings.coordinatorWorkers'),
      },
    });
    // Restoring counts as well.
    value(await askAs('san-orchestrator', 'session.kill', { id: first.session }));
    const second = value(await spawn());
    expect(codeOf(await askAs('san-orchestrator', 'session.restore', { id: first.session }))).toBe('limit-reached');
    value(await ask(host, 'session.kill', { id: second.session }));
    const fast = await spawn();
    expect(fast).toMatchObject({ ok: false, problem: { todo: expect.stringContaining('coordinatorSpawnsPerHour') } });
    expect(await spawnIn(host)).toMatch(/^san-/);
    const { events } = value(await ask(host, 'event.list', { ...anyEvent, project: null, kinds: ['coordinator.'] }));
    // The newest come first; those before them are of other tests.
    const told = events.slice(0, 2).toReversed();
    expect(told.map(({ session, kind, text }) => [session, kind, text])).toEqual([
      ['san-orchestrator', 'coordinator.spawn_refused', 'san-orchestrator has 1 live workers, and may have 1.'],
      ['san-orchestrator', 'coordinator.spawn_refused', expect.stringContaining('within an hour')],
    ]);
  });

  it('are none while the person has paused it', async () => {
    value(await start());
    value(await ask(host, 'coordinator.pause', { id: 'san-orchestrator', on: true }));
    const refused = await askAs('san-orchestrator', 'session.spawn', spawnInput());
    expect(refused).toMatchObject({ ok: false, problem: { code: 'spawns-paused' } });
    expect(viewOf('san-orchestrator')?.spawningPaused).toBe(true);
    value(await ask(host, 'coordinator.pause', { id: 'san-orchestrator', on: false }));
    expect(codeOf(await askAs('san-orchestrator', 'session.spawn', spawnInput()))).toBe('ok');
  });

  it('end with it when the person says so, and go on else', async () => {
    value(await start());
    const { session } = value(await askAs('san-orchestrator', 'session.spawn', spawnInput()));
    const id = 'san-orchestrator';
    expect(value(await ask(host, 'coordinator.stop', { id, withWorkers: false }))).toEqual({
      stopped: [id],
      failed: [],
    });
    expect(recordOf(session).lifecycle.session.state).toBe('working');
    value(await start());
    expect(value(await ask(host, 'coordinator.stop', { id, withWorkers: true })).stopped).toEqual([id, session]);
    expect(codeOf(await ask(host, 'coordinator.stop', { id: session, withWorkers: false }))).toBe('not-a-coordinator');
  });
});

describe('a meta orchestrator and an orchestrator', () => {
  it('stand two levels deep, and no deeper', async () => {
    value(await startMeta('chief'));
    const wish = { project: 'sandbox', strategy: null, ...agent, allowPermissionless: false };
    expect(value(await askAs('chief', 'coordinator.start', wish))).toMatchObject({ how: 'started' });
    expect(recordOf('san-orchestrator')).toMatchObject({
      spawnedBy: 'chief',
      depth: 1,
      owner: { kind: 'project' },
    });
    const worker = value(await askAs('san-orchestrator', 'session.spawn', spawnInput()));
    expect(recordOf(worker.session).depth).toBe(2);
    value(await ask(host, 'session.kill', { id: 'san-orchestrator' }));
    value(await ask(host, 'session.remove', { id: 'san-orchestrator' }));
    value(await ask(host, 'settings.set', { metaOrchestratorDepth: 1 }));
    const refused = await askAs('chief', 'coordinator.start', wish);
    expect(refused).toMatchObject({ ok: false, problem: { todo: expect.stringContaining('metaOrchestratorDepth') } });
  });

  it('do not count among the agents that may run', async () => {
    value(await ask(host, 'settings.set', { maximalAgents: 1 }));
    value(await start());
    const placed = value(await ask(host, 'session.enqueue', spawnInput()));
    expect(placed.place).toBeNull();
  });
});
