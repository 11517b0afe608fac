// A running or failed spawn as clients see it, from its request row and its journal.
import { displayName } from '#shared/domain/session.ts';
import { placeOf } from '#shared/domain/waiting-line.ts';
import { spawnOrderSchema, spawnStepNames, type SpawnStep, type SpawnView } from '#shared/domain/spawn.ts';
import { listJournal, type JournalStep } from '../../storage/journal.ts';
import { getRequest, listRequests, type RequestRow } from '../../storage/requests.ts';
import type { ReadTransaction } from '../../storage/store.ts';
import { readLine } from '../../storage/waiting-line.ts';
import { failedSpawnSchema } from './spawn-step.ts';

export const listSpawnViews = (tx: ReadTransaction): readonly SpawnView[] =>
  listRequests(tx)
    .map((row) => viewOf(tx, row))
    .filter((view) => view !== null);

export function findSpawnView(tx: ReadTransaction, request: string): SpawnView | null {
  const row = getRequest(tx, request);
  return row === null ? null : viewOf(tx, row);
}

/** Null for one that went through (it is a session now), and for what is not a spawn. */
function viewOf(tx: ReadTransaction, row: RequestRow): SpawnView | null {
  const order = spawnOrderSchema.safeParse(row.input);
  if (row.kind !== 'spawn' || row.state === 'done' || !order.success) return null;
  const { makes, by: _by, ...input } = order.data;
  const failed = failedSpawnSchema.safeParse(row.result).data ?? null;
  const place = row.state === 'running' && row.session === null ? placeIn(tx, row.id) : null;
  return {
    request: row.id,
    session: row.session,
    state: place === null ? stateOf(row, failed?.problem.code) : 'queued',
    place,
    makes: makes.kind,
    input,
    name: displayName(input.name ?? input.prompt ?? input.issue, 'New session'),
    steps: failed === null ? runningSteps(tx, row) : stepsUntil(failed.step),
    problem: failed?.problem ?? null,
    startedAt: row.created,
  };
}

const placeIn = (tx: ReadTransaction, request: string): number | null =>
  placeOf(
    readLine(tx).map((row) => ({ ...row, unattended: false })),
    request,
  );

function stateOf({ state }: RequestRow, code: string | undefined): SpawnView['state'] {
  if (state === 'running') return 'running';
  if (code === 'spawn-cancelled') return 'cancelled';
  return code === 'spawn-interrupted' ? 'interrupted' : 'failed';
}

/** What comes before the claim is not journaled: until there is a session the first of it runs, then all of it is done. */
function runningSteps(tx: ReadTransaction, { session, created }: RequestRow): SpawnStep[] {
  const journal = session === null ? [] : listJournal(tx, session);
  return spawnStepNames.map((name, index) => {
    const entry = journal.find(({ step }) => step === name);
    if (entry !== undefined) return journaled(name, entry);
    if (session === null && index === 0) return { ...untouched(name, 'running'), startedAt: created };
    return untouched(name, session !== null && index < claimIndex ? 'done' : 'waiting');
  });
}

const claimIndex = spawnStepNames.indexOf('claim');

/** The journal of a failed spawn is gone with what it had made. */
function stepsUntil(failed: SpawnStep['name']): SpawnStep[] {
  const at = spawnStepNames.indexOf(failed);
  return spawnStepNames.map((name, index) => {
    if (index === at) return untouched(name, 'failed');
    return untouched(name, index > at ? 'waiting' : index < claimIndex ? 'done' : 'undone');
  });
}

const untouched = (name: SpawnStep['name'], state: SpawnStep['state']): SpawnStep => ({
  ...{ name, state, startedAt: null, endedAt: null, detail: null },
});

const journaled = (name: SpawnStep['name'], { state, started, ended, detail }: JournalStep): SpawnStep => ({
  name,
  state: state === 'undoing' ? 'failed' : state,
  startedAt: started,
  endedAt: ended,
  detail,
});
