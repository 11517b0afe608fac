// How much a coordinator may start by itself. Pure: what it has is counted where the spawn is claimed.
import { isCoordinator } from './coordinator.ts';
import type { SessionKind } from './lifecycle.ts';
import type { Problem } from './problem.ts';

export interface CoordinatorLimits {
  /** Workers that it may have alive. */
  readonly workers: number;
  readonly spawnsPerHour: number;
  /** Levels of sessions below it: 1 is workers alone, 2 coordinators with workers of theirs. */
  readonly depth: Readonly<Record<Exclude<SessionKind, 'worker'>, number>>;
}

/** Whoever stands above the session that is asked for, from the one that asks upwards. */
export interface Ancestor {
  readonly id: string;
  readonly kind: SessionKind;
}

export interface CoordinatorUse {
  readonly id: string;
  readonly paused: boolean;
  /** Alive, of those that it had made. */
  readonly workers: number;
  readonly spawnsInHour: number;
  readonly ancestors: readonly Ancestor[];
}

/** Null when it may. */
export function limitRefusal(
  { id, paused, workers, spawnsInHour, ancestors }: CoordinatorUse,
  makes: SessionKind,
  limits: CoordinatorLimits,
): Problem<'limit-reached' | 'spawns-paused'> | null {
  if (paused) return pausedProblem(id);
  if (makes === 'worker' && workers >= limits.workers) {
    return refusal(`${id} has ${workers} live workers, and may have ${limits.workers}.`, 'coordinatorWorkers', stopOne);
  }
  if (spawnsInHour >= limits.spawnsPerHour) {
    const what = `${id} has started ${spawnsInHour} sessions within an hour, and may start ${limits.spawnsPerHour}.`;
    return refusal(what, 'coordinatorSpawnsPerHour', 'Wait a while');
  }
  return depthRefusal(ancestors, makes, limits);
}

/** A coordinator needs room for workers below itself. */
function depthRefusal(
  ancestors: readonly Ancestor[],
  makes: SessionKind,
  { depth }: CoordinatorLimits,
): Problem<'limit-reached'> | null {
  for (const [index, { id, kind }] of ancestors.entries()) {
    if (!isCoordinator(kind)) continue;
    const levels = index + 1 + (isCoordinator(makes) ? 1 : 0);
    if (levels <= depth[kind]) continue;
    const what = `That needs ${levels} levels of sessions below ${id}, and there may be ${depth[kind]}.`;
    const setting = kind === 'orchestrator' ? 'orchestratorDepth' : 'metaOrchestratorDepth';
    return refusal(what, setting, isCoordinator(makes) ? 'Start workers instead' : 'Start it from further up');
  }
  return null;
}

const stopOne = 'Stop one that is not needed any more (athene session kill ID)';

const refusal = (what: string, setting: string, instead: string): Problem<'limit-reached'> => ({
  code: 'limit-reached',
  what,
  kept: 'Nothing was created.',
  todo: `${instead}, or ask the person, who can raise settings.${setting} in config.yaml.`,
});

const pausedProblem = (id: string): Problem<'spawns-paused'> => ({
  code: 'spawns-paused',
  what: `The person has paused the spawning of ${id}.`,
  kept: 'Nothing was created.',
  todo: `Go on with the sessions that there are; the person ends the pause: athene orchestrator resume ${id}`,
});
