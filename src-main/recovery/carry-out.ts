// Does what was planned, one step after the other's proof: each looks again, in its own transaction, whether it still is as it was seen.
import {
  isSpawnTerminal,
  isTerminal,
  withAgentVanished,
  withEscalated,
  withRuntimeLost,
  withRuntimeStarted,
} from '#shared/domain/lifecycle.ts';
import { escalationOf, type RecoveryItem } from '#shared/domain/recovery-report.ts';
import { notEscalated, type SessionRecord } from '#shared/domain/session.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { endTree } from '../lib/process-tree.ts';
import { recordExit } from '../lifecycle/settle-terminal.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { killSession } from '../sessions/kill.ts';
import { changeSession } from '../sessions/session-record.ts';
import { recoverSpawns } from '../sessions/spawn/recover-spawns.ts';
import { deleteClaimsOf, findClaim, insertClaim } from '../storage/claims.ts';
import { recordEvent } from '../storage/events.ts';
import { deleteJournal } from '../storage/journal.ts';
import { getSession, updateSession } from '../storage/sessions.ts';
import { updateTerminal } from '../storage/terminals.ts';
import type { Orphan } from './facts.ts';
import type { RecoveryStep } from './plan.ts';

type Outcome = Pick<RecoveryItem, 'state' | 'tookBack'> & { readonly todo?: string };
type SessionStep = Extract<RecoveryStep, { kind: 'session' }>;

const done: Outcome = { state: 'done' };
const changedMeanwhile: Outcome = { state: 'left', todo: 'It changed meanwhile.' };

/** Never throws: one that fails does not stop the others. Each outcome is in the log. */
export async function carryOut(sessions: SessionDependencies, step: RecoveryStep): Promise<RecoveryItem> {
  const { state, todo, ...rest } = await act(sessions, step).catch((error: unknown): Outcome => ({
    state: 'failed',
    todo: error instanceof Error ? error.message : String(error),
  }));
  const item = { ...step.item, ...rest, state, todo: todo ?? step.item.todo };
  if (state !== 'left') sessions.log(state === 'failed' ? `recovery.${item.act}_failed` : `recovery.${item.act}`, item);
  return item;
}

async function act(sessions: SessionDependencies, step: RecoveryStep): Promise<Outcome> {
  if (step.item.state === 'left') return { state: 'left' };
  switch (step.kind) {
    case 'half-made':
      return settleSpawn(sessions, step.item.subject);
    case 'claim':
      return freeClaim(sessions, step.session);
    case 'orphan':
      return endOrphan(sessions, step.orphan);
    case 'session':
      return step.item.state === 'held' ? hold(sessions, step) : actOn(sessions, step);
    default:
      return assertNever(step);
  }
}

async function actOn(sessions: SessionDependencies, step: SessionStep): Promise<Outcome> {
  switch (step.act) {
    case 'none':
      return { state: 'left' };
    case 'believe':
      return believe(sessions, step);
    case 'escalate':
      return escalate(sessions, step);
    case 'end':
      return end(sessions, step);
    case 'reap':
      return (await endTerminal(sessions, step.facts.record.terminal ?? '')) ?? end(sessions, step);
    case 'stop':
      return stop(sessions, step.facts.record.id);
    default:
      return assertNever(step.act);
  }
}

async function settleSpawn(sessions: SessionDependencies, subject: string): Promise<Outcome> {
  await recoverSpawns(sessions);
  const still = sessions.store.read((tx) => getSession(tx, subject));
  const lifecycle = still !== null && 'record' in still ? still.record.lifecycle : null;
  if (lifecycle?.session.state === 'not_started')
    return { state: 'failed', todo: 'It is tried again; the log says what could not be taken back.' };
  return still === null || (lifecycle !== null && isTerminal(lifecycle))
    ? { state: 'done', tookBack: true, todo: 'Start it again.' }
    : done;
}

async function freeClaim({ store }: SessionDependencies, session: string): Promise<Outcome> {
  const freed = await store.write('recovery: claim', (tx) => {
    const stored = getSession(tx, session);
    const over = stored !== null && 'record' in stored && isSpawnTerminal(stored.record.lifecycle);
    if (!over || deleteClaimsOf(tx, session) === 0) return false;
    recordEvent(tx, {
      ...{ kind: 'recovery.claim_freed', session, source: 'athene' },
      text: 'It is over and still had its issue: that is free again.',
    });
    return true;
  });
  return freed ? done : changedMeanwhile;
}

/** It lives: the record says so again, and holds its issue if nobody else does. */
async function believe(sessions: SessionDependencies, { facts }: SessionStep): Promise<Outcome> {
  const { id, terminal } = facts.record;
  return sessions.store.write('recovery: believe', (tx): Outcome => {
    const stored = getSession(tx, id);
    if (stored === null || 'damaged' in stored || stored.record.terminal !== terminal) return changedMeanwhile;
    const { record, rev } = stored;
    const claim = record.issue === null ? null : findClaim(tx, record.project, record.issue.id);
    if (claim !== null && claim.session !== id)
      return {
        state: 'left',
        todo: `${claim.session} works on its issue now; end one of them: athene session kill ${id}`,
      };
    const now = sessions.now();
    updateSession(tx, id, rev, {
      ...record,
      ...notEscalated,
      exit: null,
      restoredAt: now,
      recoveryCount: record.recoveryCount + 1,
      lifecycle: withRuntimeStarted(record.lifecycle, now),
    });
    if (record.issue !== null && claim === null)
      insertClaim(tx, { project: record.project, issue: record.issue.id, session: id, owner: sessions.identity });
    if (terminal !== null) updateTerminal(tx, terminal, { state: 'alive', exit: null });
    return done;
  });
}

async function escalate(sessions: SessionDependencies, { facts, classification }: SessionStep): Promise<Outcome> {
  const changed = await changeSession(sessions, 'escalate', facts.record.id, (record, now) =>
    isStill(record, facts.record)
      ? {
          ...record,
          escalatedAt: now,
          escalationReason: escalationOf(classification),
          lifecycle: withEscalated(record.lifecycle, now),
        }
      : record,
  );
  return changed?.lifecycle.session.state === 'stuck' ? done : changedMeanwhile;
}

async function end(sessions: SessionDependencies, { facts, classification }: SessionStep): Promise<Outcome> {
  const { id, terminal } = facts.record;
  const exit = facts.trace?.exit ?? null;
  if (classification.reason === 'exited' && exit !== null && terminal !== null) {
    await recordExit(sessions, { terminal, session: id }, exit);
    return done;
  }
  const changed = await changeSession(sessions, 'vanished', id, (record, now) =>
    isStill(record, facts.record)
      ? { ...record, ...notEscalated, lifecycle: withAgentVanished(record.lifecycle, now) }
      : record,
  );
  if (changed === null || !isSpawnTerminal(changed.lifecycle)) return changedMeanwhile;
  await sessions.store.write('recovery: rows', (tx) => {
    if (terminal !== null) updateTerminal(tx, terminal, { state: 'exited' });
    deleteJournal(tx, id);
  });
  return done;
}

/** So many at once are hard to believe: they are shown as lost, and keep their issues. */
async function hold(sessions: SessionDependencies, { facts }: SessionStep): Promise<Outcome> {
  await changeSession(sessions, 'held', facts.record.id, (record, now) =>
    isStill(record, facts.record) && record.lifecycle.session.state !== 'stuck'
      ? { ...record, lifecycle: withRuntimeLost(record.lifecycle, now) }
      : record,
  );
  return { state: 'held' };
}

/** Null when all of it is gone. */
async function endTerminal({ runtime }: SessionDependencies, terminal: string): Promise<Outcome | null> {
  const killed = await runtime.kill(terminal);
  if (!killed.ok)
    return killed.problem.code === 'terminal-unknown' ? null : { state: 'failed', todo: killed.problem.what };
  return notEnded(killed.value.survivors);
}

async function endOrphan(sessions: SessionDependencies, { terminal, shown }: Orphan): Promise<Outcome> {
  const failed = shown
    ? await endTerminal(sessions, terminal)
    : notEnded(await endTree({ marker: { name: 'ATHENE_TERMINAL', value: terminal }, root: null }));
  if (failed !== null) return failed;
  await sessions.store.write('recovery: orphan', (tx) =>
    recordEvent(tx, {
      ...{ kind: 'recovery.orphan_ended', session: null, source: 'athene', data: { terminal } },
      text: 'A program of a terminal that no session has any more was ended.',
    }),
  );
  return done;
}

const notEnded = (survivors: readonly number[]): Outcome | null =>
  survivors.length === 0 ? null : { state: 'failed', todo: `Could not be ended: ${survivors.join(', ')}.` };

async function stop(sessions: SessionDependencies, id: string): Promise<Outcome> {
  const killed = await killSession(sessions, id);
  if (!killed.ok) return { state: 'failed', todo: killed.problem.what };
  return notEnded(killed.value.survivors) ?? done;
}

/** Not started again, ended or brought back by somebody else since it was looked at. */
const isStill = (record: SessionRecord, seen: SessionRecord): boolean =>
  record.terminal === seen.terminal &&
  record.lifecycle.session.state === seen.lifecycle.session.state &&
  !isSpawnTerminal(record.lifecycle);
