// Projects with their sessions as one list: arrows or j k move, Enter opens, n starts, and only one row is in the tab order.
import { Plus, Settings } from 'lucide-react';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { IconButton } from '../../components/button.tsx';
import { KeyCaps } from '../../components/key-cap.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { groupSwitches, placeOf, sidebarRows, type SidebarRow } from '../../state/sidebar-rows.ts';
import { samePlace } from '../../state/view.ts';
import { keys, useApp, useStore, useView } from '../app-context.tsx';
import { CoordinatorRow, EmptyLeadRow, leadStartOf } from './coordinator-row.tsx';
import { GroupRow } from './group-row.tsx';
import { toggleArchive, togglePin } from './mark-session.ts';
import { QueueLink } from './queue-link.tsx';
import { ProjectRow } from './project-row.tsx';
import { toggleProject } from './toggle-project.ts';
import { SessionRow } from './session-row.tsx';
import { SpawnRow } from './spawn-row.tsx';
import { Rail } from './rail.tsx';
import { useNarrow } from './use-narrow.ts';

export function Sidebar() {
  const { sidebar } = useView();
  const narrow = useNarrow();
  const rail = sidebar === 'rail' || narrow;
  return (
    <nav aria-label="Projects and sessions" className="flex min-h-0 min-w-0 flex-col border-e border-line">
      <QueueLink rail={rail} />
      {rail ? <Rail /> : <FullList />}
      <Footer rail={rail} />
    </nav>
  );
}

function useRows(): readonly SidebarRow[] | null {
  const app = useApp();
  const projects = useStore(app.projects);
  const sessions = useStore(app.sessions);
  const spawns = useStore(app.spawns);
  const metas = useStore(app.coordinators.metas);
  const { closedProjects } = useView();
  return useMemo(
    () =>
      projects === null || sessions === null
        ? null
        : sidebarRows({ projects, sessions, spawns: spawns ?? [], closed: closedProjects, metas }),
    [projects, sessions, spawns, closedProjects, metas],
  );
}

function FullList() {
  const rows = useRows();
  if (rows === null)
    return (
      <div className="flex-1">
        <Skeleton rows={7} awaited="Waiting for the list of projects" />
      </div>
    );
  if (rows.length === 0)
    return (
      <p className="flex-1 px-4 py-4 text-caption text-faint">
        Projects appear here with their sessions, the waiting ones first.
      </p>
    );
  return <Rows rows={rows} />;
}

function Rows({ rows }: { readonly rows: readonly SidebarRow[] }) {
  const app = useApp();
  const { place } = useView();
  const list = useRef<HTMLUListElement>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const openKey = rows.find((row) => {
    const its = placeOf(row);
    return its !== null && samePlace(its, place);
  })?.key;
  const tabStop = rows.some(({ key }) => key === cursor) ? cursor : (openKey ?? rows[0]?.key ?? null);

  const move = (step: number): void => {
    const at = rows.findIndex(({ key }) => key === tabStop);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (next === undefined) return;
    setCursor(next.key);
    list.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(next.key)}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target as HTMLElement).dataset['row']) return;
    const row = rows.find(({ key }) => key === (event.target as HTMLElement).dataset['row']);
    if (!act(event.key, row)) return;
    event.preventDefault();
  };
  return (
    <ul
      ref={list}
      onKeyDown={onKeyDown}
      // Rows keep what they are given, so that one that changes is drawn and the others are not.
      onFocus={({ target }) => (target.dataset['row'] === undefined ? undefined : setCursor(target.dataset['row']))}
      aria-label="Sessions by project"
      className="min-h-0 flex-1 overflow-y-auto px-2 pt-1 pb-4"
    >
      {rows.map((row) => {
        const shared = {
          'data-row': row.key,
          tabIndex: row.key === tabStop ? 0 : -1,
          selected: row.key === openKey,
        };
        if (row.kind === 'group') return <GroupRow key={row.key} row={row} {...shared} />;
        if (row.kind === 'project') return <ProjectRow key={row.key} row={row} {...shared} />;
        if (row.kind === 'coordinator') return <CoordinatorRow key={row.key} row={row} {...shared} />;
        if (row.kind === 'no-orchestrator' || row.kind === 'idle-meta')
          return <EmptyLeadRow key={row.key} row={row} {...shared} />;
        if (row.kind === 'session') return <SessionRow key={row.key} session={row.session} {...shared} />;
        return <SpawnRow key={row.key} spawn={row.spawn} {...shared} />;
      })}
    </ul>
  );

  /** True when the key meant something. */
  function act(key: string, row: SidebarRow | undefined): boolean {
    switch (key) {
      case 'ArrowDown':
      case 'j':
        move(1);
        return true;
      case 'ArrowUp':
      case 'k':
        move(-1);
        return true;
      case 'Home':
        move(-rows.length);
        return true;
      case 'End':
        move(rows.length);
        return true;
      case 'n':
        app.view.update((view) => ({ ...view, dialog: {} }));
        return true;
      case 'r':
        if (row?.kind !== 'session' && row?.kind !== 'coordinator') return false;
        app.view.update((view) => ({ ...view, quickReply: row.session.id }));
        return true;
      case 'ArrowLeft':
      case 'ArrowRight':
        if (row?.kind === 'project' && row.closed === (key === 'ArrowRight')) toggleProject(app, row.id);
        if (row?.kind === 'group' && row.closed === (key === 'ArrowRight'))
          toggleProject(app, groupSwitches[row.group]);
        return true;
      case 'Enter': {
        const its = row === undefined ? null : placeOf(row);
        if (row?.kind === 'project') toggleProject(app, row.id);
        if (row?.kind === 'group') toggleProject(app, groupSwitches[row.group]);
        if (row?.kind === 'no-orchestrator' || row?.kind === 'idle-meta')
          app.view.update((view) => ({ ...view, leading: leadStartOf(row) }));
        if (its !== null) app.view.go(its, { focus: true });
        return true;
      }
      case '*':
        if (row?.kind === 'session' || row?.kind === 'coordinator') void togglePin(app, row.session);
        return true;
      case '#':
        if (row?.kind === 'session' || row?.kind === 'coordinator') void toggleArchive(app, row.session);
        return true;
      default:
        return false;
    }
  }
}

function Footer({ rail }: { readonly rail: boolean }) {
  const app = useApp();
  const start = () => app.view.update((view) => ({ ...view, dialog: {} }));
  const settings = (
    <IconButton label="Settings" onClick={() => app.view.go({ kind: 'settings' })}>
      <Settings size={16} strokeWidth={1.4} />
    </IconButton>
  );
  if (rail)
    return (
      <div className="flex shrink-0 flex-col items-center gap-1 border-t border-line py-2">
        <IconButton label="New session" onClick={start}>
          <Plus size={16} strokeWidth={1.4} />
        </IconButton>
        {settings}
      </div>
    );
  return (
    <div className="flex h-11 shrink-0 items-center border-t border-line ps-2 pe-1.5">
      <button
        type="button"
        onClick={start}
        className="flex h-7 min-w-0 flex-1 items-center gap-2 rounded-control ps-2 font-medium text-soft transition-colors duration-80 hover:bg-raised hover:text-ink"
      >
        <Plus size={16} strokeWidth={1.4} aria-hidden="true" /> New session <KeyCaps keys={keys('new-session')} />
      </button>
      {settings}
    </div>
  );
}
