// May the session that asks have another one made? Asked before it waits, and again in the transaction that claims it.
import { limitRefusal, type Ancestor } from '#shared/domain/coordinator-limits.ts';
import { isOver, type SessionKind } from '#shared/domain/lifecycle.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { countSpawnsSince } from '../../storage/requests.ts';
import { getSession, listSpawnedBy } from '../../storage/sessions.ts';
import type { ReadTransaction } from '../../storage/store.ts';
import type { SessionDependencies } from '../dependencies.ts';

export interface Asking {
  /** `person`, or the id of a session. */
  readonly by: string | null;
  readonly makes: SessionKind;
  /** Of the spawn itself, which does not count as one before; null: it is a restore, which starts nothing new. */
  readonly request: string | null;
}

const hour = 3_600_000;

/** Null when it may, also where nothing is on record of who asks: the person is not limited. */
export function spawnLimit(
  tx: ReadTransaction,
  { coordinatorLimits, now }: Pick<SessionDependencies, 'coordinatorLimits' | 'now'>,
  { by, makes, request }: Asking,
): Problem<'limit-reached' | 'spawns-paused'> | null {
  const asking = recordOf(tx, by);
  if (asking === null) return null;
  const { id, spawningPaused, createdAt } = asking;
  // One that a person has started anew begins to count anew.
  const since = Math.max(now() - hour, createdAt - 1);
  const use = {
    id,
    paused: spawningPaused,
    workers: liveWorkersOf(tx, id).length,
    spawnsInHour: request === null ? 0 : countSpawnsSince(tx, { by: id, since, except: request }),
    ancestors: ancestorsFrom(tx, asking),
  };
  return limitRefusal(use, makes, coordinatorLimits());
}

export const liveWorkersOf = (tx: ReadTransaction, id: string): readonly SessionRecord[] =>
  listSpawnedBy(tx, id).filter(({ kind, lifecycle }) => kind === 'worker' && !isOver(lifecycle));

/** How deep the session stands that is asked for. */
export const depthBelow = (tx: ReadTransaction, by: string | null): number => (recordOf(tx, by)?.depth ?? -1) + 1;

const recordOf = (tx: ReadTransaction, by: string | null): SessionRecord | null => {
  const stored = by === null || by === 'person' ? null : getSession(tx, by);
  return stored !== null && 'record' in stored ? stored.record : null;
};

/** A record that names itself above itself is no reason to go round for ever. */
function ancestorsFrom(tx: ReadTransaction, first: SessionRecord): readonly Ancestor[] {
  const chain: Ancestor[] = [];
  for (let at: SessionRecord | null = first; at !== null; at = recordOf(tx, at.spawnedBy)) {
    const { id, kind } = at;
    if (chain.some((each) => each.id === id)) break;
    chain.push({ id, kind });
  }
  return chain;
}
