// Kills the app, the pty host, or both, with agents at work that do not listen to signals; then nothing of them is left, and nobody else is hurt.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RecoveryReport } from '#shared/domain/recovery-report.ts';
import { usualPlace } from '#shared/domain/spawn.ts';
import { checkHome } from '#main/care/check-home.ts';
import type { Host } from '#main/host/host.ts';
import { carryOut } from '#main/recovery/carry-out.ts';
import { gatherRecoveryFacts } from '#main/recovery/facts.ts';
import { planRecovery } from '#main/recovery/plan.ts';
import { recoverOnce } from '#main/recovery/recover-once.ts';
import { killSession } from '#main/sessions/kill.ts';
import { removeSession } from '#main/sessions/remove.ts';
import { restoreSession } from '#main/sessions/restore/restore-session.ts';
import { runSpawn } from '#main/sessions/spawn/run-spawn.ts';
import { listClaims } from '#main/storage/claims.ts';
import { listSessions } from '#main/storage/sessions.ts';
import { endOf, startLiveHost } from './live-host.ts';
import { readIfThere } from './read-if-there.ts';
import { hostOf } from './fixtures/host-of.ts';
import { createWorld, type World } from './world.ts';

/** Milliseconds that something may take to become true. */
const patience = 30_000;
// Each waits for processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });
/** Of each kind of death; `ATHENE_ALL_FAULTS=1` has seventeen of the three. */
const rounds = process.env['ATHENE_ALL_FAULTS'] === '1' ? 17 : 1;

/** They go on after their terminal has gone, each in its own way. */
const stubborn = {
  'ignores HUP and TERM': `trap '' HUP TERM; exec sleep 600`,
  'leaves a daemon behind': `setsid bash -c "trap '' HUP TERM; exec sleep 600" & exec sleep 600`,
  'forks twice': `(setsid bash -c "trap '' HUP TERM; exec sleep 600" &) ; exec sleep 600`,
};
/** It goes with its terminal. */
const meek = 'exec sleep 600';

let world: World;
let host: Host;
const children: ChildProcess[] = [];

beforeAll(async () => {
  world = createWorld();
  await world.athene('project', 'add', world.repository, '--id', 'api');
  host = await hostOf(world);
}, 60_000);

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const { record } of host.sessions.store.read(listSessions).sessions) {
    await killSession(host.sessions, record.id);
    await removeSession(host.sessions, record.id);
  }
  await host.close();
  await world.close();
}, 120_000);

const commandOf = (pid: number): string => readIfThere(`/proc/${pid}/cmdline`);
/** Agents and what they have started, by the mark in their environment; no host and no view of one. */
const agents = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const environment = `\0${readIfThere(`/proc/${pid}/environ`)}`;
      return environment.includes('\0ATHENE_TERMINAL=') && environment.includes(`\0ATHENE_HOME=${world.home}\0`);
    });
const ptyHosts = () => world.processes().filter((pid) => commandOf(pid).includes('pty-host'));
const alive = (pid: number): boolean =>
  !['', 'Z', 'X'].includes(/\) (\S)/.exec(readIfThere(`/proc/${pid}/stat`))?.[1] ?? '');

/** A second process, as far as rows tell: it has died. */
const dead = () => ({ ...host.sessions.identity, pid: 2 ** 22 + 7, startTime: '1' });

async function start(command: string, issue: string | null = null, by = host.sessions): Promise<string> {
  const request = { request: host.sessions.newId(), project: 'api', agent: 'custom', command, issue, prompt: null };
  const place = { name: null, branch: null, base: null, permissions: 'ask', model: null, ...usualPlace } as const;
  const around = { caller: 'command', owner: { kind: 'project' }, signal: new AbortController().signal } as const;
  const spawned = await runSpawn(by, { ...request, ...place }, around);
  if (!spawned.ok) throw new Error(JSON.stringify(spawned.problem));
  return spawned.value.session;
}

/** Their traps are set: each process of theirs is what it is going to be. */
async function settled(count: number): Promise<void> {
  const words = () => agents().map((pid) => commandOf(pid).split('\0')[0]);
  await expect.poll(words, { timeout: patience }).toEqual(Array.from({ length: count }, () => 'sleep'));
}

const recovering = () => ({
  sessions: host.sessions,
  configuration: host.care.configuration,
  ownTerminal: null,
});

async function recover(asked: { readonly dryRun?: boolean; readonly endMany?: boolean } = {}): Promise<RecoveryReport> {
  const report = await recoverOnce(recovering(), { dryRun: false, endMany: false, project: null, ...asked }, null);
  if (!report.ok) throw new Error(JSON.stringify(report.problem));
  return report.value;
}
const fsck = () => checkHome(host.care, { mend: false, refresh: () => host.watch.refresh() });
const kill = async (id: string): Promise<void> => {
  expect(await killSession(host.sessions, id)).toMatchObject({ ok: true, value: { survivors: [] } });
};

const stateOf = (id: string) => {
  const found = host.sessions.store.read(listSessions).sessions.find(({ record }) => record.id === id);
  return found?.record.lifecycle.session.state;
};
const acts = ({ items }: RecoveryReport) => items.map(({ subject, act, state }) => `${subject} ${act} ${state}`);

async function killPtyHosts(): Promise<void> {
  for (const pid of ptyHosts()) process.kill(pid, 'SIGKILL');
  await expect.poll(() => ptyHosts(), { timeout: patience }).toEqual([]);
}

describe.runIf(process.platform === 'linux')('after an uncontrolled death', () => {
  it('finds nothing to do in a home in which all is well, and says so', async () => {
    const id = await start(meek);
    expect(await recover()).toMatchObject({ held: false, items: [] });
    expect(await world.athene('recover')).toEqual({ code: 0, stdout: 'Nothing to recover.\n', stderr: '' });
    await kill(id);
  });

  it('of the pty host ends whoever nobody can see any more, and no stranger', async () => {
    const ids: string[] = [];
    for (const command of Object.values(stubborn)) ids.push(await start(command));
    const strangers = [
      // It looks like one of ours, and has no mark.
      spawn('/bin/bash', ['-c', stubborn['ignores HUP and TERM']], { cwd: world.repository, stdio: 'ignore' }),
      // It was started for another home.
      spawn('sleep', ['600'], {
        env: { ...world.env, ATHENE_HOME: '/elsewhere', ATHENE_TERMINAL: randomUUID(), ATHENE_SESSION: ids[0] },
      }),
    ];
    children.push(...strangers);
    await settled(5);
    await killPtyHosts();
    await expect.poll(() => agents().length, { timeout: patience }).toBe(3);
    // The pid on record is a stranger's by now.
    pretendPid(ids[2], strangers[0]?.pid ?? 0);
    const before = agents();
    const report = await recover();
    expect(acts(report)).toEqual(ids.map((id) => `${id} reap done`));
    expect(new Set(report.survivors?.map(({ pid }) => pid))).toEqual(new Set(before));
    expect(report.survivors?.every(({ fate }) => fate === 'ended')).toBe(true);
    expect([agents(), strangers.map(({ pid }) => alive(pid ?? 0)), ids.map(stateOf)]).toEqual([
      [],
      [true, true],
      ids.map(() => 'terminated'),
    ]);
    expect(await fsck()).toEqual([]);
    expect(await recover({ dryRun: true })).toMatchObject({ items: [] });
  });

  it('that takes many at once ends none of them until somebody says so', async () => {
    const ids: string[] = [];
    for (const issue of ['11', '12', '13']) ids.push(await start(meek, issue));
    await killPtyHosts();
    await expect.poll(() => agents(), { timeout: patience }).toEqual([]);
    const held = await recover();
    expect([held.held, acts(held)]).toEqual([true, ids.map((id) => `${id} end held`)]);
    expect(ids.map(stateOf)).toEqual(ids.map(() => 'detecting'));
    expect(host.sessions.store.read(listClaims)).toHaveLength(3);
    expect((await fsck()).map(({ kind, state }) => `${kind} ${state}`)).toEqual(
      ids.map(() => 'session-unsettled kept'),
    );
    const ended = await world.athene('recover', '--end-many', '--json');
    expect([ended.code, acts(JSON.parse(ended.stdout) as RecoveryReport)]).toEqual([
      0,
      ids.map((id) => `${id} end done`),
    ]);
    expect(host.sessions.store.read(listClaims)).toEqual([]);
    expect(await restoreSession(host.sessions, ids[0] ?? '')).toMatchObject({ ok: true });
    await kill(ids[0] ?? '');
    expect(await fsck()).toEqual([]);
  });

  it.each(['before', 'after'])('of a spawner %s its agent was started takes back, or finishes', async (when) => {
    const { runtime } = host.sessions;
    const reached = Promise.withResolvers<void>();
    const create: typeof runtime.create = async (spec) => {
      if (when === 'after') await runtime.create(spec);
      reached.resolve();
      return new Promise(() => undefined); // It never comes to its next line.
    };
    const dying = { ...host.sessions, identity: dead(), atWork: new Set<string>(), runtime: { ...runtime, create } };
    void start(meek, '31', dying);
    await reached.promise;
    const [making] = host.sessions.store.read(listSessions).sessions.filter(({ record }) => record.issue?.id === '31');
    const id = making?.record.id ?? '';
    expect([stateOf(id), acts(await recover({ dryRun: true }))]).toEqual(['not_started', [`${id} settle planned`]]);
    expect(acts(await recover())).toEqual([`${id} settle done`]);
    expect([stateOf(id), host.sessions.store.read(listClaims).map(({ session }) => session)]).toEqual(
      when === 'after' ? ['working', [id]] : [undefined, []],
    );
    expect(await fsck()).toEqual([]);
    if (when === 'after') await kill(id);
  });

  it('ends a program without a row once it is old enough, and never one with a name of its own', async () => {
    const spec = { terminal: randomUUID(), argv: ['sleep', '600'] as const, cwd: '/', size: { cols: 80, rows: 24 } };
    const env = { PATH: '/usr/bin:/bin', ATHENE_HOME: world.home };
    const created = await host.sessions.runtime.create({ ...spec, session: 'repo-77', env });
    const own = await host.sessions.runtime.create({ ...spec, terminal: randomUUID(), session: 'web-7', env });
    if (!created.ok || !own.ok) throw new Error('The terminals were not started');
    expect(acts(await recover())).toEqual([`${spec.terminal} reap left`, expect.stringMatching(/ reap left$/)]);
    const facts = await gatherRecoveryFacts(recovering());
    const old = { ...facts, orphans: facts.orphans.map((orphan) => ({ ...orphan, age: 130_000 })) };
    const asked = { project: null, asked: true, endMany: false, seenBefore: new Set<string>() };
    const items = await Promise.all(planRecovery(old, asked).steps.map((step) => carryOut(host.sessions, step)));
    expect(items.map(({ state }) => state).toSorted()).toEqual(['done', 'left']);
    expect([alive(created.value.pid), alive(own.value.pid)]).toEqual([false, true]);
    process.kill(own.value.pid, 'SIGKILL');
    expect((await fsck()).every(({ kind }) => kind === 'transcript-unowned')).toBe(true);
    await checkHome(host.care, { mend: true, refresh: () => host.watch.refresh() });
  });

  it('changes nothing in a dry run', async () => {
    const id = await start(stubborn['ignores HUP and TERM']);
    await settled(1);
    await killPtyHosts();
    const before = [contents(world.home), rows(), agents()];
    const dry = await world.athene('recover', '--dry-run', '--json');
    expect(dry.code).toBe(1);
    expect(acts(JSON.parse(dry.stdout) as RecoveryReport)).toEqual([`${id} reap planned`]);
    expect([contents(world.home), rows(), agents()]).toEqual(before);
    expect(acts(await recover())).toEqual([`${id} reap done`]);
    expect(agents()).toEqual([]);
  });

  const deaths = ['the app', 'the pty host', 'both'].flatMap((death) => Array.from({ length: rounds }, () => death));
  it.each(deaths)('of %s lists every survivor, and leaves none that nobody can see', async (death) => {
    const app = await startLiveHost(world);
    children.push(app);
    const ids = await Promise.all([...Object.values(stubborn), meek].map((command) => start(command)));
    await settled(6);
    const worktrees = contents(join(world.home, 'worktrees'));
    if (death !== 'the pty host') app.kill('SIGKILL');
    if (death !== 'the app') await killPtyHosts();
    const survivors = agents();
    if (death !== 'the pty host') await endOf(app);
    const next = await startLiveHost(world);
    children.push(next);
    const listed = await recover({ dryRun: true });
    expect(survivors.filter(alive).every((pid) => listed.survivors?.some((each) => each.pid === pid))).toBe(true);
    await recover();
    if (death === 'the app') expect(agents().length).toBeGreaterThanOrEqual(ids.length);
    else await expect.poll(() => agents()).toEqual([]);
    expect(contents(join(world.home, 'worktrees'))).toEqual(worktrees);
    for (const id of ids) await kill(id);
    expect(agents()).toEqual([]);
    for (const child of [app, next]) child.kill('SIGTERM');
    await Promise.all([app, next].map(endOf));
    expect(await fsck()).toEqual([]);
  });
});

function terminalOf(id: string | undefined): string {
  const found = host.sessions.store.read(listSessions).sessions.find(({ record }) => record.id === id);
  return found?.record.terminal ?? '';
}

/** As after a time in which the system has given the number to somebody else. */
function pretendPid(id: string | undefined, pid: number): void {
  const file = join(host.sessions.paths.transcriptDirectory(terminalOf(id)), 'terminal.json');
  const record = JSON.parse(readFileSync(file, 'utf8')) as { process: { pid: number } };
  writeFileSync(file, JSON.stringify({ ...record, process: { ...record.process, pid } }));
}

/** Every file with its size and time, but for what opening a home touches: the database's own, locks, the doorbell. */
const contents = (path: string): readonly string[] =>
  (existsSync(path) ? readdirSync(path, { recursive: true, withFileTypes: true }) : [])
    .filter((entry) => entry.isFile() && !/athene\.db|\.lock|doorbell/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`)
    .toSorted();

/** Every row of the database. */
const rows = () =>
  host.sessions.store.read((tx) =>
    tx
      .all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .map(({ name }) => [name, tx.all(`SELECT * FROM ${name}`)]),
  );
