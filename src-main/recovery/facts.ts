// Everything that a recovery judges, asked once: records, claims, what the runtimes run, and who carries the marks of this home.
import { z } from 'zod';
import { isCoordinator } from '#shared/domain/coordinator.ts';
import { isEscalated, isOver, isSpawnTerminal } from '#shared/domain/lifecycle.ts';
import type { Liveness, SessionEvidence } from '#shared/domain/recovery.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { RunningTerminal, TerminalTrace } from '#shared/domain/terminal-status.ts';
import type { Result } from '#shared/lib/result.ts';
import { probePath } from '../lib/files.ts';
import { markedProcesses, type MarkedProcess } from '../lib/occupants.ts';
import { probeProcess } from '../lib/process-identity.ts';
import type { ProjectConfiguration } from '../projects/configuration.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { isSoleWork } from '../sessions/sole-work.ts';
import { listClaims, type Claim } from '../storage/claims.ts';
import { listRequests, type RequestRow } from '../storage/requests.ts';
import { listSessions } from '../storage/sessions.ts';
import { listTerminals, type TerminalRow } from '../storage/terminals.ts';

export interface RecoveryDependencies {
  readonly sessions: SessionDependencies;
  readonly configuration: Pick<ProjectConfiguration, 'projects' | 'wholeConfig'>;
  /** The terminal in which this process was started itself; null when in none of this home. */
  readonly ownTerminal: string | null;
}

export interface SessionFacts {
  readonly record: SessionRecord;
  readonly row: TerminalRow | null;
  readonly evidence: SessionEvidence;
  readonly trace: TerminalTrace | null;
  readonly processes: readonly MarkedProcess[];
}

/** A program that runs, and that no row tells of. */
export interface Orphan {
  readonly terminal: string;
  readonly session: string;
  /** Milliseconds since its youngest process began; null when nobody can tell. */
  readonly age: number | null;
  readonly pids: readonly number[];
  readonly shown: boolean;
}

export interface RecoveryFacts {
  readonly sessions: readonly SessionFacts[];
  /** Spawns and restores whose process is provably gone. */
  readonly halfMade: readonly RequestRow[];
  /** Issues held by sessions that have ended. */
  readonly idleClaims: readonly Claim[];
  readonly orphans: readonly Orphan[];
  readonly processes: readonly MarkedProcess[] | null;
  readonly shown: ReadonlySet<string>;
  readonly prefixes: readonly string[];
  readonly coordinators: ReadonlySet<string>;
  readonly ownTerminal: string | null;
}

export async function gatherRecoveryFacts({
  sessions: { store, paths, runtime },
  configuration,
  ownTerminal,
}: RecoveryDependencies): Promise<RecoveryFacts> {
  // Processes before rows: what is started meanwhile has its row already when the rows are read.
  const processes = lookAtProcesses(paths.home);
  const running = await runtime.running();
  const rows = store.read((tx) => ({
    ...listSessions(tx),
    claims: listClaims(tx),
    terminals: listTerminals(tx),
    // What only one may do at a time leaves nothing half made.
    requests: listRequests(tx, 'running').filter((row) => !isSoleWork(row)),
  }));
  const records = rows.sessions.map(({ record }) => record);
  const look = { running, processes, terminals: rows.terminals, requests: rows.requests };
  const sessions: SessionFacts[] = [];
  for (const record of records) sessions.push(await factsOf(record, look, (terminal) => runtime.trace(terminal)));
  const over = new Set(records.filter(({ lifecycle }) => isSpawnTerminal(lifecycle)).map(({ id }) => id));
  const shown = new Set(running.ok ? running.value.map(({ terminal }) => terminal) : []);
  return {
    sessions,
    halfMade: rows.requests.filter(({ owner }) => livenessOf(owner) === 'gone'),
    idleClaims: rows.claims.filter(({ session }) => over.has(session)),
    // What a damaged record has is not judged.
    orphans: orphansIn(look, new Set(rows.damaged.map(({ id }) => id))),
    processes,
    shown,
    prefixes: configuration.projects().flatMap(({ prefix, state }) => (state === 'ready' ? [prefix] : [])),
    // A meta orchestrator may be called as a worker would be, whether it is on record or not.
    coordinators: new Set([
      ...records.filter(({ kind }) => isCoordinator(kind)).map(({ id }) => id),
      ...configuration.wholeConfig().metaOrchestrators.keys(),
    ]),
    ownTerminal,
  };
}

/** Null: nobody could look. */
export function lookAtProcesses(home: string): readonly MarkedProcess[] | null {
  try {
    return markedProcesses(home);
  } catch {
    return null; // The process table can't be read: the third value is the answer.
  }
}

interface Look {
  readonly running: Result<readonly RunningTerminal[], unknown>;
  readonly processes: readonly MarkedProcess[] | null;
  readonly terminals: readonly TerminalRow[];
  readonly requests: readonly RequestRow[];
}

async function factsOf(
  record: SessionRecord,
  { running, processes, terminals, requests }: Look,
  traceOf: (terminal: string) => Promise<TerminalTrace>,
): Promise<SessionFacts> {
  const { id, terminal, lifecycle } = record;
  const shown = running.ok ? running.value.find((each) => each.terminal === terminal) : undefined;
  // What has ended and is not shown is not asked for: there may be thousands. Nor is a runtime that has just not answered: it would take as long again.
  const over = isOver(lifecycle);
  const asks = terminal !== null && shown === undefined && !over && running.ok;
  const trace = asks ? await traceOf(terminal) : null;
  const own = (processes ?? []).filter((each) =>
    terminal === null ? each.session === id : each.terminal === terminal,
  );
  const request = requests.find(({ session }) => session === id);
  return {
    record,
    row: terminals.find((row) => row.id === terminal) ?? null,
    trace,
    processes: own,
    evidence: {
      record: recordWord(record),
      maker: request === undefined ? null : livenessOf(request.owner),
      terminal: terminalWord(record, shown !== undefined, running.ok, trace),
      keeper: shown === undefined ? (trace?.keeper ?? 'unknown') : 'alive',
      agent: shown === undefined ? (trace?.agent ?? 'unknown') : agentOf(shown, own),
      marked: processes === null ? null : own.length,
      workspace: over ? 'none' : workspaceWord(record),
    },
  };
}

/** With a merged pull request the issue is free, and the agent may well go on. */
function recordWord({ lifecycle }: SessionRecord): SessionEvidence['record'] {
  if (isOver(lifecycle)) return 'over';
  if (lifecycle.session.state === 'not_started') return 'making';
  return lifecycle.session.state === 'detecting' || isEscalated(lifecycle) ? 'doubted' : 'running';
}

function terminalWord(
  { terminal, exit, lifecycle }: SessionRecord,
  shown: boolean,
  answered: boolean,
  trace: TerminalTrace | null,
): SessionEvidence['terminal'] {
  if (terminal === null) return 'none';
  if (shown) return 'shown';
  if (!answered) return 'unknown';
  return (trace?.exit ?? null) !== null || (isOver(lifecycle) && exit !== null) ? 'exited' : 'absent';
}

/** The runtime says that it runs; its pid may be another's name by now, or its environment another's. */
function agentOf({ pid }: RunningTerminal, marked: readonly MarkedProcess[]): Liveness {
  if (marked.some((each) => each.pid === pid)) return 'alive';
  try {
    process.kill(pid, 0);
    return 'alive';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH' ? 'gone' : 'unknown';
  }
}

function workspaceWord({ workspace }: SessionRecord): SessionEvidence['workspace'] {
  if (workspace === null) return 'none';
  const { kind } = probePath(workspace.path);
  return kind === 'directory' ? 'there' : kind === 'absent' ? 'missing' : 'unknown';
}

function orphansIn({ running, processes, terminals }: Look, damaged: ReadonlySet<string>): readonly Orphan[] {
  const known = new Set(terminals.map(({ id }) => id));
  const unknown = new Map<string, { session: string; shown: boolean; pids: Set<number>; ages: (number | null)[] }>();
  const note = (terminal: string, session: string) => {
    const noted = unknown.get(terminal) ?? { session, shown: false, pids: new Set(), ages: [] };
    unknown.set(terminal, noted);
    return noted;
  };
  for (const { terminal, session, pid } of running.ok ? running.value : []) {
    if (known.has(terminal)) continue;
    const noted = note(terminal, session);
    noted.shown = true;
    noted.pids.add(pid);
  }
  for (const { terminal, session, pid, age } of processes ?? []) {
    if (known.has(terminal)) continue;
    const noted = note(terminal, session);
    noted.pids.add(pid);
    noted.ages.push(age);
  }
  return [...unknown]
    .filter(([, { session }]) => !damaged.has(session))
    .map(([terminal, { session, shown, pids, ages }]) => ({
      ...{ terminal, session, shown, pids: [...pids] },
      age: ages.length === 0 || ages.includes(null) ? null : Math.min(...ages.map((age) => age ?? 0)),
    }));
}

const ownerSchema = z.object({ pid: z.number(), startTime: z.string(), bootId: z.string() });

/** Of a process as a row names it; one that can't be read is not gone. */
function livenessOf(owner: unknown): Liveness {
  const identity = ownerSchema.safeParse(owner);
  return identity.success ? probeProcess(identity.data) : 'unknown';
}
