// Coordinators as clients see them: those that config.yaml names, and those that there are besides.
import { leaderPermissions } from '#shared/domain/agent-choice.ts';
import type { CoordinatorView, Coordinators } from '#shared/domain/coordinator-view.ts';
import { isCoordinator, orchestratorId, projectsInScope } from '#shared/domain/coordinator.ts';
import type { MetaOrchestrator } from '#shared/domain/meta-orchestrator.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { hasConsent, limitsIn } from '../sessions/coordinators/coordinator-settings.ts';
import { answersFor } from '../sessions/coordinators/stop-coordinator.ts';
import type { HostParts } from './host.ts';
import { listSessionViews } from './session-views.ts';

export function listCoordinators(parts: HostParts): Coordinators {
  const { configuration, sessions } = parts;
  const views = sessions.store.read((tx) => listSessionViews(parts, tx));
  const projects = configuration.projects().filter(({ state }) => state === 'ready');
  const { metaOrchestrators: metas, defaults } = configuration.wholeConfig();
  const known = configuration.projects().map(({ id }) => id);
  const of = (id: string): SessionView | undefined => views.find((view) => view.id === id && isCoordinator(view.kind));
  const asksIn = (project: Parameters<typeof leaderPermissions>[0], session: SessionView | undefined): boolean =>
    leaderPermissions(project, defaults) === 'ask' && (session === undefined || session.permissions === 'ask');
  const gone = views.filter(({ id, kind }) => kind === 'meta-orchestrator' && !metas.has(id));
  return {
    permissionless: hasConsent(configuration),
    limits: limitsIn(configuration),
    coordinators: [
      ...[...metas].map(([name, meta]) => {
        const session = of(name);
        return metaView(name, { meta, session, views, known, asks: asksIn({}, session) });
      }),
      ...gone.map((session) => metaView(session.id, { meta: null, session, views, known, asks: asksIn({}, session) })),
      ...projects.map(({ id, prefix }) => {
        const [session, project] = [of(orchestratorId(prefix)), configuration.find(id)];
        return orchestratorView(id, { session, prefix, views, asks: asksIn(project.ok ? project.value : {}, session) });
      }),
    ],
  };
}

interface OfMeta {
  readonly meta: MetaOrchestrator | null;
  readonly session: SessionView | undefined;
  readonly views: readonly SessionView[];
  readonly known: readonly string[];
  readonly asks: boolean;
}

function metaView(name: string, { meta, session, views, known, asks }: OfMeta): CoordinatorView {
  const leads = session?.leads ?? projectsInScope(meta?.scope ?? { projects: [] }, known);
  return {
    ...{ id: name, kind: 'meta-orchestrator', project: null, configured: meta !== null },
    scope: meta?.scope ?? null,
    discover: meta?.discover ?? false,
    ...common(session, leads, { views, coordinator: { id: name, kind: 'meta-orchestrator', project: '' } }),
    asks,
  };
}

function orchestratorView(
  project: string,
  { session, prefix, views, asks }: Pick<OfMeta, 'session' | 'views' | 'asks'> & { readonly prefix: string },
): CoordinatorView {
  const id = orchestratorId(prefix);
  return {
    ...{ id, kind: 'orchestrator', project, configured: true, scope: null, discover: false },
    ...common(session, [project], { views, coordinator: { id, kind: 'orchestrator', project } }),
    asks,
  };
}

function common(
  session: SessionView | undefined,
  leads: readonly string[],
  {
    views,
    coordinator,
  }: { readonly views: readonly SessionView[]; readonly coordinator: Parameters<typeof answersFor>[0] },
): Pick<CoordinatorView, 'leads' | 'session' | 'workers' | 'peers' | 'spawningPaused'> {
  const live = views.filter((view) => view.kind === 'worker' && view.damaged === null && isLive(view));
  const workers = live.filter((view) => answersFor(coordinator, view)).map(({ id }) => id);
  return {
    leads: [...leads],
    session: session === undefined ? null : { state: session.state, status: session.status, live: isLive(session) },
    workers,
    peers: live.filter(({ id, project }) => leads.includes(project) && !workers.includes(id)).map(({ id }) => id),
    spawningPaused: session?.spawningPaused ?? false,
  };
}

const ended: ReadonlySet<SessionView['status']> = new Set([
  'merged',
  'cleanup',
  'errored',
  'killed',
  'done',
  'terminated',
]);
const isLive = ({ status }: SessionView): boolean => !ended.has(status);
