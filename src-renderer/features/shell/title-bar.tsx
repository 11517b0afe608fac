import type { ReactNode } from 'react';
import { ChevronLeft, ChevronRight, Monitor, Moon, PanelLeft, PanelRight, Sun } from 'lucide-react';
import { IconButton } from '../../components/button.tsx';
import { Chip, StateChip } from '../../components/chip.tsx';
import { SessionActions } from '../session/session-actions.tsx';
import { Why } from '../session/why.tsx';
import { useApp, useStore, useView } from '../app-context.tsx';

export function TitleBar() {
  const app = useApp();
  const view = useView();
  return (
    <header className="flex min-w-0 items-center border-b border-line pe-2" aria-label="Athene">
      <div
        className={`flex shrink-0 items-center gap-1 ps-2 ${view.sidebar === 'rail' ? '' : 'min-[900px]:w-[264px]'}`}
      >
        <IconButton
          label="Toggle sidebar"
          pressed={view.sidebar === 'open'}
          onClick={() => app.view.update((now) => ({ ...now, sidebar: now.sidebar === 'open' ? 'rail' : 'open' }))}
        >
          <PanelLeft size={16} strokeWidth={1.4} />
        </IconButton>
        <IconButton label="Back" disabled={view.back.length === 0} onClick={() => app.view.goBack()}>
          <ChevronLeft size={17} strokeWidth={1.6} />
        </IconButton>
        <IconButton label="Forward" disabled={view.forward.length === 0} onClick={() => app.view.goForward()}>
          <ChevronRight size={17} strokeWidth={1.6} />
        </IconButton>
      </div>
      <Breadcrumb />
      <div className="ms-auto flex shrink-0 items-center gap-1 ps-2">
        <Actions />
        <ThemeSwitch />
        {view.place.kind === 'session' ? (
          <IconButton label="Toggle inspector" pressed={view.inspector} onClick={() => app.view.toggleInspector()}>
            <PanelRight size={16} strokeWidth={1.4} />
          </IconButton>
        ) : null}
      </div>
    </header>
  );
}

function Actions() {
  const app = useApp();
  const { place } = useView();
  const sessions = useStore(app.sessions);
  const session = place.kind === 'session' ? sessions?.find(({ id }) => id === place.id) : undefined;
  if (session === undefined) return null;
  return (
    <span className="me-2 flex">
      <SessionActions key={session.id} session={session} />
    </span>
  );
}

function Breadcrumb() {
  const app = useApp();
  const { place } = useView();
  const sessions = useStore(app.sessions);
  const spawns = useStore(app.spawns);
  const projects = useStore(app.projects);
  const projectName = (id: string): string => projects?.find((project) => project.id === id)?.name ?? id;
  if (place.kind === 'session') {
    const session = sessions?.find(({ id }) => id === place.id);
    if (session !== undefined)
      return (
        <Crumbs project={projectName(session.project)} name={session.name}>
          <Why session={session} />
        </Crumbs>
      );
    return <Title>Session</Title>;
  }
  if (place.kind === 'spawn') {
    const spawn = spawns?.find(({ request }) => request === place.request);
    if (spawn !== undefined)
      return (
        <Crumbs project={projectName(spawn.input.project)} name={spawn.name}>
          {spawn.state === 'running' ? (
            <StateChip state="starting" />
          ) : (
            <Chip colour="var(--state-fail)">Not started</Chip>
          )}
        </Crumbs>
      );
    return <Title>New session</Title>;
  }
  return <Title>{place.kind === 'settings' ? 'Settings' : place.kind === 'welcome' ? 'Welcome' : 'Overview'}</Title>;
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
      <span className="max-w-40 shrink truncate text-strong text-soft max-[760px]:hidden">{project}</span>
      <span className="text-faint max-[760px]:hidden" aria-hidden="true">
        /
      </span>
      <h1 className="truncate text-strong font-semibold" title={name}>
        {name}
      </h1>
      {children}
    </div>
  );
}

const Title = ({ children }: { readonly children: string }) => (
  <h1 className="truncate ps-3.5 text-strong font-semibold">{children}</h1>
);

const themes = {
  system: { icon: Monitor, label: 'Theme: as the system', next: 'dark' },
  dark: { icon: Moon, label: 'Theme: dark', next: 'light' },
  light: { icon: Sun, label: 'Theme: light', next: 'system' },
} as const;

function ThemeSwitch() {
  const app = useApp();
  const { theme } = useStore(app.settings);
  const { icon: Icon, label, next } = themes[theme];
  return (
    <IconButton label={label} onClick={() => void app.changeSettings({ theme: next })}>
      <Icon size={16} strokeWidth={1.4} />
    </IconButton>
  );
}
