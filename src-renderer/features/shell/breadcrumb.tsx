// Where this window is: project, name and state.
import type { ReactNode } from 'react';
import { metaProject, metaProjectName } from '#shared/domain/coordinator.ts';
import type { SpawnView } from '#shared/domain/spawn.ts';
import { ordinal } from '#shared/domain/waiting-line.ts';
import { Chip, StateChip } from '../../components/chip.tsx';
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
      return (
        <Crumbs project={projectName(session.project)} name={session.name}>
          <Why session={session} />
        </Crumbs>
      );
    }
    case 'spawn': {
      const spawn = spawns?.find(({ request }) => request === place.request);
      if (spawn === undefined) return <Title>New session</Title>;
      return (
        <Crumbs project={projectName(spawn.input.project)} name={spawn.name}>
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

function Crumbs({
  project,
  name,
  children,
}: {
  readonly project: string;
  readonly name: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex min-w-0 items-center gap-2 ps-3.5">
      <span className="max-w-40 shrink-0 truncate text-strong text-soft @max-[1100px]:max-w-24 @max-[860px]:hidden">
        {project}
      </span>
      <span className="text-faint @max-[860px]:hidden" aria-hidden="true">
        /
      </span>
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
