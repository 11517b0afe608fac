// Pauses a session: every process of its terminals is stopped where it is. Its memory, its conversation and its questions stay as they are.
import type { AtheneContract } from '#shared/contract/contract.ts';
import { frozenOf, notFrozen, type FrozenState } from '#shared/domain/frozen.ts';
import { isOver, isStopWanted } from '#shared/domain/lifecycle.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import { stoppedIn, stopTree } from '../../lib/process-freeze.ts';
import { listTerminals } from '../../storage/terminals.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { changeSession, findSession } from '../session-record.ts';
import { treeOf } from './session-trees.ts';

export type FreezeProblem = Problem<CodeOf<AtheneContract, 'session.freeze'>>;

export interface FrozenSession {
  /** It was paused before; what ran of it all the same is stopped now. */
  readonly already: boolean;
  readonly processes: number;
  /** Pids that could not be stopped. */
  readonly resisting: readonly number[];
}

/** The record goes first: whoever comes after a crash in the middle knows what was wanted, and nobody takes the silence for anything. */
export async function freezeSession(
  dependencies: SessionDependencies,
  id: string,
): Promise<Result<FrozenSession, FreezeProblem>> {
  if (process.platform === 'win32') return fail(unsupported);
  const found = findSession(dependencies, id);
  if (!found.ok) return found;
  const earlier = frozenOf(found.value);
  if (earlier !== null) return ok({ already: true, ...(await stopAll(dependencies, earlier)) });
  if (!mayFreeze(found.value)) return fail(notRunning(id));
  const frozen = await planFreeze(dependencies, id);
  const marked = await changeSession(dependencies, 'freeze', id, (record) =>
    mayFreeze(record) ? { ...record, frozen } : record,
  );
  if (marked?.frozen !== frozen) return fail(notRunning(id));
  const stopped = await stopAll(dependencies, frozen);
  if (stopped.processes + stopped.resisting.length > 0) return ok({ already: false, ...stopped });
  await changeSession(dependencies, 'freeze withdrawn', id, (record) => ({ ...record, ...notFrozen }));
  return fail(nothingRuns(id));
}

const mayFreeze = ({ lifecycle, frozen }: SessionRecord): boolean =>
  frozen === null && lifecycle.session.state !== 'not_started' && !isOver(lifecycle) && !isStopWanted(lifecycle);

async function planFreeze({ store, runtime, now }: SessionDependencies, id: string): Promise<FrozenState> {
  const open = store.read((tx) => listTerminals(tx, id)).filter(({ state }) => state !== 'exited');
  const terminals = open.map((terminal) => terminal.id);
  const stopped = await Promise.all(terminals.map((terminal) => stoppedIn(treeOf(runtime, terminal))));
  const stoppedBefore = stopped.flat().map(({ pid, startTime }) => ({ pid, startTime }));
  return { at: now(), terminals, stoppedBefore };
}

/** Says again what may be said already: nothing is stopped twice. */
export async function stopAll(
  { runtime }: Pick<SessionDependencies, 'runtime'>,
  { terminals }: FrozenState,
): Promise<Pick<FrozenSession, 'processes' | 'resisting'>> {
  const frozen = await Promise.all(terminals.map((terminal) => stopTree(treeOf(runtime, terminal))));
  return {
    processes: frozen.reduce((sum, { stopped }) => sum + stopped.length, 0),
    resisting: frozen.flatMap(({ resisting }) => resisting),
  };
}

const unsupported: FreezeProblem = {
  code: 'freeze-unsupported',
  what: 'Sessions can not be paused on Windows.',
  kept: 'It runs on.',
  todo: 'Stop it; a restore goes on with its conversation where the agent can.',
};

const notRunning = (id: string): FreezeProblem => ({
  code: 'session-ended',
  what: `${id} does not run, or is being made or stopped.`,
  kept: 'Nothing was changed.',
  todo: 'See `athene status`.',
});

const nothingRuns = (id: string): FreezeProblem => ({
  code: 'session-ended',
  what: `No process of ${id} was found.`,
  kept: 'Nothing was changed.',
  todo: 'See `athene status`; `athene recover` brings sessions into order.',
});
