// Ends every process of a session. Its worktree and branch are none of this file's business.
import { setTimeout as delay } from 'node:timers/promises';
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { Doer } from '#shared/domain/caller.ts';
import { notFrozen } from '#shared/domain/frozen.ts';
import { isSpawnTerminal, withKilled, withKillRequested, withKillWithdrawn } from '#shared/domain/lifecycle.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import type { KillReport } from '#shared/domain/terminal-status.ts';
import { getSession } from '../storage/sessions.ts';
import { listTerminals, updateTerminal, type TerminalRow } from '../storage/terminals.ts';
import { leaveLineOf, readLine } from '../storage/waiting-line.ts';
import type { SessionDependencies } from './dependencies.ts';
import { changeSession, findSession } from './session-record.ts';
import { recoverSpawns } from './spawn/recover-spawns.ts';

type KillProblem = Problem<CodeOf<AtheneContract, 'session.kill'>>;

export interface Killed {
  readonly alreadyEnded: boolean;
  /** Pids that could not be ended; the session is not called stopped while there are any. */
  readonly survivors: readonly number[];
}

/**
 * Resolves when the process tree is gone, or when it is known what could not be ended.
 * @param by null: Athene itself
 */
export async function killSession(
  dependencies: SessionDependencies,
  id: string,
  by: Doer | null = null,
): Promise<Result<Killed, KillProblem>> {
  const found = findSession(dependencies, id);
  if (!found.ok) return found;
  const seen = found.value;
  if (isSpawnTerminal(seen.lifecycle)) return endLeftBehind(dependencies, seen);
  const change = (name: string, to: Parameters<typeof changeSession>[3]) =>
    changeSession(dependencies, name, id, (record, now) => (isStill(record, seen) ? to(record, now) : record));
  const marked = await change('kill requested', requested(by));
  if (marked !== null && marked.createdAt !== seen.createdAt) return ok({ alreadyEnded: true, survivors: [] });
  if (marked?.lifecycle.session.state === 'not_started') return endSpawn(dependencies, marked, by);
  // Its agent has just begun, or begun again.
  if (marked !== null && !isStill(marked, seen)) return killSession(dependencies, id, by);
  const ended = await endTerminals(dependencies, seen);
  if (!ended.ok) {
    await change('kill withdrawn', withdrawn);
    return ended;
  }
  if (ended.value.survivors.length > 0) {
    // Whatever could not be ended was continued, so that it could be told to end.
    await change('kill: survivors', (record) => ({ ...record, ...notFrozen }));
    return ok({ alreadyEnded: false, survivors: ended.value.survivors });
  }
  await change('kill', (record, now) => killed(record, ended.value, now));
  return ok({ alreadyEnded: false, survivors: [] });
}

/** Its agent ended by itself; what that left running in the background goes too, and nobody waits to restore it. */
async function endLeftBehind(
  dependencies: SessionDependencies,
  seen: SessionRecord,
): Promise<Result<Killed, KillProblem>> {
  const { store } = dependencies;
  const { id } = seen;
  const waits = store.read(readLine).some(({ session }) => session === id);
  if (waits) await store.write('kill: line', (tx) => leaveLineOf(tx, id));
  const ended = await endTerminals(dependencies, seen);
  return ended.ok ? ok({ alreadyEnded: true, survivors: ended.value.survivors }) : ended;
}

/** Milliseconds that the process which makes the session has to see the request and to take back what it made. */
const spawnPatience = 20_000;

/** Whoever makes it stops at its next step; if that process is gone, the spawn is taken back from here. */
async function endSpawn(
  dependencies: SessionDependencies,
  { id, createdAt }: SessionRecord,
  by: Doer | null,
): Promise<Result<Killed, KillProblem>> {
  const until = dependencies.now() + spawnPatience;
  do {
    await recoverSpawns(dependencies);
    const stored = dependencies.store.read((tx) => getSession(tx, id));
    if (stored === null) return ok({ alreadyEnded: false, survivors: [] });
    if ('record' in stored && stored.record.createdAt !== createdAt) return ok({ alreadyEnded: true, survivors: [] });
    if ('damaged' in stored || stored.record.lifecycle.session.state !== 'not_started') {
      return killSession(dependencies, id, by);
    }
    await delay(spawnLook);
  } while (dependencies.now() < until);
  return fail(stillMade(id));
}

/** Milliseconds between two looks. */
const spawnLook = 50;

const stillMade = (id: string): KillProblem => ({
  code: 'spawn-elsewhere',
  what: `${id} is still being made, and the process that makes it does not answer.`,
  kept: 'The stop is noted: it is taken back as soon as that process goes on or ends.',
  todo: 'See `athene status`.',
});

/** Not those of the next one of its name, or of itself when it was restored meanwhile. */
const isStill = ({ createdAt, terminal }: SessionRecord, seen: SessionRecord): boolean =>
  createdAt === seen.createdAt && terminal === seen.terminal;

function terminalsOf({ store }: SessionDependencies, seen: SessionRecord): readonly TerminalRow[] {
  return store.read((tx) => {
    const now = getSession(tx, seen.id);
    const other = now !== null && 'record' in now && !isStill(now.record, seen);
    return other ? [] : listTerminals(tx, seen.id);
  });
}

/** All terminals of the session, its shells too. */
async function endTerminals(
  dependencies: SessionDependencies,
  seen: SessionRecord,
): Promise<Result<KillReport, KillProblem>> {
  const { store, runtime } = dependencies;
  const terminals = terminalsOf(dependencies, seen);
  let report: KillReport = { exit: null, survivors: [] };
  for (const { id, role } of terminals) {
    const killed = await runtime.kill(id);
    if (!killed.ok && killed.problem.code !== 'terminal-unknown') return fail(unreachable(killed.problem));
    if (!killed.ok) continue;
    const { exit, survivors } = killed.value;
    report = { exit: role === 'agent' ? exit : report.exit, survivors: [...report.survivors, ...survivors] };
    if (survivors.length === 0) {
      await store.write('kill: terminal', (tx) => updateTerminal(tx, id, { state: 'exited', exit }));
    }
  }
  return ok(report);
}

/** Written down first: whoever sees its processes gone before this one does tells of it the same. */
const requested =
  (by: Doer | null) =>
  (record: SessionRecord): SessionRecord =>
    isSpawnTerminal(record.lifecycle)
      ? record
      : { ...record, stoppedBy: stopperOf(record) ?? by, lifecycle: withKillRequested(record.lifecycle) };

/** One that was asked for before, and is not yet over. */
const stopperOf = ({ lifecycle, stoppedBy }: SessionRecord): Doer | null =>
  lifecycle.runtime.reason === 'manual_kill_requested' ? stoppedBy : null;

const withdrawn = (record: SessionRecord): SessionRecord =>
  isSpawnTerminal(record.lifecycle)
    ? record
    : { ...record, stoppedBy: null, lifecycle: withKillWithdrawn(record.lifecycle) };

const killed = (record: SessionRecord, { exit }: KillReport, now: number): SessionRecord =>
  isSpawnTerminal(record.lifecycle)
    ? record
    : { ...record, ...notFrozen, exit, lifecycle: withKilled(record.lifecycle, now) };

const unreachable = (problem: Problem): KillProblem => ({
  ...problem,
  code: 'runtime-unreachable',
  kept: 'Nothing was changed.',
});
