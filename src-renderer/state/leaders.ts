// Who leads whom: what a session was spawned by and who answers for it, as the screen tells it. Pure.
import { isCoordinator } from '#shared/domain/coordinator.ts';
import type { SessionView } from '#shared/domain/session.ts';

type Sessions = readonly SessionView[];

/** The coordinator that answers for a worker; null for coordinators, and where there is none. */
export function leaderOf(session: SessionView, all: Sessions): SessionView | null {
  if (isCoordinator(session.kind)) return null;
  const { owner, project } = session;
  const found =
    owner.kind === 'meta'
      ? all.find(({ id, kind }) => kind === 'meta-orchestrator' && id === owner.name)
      : all.find((other) => other.kind === 'orchestrator' && other.project === project);
  return found ?? null;
}

/** Below whom it stands in a tree: whoever had it made, else whoever answers for it. */
export function parentOf(session: SessionView, all: Sessions): SessionView | null {
  const maker = all.find(({ id }) => id === session.spawnedBy);
  if (maker !== undefined && maker.id !== session.id) return maker;
  return leaderOf(session, all);
}

/** From it upwards to the last that leads; each once, whatever the records say. */
export function chainOf(session: SessionView, all: Sessions): Sessions {
  const chain = [session];
  for (let next = parentOf(session, all); next !== null && !chain.includes(next); next = parentOf(next, all))
    chain.push(next);
  return chain;
}
