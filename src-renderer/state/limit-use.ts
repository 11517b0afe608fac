// How much of what a coordinator may it has used. Pure; the host counts for itself before each spawn.
import { isCoordinator } from '#shared/domain/coordinator.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { Settings } from '#shared/domain/settings.ts';
import { chainOf } from './leaders.ts';
import { isEnded } from './sidebar-rows.ts';

export type LimitName =
  | 'coordinatorWorkers'
  | 'coordinatorSpawnsPerHour'
  | 'orchestratorDepth'
  | 'metaOrchestratorDepth';

export interface LimitUse {
  readonly name: LimitName;
  readonly used: number;
  readonly allowed: number;
}

const hour = 3_600_000;

/** @param now ms since the epoch */
export function limitUseOf(
  root: SessionView,
  all: readonly SessionView[],
  settings: Pick<Settings, LimitName>,
  now: number,
): readonly LimitUse[] {
  const made = all.filter(({ spawnedBy, id }) => spawnedBy === root.id && id !== root.id);
  const depth = root.kind === 'meta-orchestrator' ? 'metaOrchestratorDepth' : 'orchestratorDepth';
  const use: Readonly<Record<LimitName, number>> = {
    coordinatorWorkers: made.filter((session) => !isCoordinator(session.kind) && !isEnded(session)).length,
    coordinatorSpawnsPerHour: made.filter(({ createdAt }) => createdAt > now - hour).length,
    [depth]: levelsBelow(root, all),
  } as Readonly<Record<LimitName, number>>;
  return (['coordinatorWorkers', 'coordinatorSpawnsPerHour', depth] as const).map((name) => ({
    ...{ name, used: use[name], allowed: settings[name] },
  }));
}

const levelsBelow = (root: SessionView, all: readonly SessionView[]): number =>
  Math.max(0, ...all.map((session) => chainOf(session, all).findIndex(({ id }) => id === root.id)));
