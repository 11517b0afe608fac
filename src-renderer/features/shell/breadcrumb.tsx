// Where this window is: project, name and state.
import type { ReactNode } from 'react';
import { isCoordinator, metaProject, metaProjectName } from '#shared/domain/coordinator.ts';
import type { ProjectColour } from '#shared/domain/project-colour.ts';
import type { SpawnView } from '#shared/domain/spawn.ts';
import { ordinal } from '#shared/domain/waiting-line.ts';
import { CoordinatorIcon } from '../../components/coordinator-icon.tsx';
import { Chip, StateChip } from '../../components/chip.tsx';
import { ProjectMark } from '../../components/project-mark.tsx';
import { AutonomyChip } from '../coordinator/autonomy-chip.tsx';
import { useApp, useStore, useView } from '../app-context.tsx';
import { Why } from '../session/why.tsx';

export function Breadcrumb() {
  const app = useApp();
  const { place } = useView();
  const sessions = useStore(app.sessions);
  const spawns = useStore(app.spawns);
  const projects = useStore(app.projects);
  const projectName = (id: string): string =>
    projects?.find((project) => project.id === id)?.name ?? (id === metaProject ? metaProjectName : id);
  switch (place.kind) {
    case 'home':
      return <Title>Queue</Title>;
    case 'welcome':
      return <Title>Welcome</Title>;
    case 'settings':
      return <Title>Settings</Title>;
    case 'session': {
      const session = sessions?.find(({ id }) => id === place.id);
      if (session === undefined) return <Title>Session</Title>;
      const isMeta = session.kind === 'meta-orchestrator';
      return (
        <Crumbs
          project={isMeta ? null : projectName(session.project)}
          colour={projects?.find(({ id }) => id === session.project)?.colour ?? null}
          icon={isCoordinator(session.kind) ? <CoordinatorIcon kind={session.kind} state={session.state} /> : null}
          name={session.name}
        >
          <Why session={session} />
          {isCoordinator(session.kind) ? <AutonomyChip session={session} /> : null}
          {isMeta ? <Covers leads={session.leads ?? []} nameOf={projectName} /> : null}
        </Crumbs>
      );
    }
    case 'spawn': {
      const spawn = spawns?.find(({ request }) => request === place.request);
      if (spawn === undefined) return <Title>New session</Title>;
      return (
        <Crumbs
          project={spawn.input.project === metaProject ? null : projectName(spawn.input.project)}
          colour={projects?.find(({ id }) => id === spawn.input.project)?.colour ?? null}
          name={spawn.name}
        >
          <SpawnChip spawn={spawn} />
        </Crumbs>
      );
    }
  }
}

function SpawnChip({ spawn: { state, place } }: { readonly spawn: SpawnView }) {
  if (place !== null) return <Chip colour="var(--state-faint)">In line, {ordinal(place)}</Chip>;
  if (state === 'running') return <StateChip state="starting" />;
  return <Chip colour="var(--state-fail)">Not started</Chip>;
}

/** The projects of one that leads several. */
const Covers = ({ leads, nameOf }: { readonly leads: readonly string[]; readonly nameOf: (id: string) => string }) => (
  <span className="max-w-52 truncate text-caption text-faint @max-[1280px]:hidden" title={leads.map(nameOf).join(', ')}>
    {leads.length === 0 ? 'covers no project' : `covers ${leads.map(nameOf).join(', ')}`}
  </span>
);

function Crumbs({
  project,
  colour = null,
  icon = null,
  name,
  children,
}: {
  /** Null: it belongs to none. */
  readonly project: string | null;
  readonly colour?: ProjectColour | null;
  readonly icon?: ReactNode;
  readonly name: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex min-w-0 items-center gap-2 ps-3.5">
      {project === null ? null : (
        <>
          <span className="flex max-w-40 shrink-0 items-center gap-1.5 text-strong text-soft @max-[1100px]:max-w-24 @max-[860px]:hidden">
            {colour === null ? null : <ProjectMark colour={colour} />}
            <span className="truncate">{project}</span>
          </span>
          <span className="text-faint @max-[860px]:hidden" aria-hidden="true">
            /
          </span>
        </>
      )}
      {icon}
      <h1 className="min-w-8 truncate text-strong font-semibold" title={name}>
        {name}
      </h1>
      {children}
    </div>
  );
}

const Title = ({ children }: { readonly children: string }) => (
  <h1 className="truncate ps-3.5 text-strong font-semibold">{children}</h1>
);
