// A running or failed spawn as clients see it, from its request row and its journal.
import { displayName } from '#shared/domain/session.ts';
import { problemSchema } from '#shared/domain/problem.ts';
import { spawnInputSchema, spawnStepNames, type SpawnStep, type SpawnView } from '#shared/domain/spawn.ts';
import { listJournal, type JournalStep } from '../../storage/journal.ts';
import { getRequest, listRequests, type RequestRow } from '../../storage/requests.ts';
import type { ReadTransaction } from '../../storage/store.ts';

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
  const input = spawnInputSchema.safeParse(row.input);
  if (row.kind !== 'spawn' || row.state === 'done' || !input.success) return null;
  const problem = problemSchema.safeParse(row.result).data ?? null;
  return {
    request: row.id,
    session: row.session,
    state: stateOf(row, problem?.code),
    input: input.data,
    name: displayName(input.data.name ?? input.data.prompt ?? input.data.issue, 'New session'),
    steps: stepsOf(row, row.session === null ? [] : listJournal(tx, row.session)),
    problem,
    startedAt: row.created,
  };
}

function stateOf({ state }: RequestRow, code: string | undefined): SpawnView['state'] {
  if (state === 'running') return 'running';
  if (code === 'spawn-cancelled') return 'cancelled';
  return code === 'spawn-interrupted' ? 'interrupted' : 'failed';
}

/** What comes before the claim is not journaled: it is running until there is a session, then done. */
function stepsOf(row: RequestRow, journal: readonly JournalStep[]): SpawnStep[] {
  return spawnStepNames.map((name, index) => {
    const entry = journal.find(({ step }) => step === name);
    if (entry !== undefined) return journaled(name, entry);
    const early = name === 'choose-agent' || name === 'remote-numbers' || name === 'claim';
    const state =
      early && row.session !== null
        ? 'done'
        : row.state === 'running' && row.session === null && index === 0
          ? 'running'
          : 'waiting';
    return { name, state, startedAt: state === 'waiting' ? null : row.created, endedAt: null, detail: null };
  });
}

const journaled = (name: SpawnStep['name'], { state, started, ended, detail }: JournalStep): SpawnStep => ({
  name,
  state: state === 'undoing' ? 'failed' : state,
  startedAt: started,
  endedAt: ended,
  detail,
});
