// Pauses a session: every process of its terminals is stopped where it is. Its memory, its conversation and its questions stay as they are.
import type { AtheneContract } from '#shared/contract/contract.ts';
import { frozenOf, notFrozen, type FrozenState } from '#shared/domain/frozen.ts';
import { isOver, isStopWanted } from '#shared/domain/lifecycle.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import { stoppedIn, stopTree } from '../../lib/process-freeze.ts';
import { getSession } from '../../storage/sessions.ts';
import { listTerminals } from '../../storage/terminals.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { changeSession, findSession } from '../session-record.ts';
import { treeOf } from './session-trees.ts';
import { continueAll } from './thaw-session.ts';

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
  if (earlier !== null) return again(dependencies, id, earlier);
  if (!mayFreeze(found.value)) return fail(notRunning(id));
  const frozen = await planFreeze(dependencies, id);
  const marked = await changeSession(dependencies, 'freeze', id, (record) =>
    mayFreeze(record) ? { ...record, frozen } : record,
  );
  if (marked?.frozen !== frozen) return fail(notRunning(id));
  const stopped = await keepStopped(dependencies, id, frozen);
  if (stopped.continued) return fail(continued(id));
  const { processes, resisting } = stopped;
  if (processes + resisting.length > 0) return ok({ already: false, processes, resisting });
  await changeSession(dependencies, 'freeze withdrawn', id, (record) => ({ ...record, ...notFrozen }));
  return fail(nothingRuns(id));
}

async function again(
  dependencies: SessionDependencies,
  id: string,
  frozen: FrozenState,
): Promise<Result<FrozenSession, FreezeProblem>> {
  const { processes, resisting, continued: goesOn } = await keepStopped(dependencies, id, frozen);
  return goesOn ? fail(continued(id)) : ok({ already: true, processes, resisting });
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

interface Stopped extends Pick<FrozenSession, 'processes' | 'resisting'> {
  /** Somebody did so meanwhile. */
  readonly continued: boolean;
}

/** Says again what may be said already: nothing is stopped twice. Who has continued the session meanwhile would not come again. */
export async function keepStopped(
  dependencies: Pick<SessionDependencies, 'runtime' | 'store'>,
  id: string,
  frozen: FrozenState,
): Promise<Stopped> {
  const stopped = await stopAll(dependencies, frozen);
  const stored = dependencies.store.read((tx) => getSession(tx, id));
  const continued = stored !== null && 'record' in stored && stored.record.frozen === null;
  if (continued) await continueAll(dependencies, frozen);
  return { ...stopped, continued };
}

async function stopAll(
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

const continued = (id: string): FreezeProblem => ({
  code: 'session-ended',
  what: `${id} was continued, or stopped, by somebody else while it was being paused.`,
  kept: 'It is as they left it.',
  todo: 'See `athene status`.',
});

const nothingRuns = (id: string): FreezeProblem => ({
  code: 'session-ended',
  what: `No process of ${id} was found.`,
  kept: 'Nothing was changed.',
  todo: 'See `athene status`; `athene recover` brings sessions into order.',
});
