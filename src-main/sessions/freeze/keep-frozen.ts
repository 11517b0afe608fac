// The second look: whatever of a paused session runs all the same (a host died in the middle, a child came late) is stopped too.
import { frozenOf } from '#shared/domain/frozen.ts';
import { listSessions } from '../../storage/sessions.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { keepStopped } from './freeze-session.ts';

/** Milliseconds between two looks, by the clock that no one sets. */
const lookEvery = 15_000;

/** The function does nothing until it is due. */
export function createFrozenKeeper(
  dependencies: SessionDependencies,
  monotonic: () => number = () => performance.now(),
): () => Promise<void> {
  let lookedAt = -Infinity;
  return async () => {
    if (monotonic() - lookedAt < lookEvery) return;
    lookedAt = monotonic();
    await keepFrozen(dependencies);
  };
}

export async function keepFrozen(dependencies: SessionDependencies): Promise<void> {
  for (const { record } of dependencies.store.read(listSessions).sessions) {
    const frozen = frozenOf(record);
    if (frozen !== null) await keepStopped(dependencies, record.id, frozen);
  }
}
