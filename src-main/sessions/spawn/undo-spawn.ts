// Takes back a spawn from its journal alone, newest step first; the same for a failure, a cancel and a dead process.
import { isCoordinator } from '#shared/domain/coordinator.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { spawnOrderSchema } from '#shared/domain/spawn.ts';
import { fail } from '#shared/lib/result.ts';
import { deleteAllBelongings } from '../../storage/belongings.ts';
import { deleteClaimsOf } from '../../storage/claims.ts';
import { listJournal, markFailed, markUndoing, markUndone, type JournalStep } from '../../storage/journal.ts';
import { deleteRequest, failRequest, getRequest } from '../../storage/requests.ts';
import { deleteSession, getSession, updateSession } from '../../storage/sessions.ts';
import { deleteToken } from '../../storage/tokens.ts';
import type { Transaction } from '../../storage/store.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { openWorkspace } from './open-workspace.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import type { FailedSpawn, SpawnProblem, SpawnStep } from './spawn-step.ts';
import { startTerminal } from './start-terminal.ts';
import { writeFiles } from './write-files.ts';

const undoable: readonly SpawnStep[] = [openWorkspace, writeFiles, prepareWorkspace, startTerminal];

/**
 * Afterwards the world is as before, the request is failed and keeps its prompt. What could not be removed stays as a session that has
 * ended, named in the returned problem; its issue is free all the same.
 */
export async function undoSpawn(
  dependencies: SessionDependencies,
  { request, session }: { readonly request: string; readonly session: string },
  { problem, step }: FailedSpawn,
): Promise<SpawnProblem> {
  const steps = dependencies.store.read((tx) => listJournal(tx, session));
  const leftovers: string[] = [];
  for (const done of steps.toReversed()) {
    const left = await undoStep(dependencies, session, done);
    if (left !== null) leftovers.push(left);
  }
  const told = leftovers.length === 0 ? problem : withLeftovers(problem, session, leftovers);
  await dependencies.store.write('spawn: undone', (tx) => {
    if (leftovers.length === 0) forget(tx, session);
    else keepAsEnded(tx, session, dependencies.now());
    failOrForget(tx, request, { problem: told, step });
  });
  return told;
}

/** A coordinator is asked for anew without anything that somebody typed. */
export function failOrForget(tx: Transaction, request: string, failed: FailedSpawn): void {
  const order = spawnOrderSchema.safeParse(getRequest(tx, request)?.input);
  if (order.success && isCoordinator(order.data.makes.kind)) deleteRequest(tx, request);
  else failRequest(tx, request, failed);
}

/** What could not be removed; null when nothing is left of the step. */
async function undoStep(
  dependencies: SessionDependencies,
  session: string,
  { step, position, state, undo }: JournalStep,
): Promise<string | null> {
  const definition = undoable.find(({ name }) => name === step);
  if (definition?.undo === undefined || state === 'undone') return null;
  const key = { session, position };
  await dependencies.store.write('spawn: undo', (tx) => markUndoing(tx, key));
  const undone = await definition.undo(dependencies, session, undo).catch((error: unknown) => fail(unexpected(error)));
  await dependencies.store.write('spawn: undone step', (tx) =>
    undone.ok ? markUndone(tx, key) : markFailed(tx, key, undone.problem.what),
  );
  if (undone.ok) return null;
  dependencies.log('spawn.undo_failed', { session, step, problem: undone.problem });
  return undone.problem.what;
}

const unexpected = (error: unknown): Problem => ({
  code: 'undo-failed',
  what: error instanceof Error ? error.message : String(error),
});

const withLeftovers = (problem: SpawnProblem, session: string, leftovers: readonly string[]): SpawnProblem => ({
  ...problem,
  kept: `The prompt is kept. Not everything could be taken back: ${leftovers.join(' ')}`,
  todo: `Look at ${session}; removing it tries again.`,
});

function forget(tx: Transaction, session: string): void {
  deleteAllBelongings(tx, session);
  deleteSession(tx, session);
}

function keepAsEnded(tx: Transaction, session: string, now: number): void {
  deleteClaimsOf(tx, session);
  deleteToken(tx, session);
  const stored = getSession(tx, session);
  if (stored === null || 'damaged' in stored) return;
  const { lifecycle } = stored.record;
  updateSession(tx, session, stored.rev, {
    ...stored.record,
    lifecycle: {
      ...lifecycle,
      session: {
        ...lifecycle.session,
        state: 'terminated',
        reason: 'error_in_process',
        terminatedAt: now,
        lastTransitionAt: now,
      },
    },
  });
}
