// Pauses or continues all sessions; what can't be done for one is told and keeps nobody else from it.
import { frozenOf } from '#shared/domain/frozen.ts';
import { isOver } from '#shared/domain/lifecycle.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { Result } from '#shared/lib/result.ts';
import { listSessions } from '../../storage/sessions.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { freezeSession } from './freeze-session.ts';
import { thawSession } from './thaw-session.ts';

export interface DoneToAll {
  readonly sessions: readonly string[];
  readonly failed: readonly { readonly session: string; readonly why: string }[];
}

/** Those that run and are not paused. */
export const freezeAll = (dependencies: SessionDependencies): Promise<DoneToAll> => {
  const running = dependencies.store
    .read(listSessions)
    .sessions.filter(({ record }) => !isOver(record.lifecycle) && record.lifecycle.session.state !== 'not_started')
    .filter(({ record }) => frozenOf(record) === null);
  return toEach(running, async (id) => {
    const frozen = await freezeSession(dependencies, id);
    return why(frozen, frozen.ok && frozen.value.resisting.length > 0 ? 'Some of its processes did not stop.' : null);
  });
};

export const thawAll = (dependencies: SessionDependencies): Promise<DoneToAll> => {
  const paused = dependencies.store.read(listSessions).sessions.filter(({ record }) => record.frozen !== null);
  return toEach(paused, async (id) => {
    const thawed = await thawSession(dependencies, id);
    return why(thawed, thawed.ok && thawed.value.left.length > 0 ? 'Some of its processes did not go on.' : null);
  });
};

const why = (outcome: Result<unknown, Problem>, partly: string | null): string | null =>
  outcome.ok ? partly : outcome.problem.what;

async function toEach(
  stored: readonly { readonly record: { readonly id: string } }[],
  act: (id: string) => Promise<string | null>,
): Promise<DoneToAll> {
  const done: { sessions: string[]; failed: { session: string; why: string }[] } = { sessions: [], failed: [] };
  for (const { record } of stored) {
    const failure = await act(record.id);
    if (failure === null) done.sessions.push(record.id);
    else done.failed.push({ session: record.id, why: failure });
  }
  return done;
}
