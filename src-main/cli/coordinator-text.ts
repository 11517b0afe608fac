// Coordinators in lines of text. Pure.
import type { Coordinators, CoordinatorView } from '#shared/domain/coordinator-view.ts';

const kinds = { orchestrator: 'orchestrator', 'meta-orchestrator': 'meta' } as const;

export const coordinatorRows = (coordinators: readonly CoordinatorView[]): readonly (readonly string[])[] => [
  ['ID', 'KIND', 'STATE', 'LEADS', 'WORKERS', ''],
  ...coordinators.map(({ id, kind, session, leads, workers, spawningPaused, configured, asks }) => [
    id,
    kinds[kind],
    session === null ? 'not started' : session.state,
    leads.join(', ') || '(none)',
    String(workers.length),
    [asks ? 'asks before it acts' : '', spawningPaused ? 'spawning paused' : '', configured ? '' : 'not in config.yaml']
      .filter((word) => word !== '')
      .join(', '),
  ]),
];

export const limitLines = ({ limits, permissionless }: Coordinators): readonly string[] => [
  `Each may have ${limits.workers} live workers and start ${limits.spawnsPerHour} sessions an hour; levels below: ${limits.depth.orchestrator}, of a meta orchestrator ${limits.depth['meta-orchestrator']}.`,
  permissionless
    ? 'They act without asking, as you agreed (athene orchestrator consent --revoke).'
    : 'You have not agreed that they act without asking: none is started, but for those that config.yaml makes ask.',
];

/** What one sees of itself, and a person of it. */
export function metaLines(meta: CoordinatorView): readonly string[] {
  const { id, session, scope, discover, leads, workers, peers, spawningPaused } = meta;
  return [
    `${id}: ${session === null ? 'not started' : session.state}${spawningPaused ? ', spawning paused' : ''}`,
    `Scope: ${scopeText(scope)} (${leads.join(', ') || 'no project yet'})`,
    discover
      ? 'Discover: on, as a wish: it sees the projects that are registered, and finds no others by itself.'
      : 'Discover: off.',
    workers.length === 0 ? 'It has no live workers.' : `Its live workers: ${workers.join(', ')}`,
    ...(peers.length === 0 ? [] : [`Others in its projects: ${peers.join(', ')}`]),
  ];
}

export function scopeText(scope: CoordinatorView['scope']): string {
  if (scope === null) return 'not in config.yaml any more';
  return scope === 'all' ? 'all registered projects' : `projects: ${scope.projects.join(', ')}`;
}
