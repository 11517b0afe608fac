import { ChevronDown, TriangleAlert } from 'lucide-react';
import { ProjectMark } from '../../components/project-mark.tsx';
import { StateIcon, stateColour } from '../../components/state-icon.tsx';
import type { SidebarRow } from '../../state/sidebar-rows.ts';
import type { LeadDialogStart } from '../../state/view.ts';
import { useApp } from '../app-context.tsx';
import { RowMenu } from './row-menu.tsx';
import type { RowProps } from './row.tsx';
import { toggleProject } from './toggle-project.ts';

export function ProjectRow({
  row,
  selected,
  ...wired
}: RowProps & { readonly row: Extract<SidebarRow, { kind: 'project' }> }) {
  const app = useApp();
  const { counts } = row;
  const lead = (leading: LeadDialogStart) => () => app.view.update((view) => ({ ...view, leading }));
  const actions = [
    {
      title: 'New session…',
      act: () => app.view.update((view) => ({ ...view, dialog: { project: row.id } })),
    },
    ...(row.startable ? [{ title: 'Start orchestrator…', act: lead({ kind: 'orchestrator', project: row.id }) }] : []),
    { title: 'New meta orchestrator…', act: lead({ kind: 'meta', name: null }) },
  ];
  return (
    <li className="group/row relative mt-[5px]">
      <button
        type="button"
        {...wired}
        aria-expanded={!row.closed}
        aria-label={`Project ${row.name}, ${row.sessions} sessions${row.problem === null ? '' : `, ${row.problem}`}`}
        title={row.problem ?? row.name}
        onClick={() => toggleProject(app, row.id)}
        className={`flex h-7 w-full items-center gap-2 rounded-control ps-1.5 pe-2 -outline-offset-2 hover:bg-raised ${selected ? 'bg-selected' : ''}`}
      >
        <ChevronDown
          size={14}
          strokeWidth={1.6}
          aria-hidden="true"
          className={`shrink-0 text-soft ${row.closed ? '-rotate-90' : ''}`}
        />
        {row.colour === null ? null : <ProjectMark colour={row.colour} />}
        <span className="min-w-0 truncate font-semibold">{row.name}</span>
        {row.problem === null ? null : <TriangleAlert size={13} className="shrink-0 text-ask" aria-hidden="true" />}
        <span className="tabular ms-auto flex shrink-0 items-center gap-2 text-caption font-medium group-hover/row:opacity-0">
          {counts.waiting > 0 ? <Count state="asks-permission" count={counts.waiting} /> : null}
          {counts.broken > 0 ? <Count state="ci-failing" count={counts.broken} /> : null}
          {row.closed && counts.waiting + counts.broken === 0 ? (
            <span className="font-normal text-faint">{row.sessions}</span>
          ) : null}
        </span>
      </button>
      <RowMenu quiet of={`project ${row.name}`} actions={actions} />
      {row.problem === null || row.closed ? null : (
        <p className="ms-7 me-2 mb-1 line-clamp-2 text-caption text-faint" title={row.problem}>
          {row.problem}
        </p>
      )}
    </li>
  );
}

const Count = ({ state, count }: { readonly state: 'asks-permission' | 'ci-failing'; readonly count: number }) => (
  <span className="flex items-center gap-0.5" style={{ color: stateColour(state) }}>
    <StateIcon state={state} size={13} /> {count}
  </span>
);
