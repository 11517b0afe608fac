import { Archive, ChevronDown, Pin } from 'lucide-react';
import { groupSwitches, type SidebarRow } from '../../state/sidebar-rows.ts';
import { useApp } from '../app-context.tsx';
import type { RowProps } from './row.tsx';
import { toggleProject } from './toggle-project.ts';

const names = { pinned: 'Pinned', archive: 'Archive' } as const;

/** Sessions of all projects that a person put on top, or out of sight. */
export function GroupRow({
  row: { group, closed, sessions },
  selected,
  ...wired
}: RowProps & { readonly row: Extract<SidebarRow, { kind: 'group' }> }) {
  const app = useApp();
  const Icon = group === 'pinned' ? Pin : Archive;
  return (
    <li className="mt-[5px]">
      <button
        type="button"
        {...wired}
        aria-expanded={!closed}
        aria-label={`${names[group]}, ${sessions} sessions`}
        onClick={() => toggleProject(app, groupSwitches[group])}
        className={`flex h-7 w-full items-center gap-2 rounded-control ps-1.5 pe-2 -outline-offset-2 hover:bg-raised ${selected ? 'bg-selected' : ''}`}
      >
        <ChevronDown
          size={14}
          strokeWidth={1.6}
          aria-hidden="true"
          className={`shrink-0 text-soft ${closed ? '-rotate-90' : ''}`}
        />
        <Icon size={13} strokeWidth={1.6} aria-hidden="true" className="shrink-0 text-faint" />
        <span className="min-w-0 truncate font-semibold text-soft">{names[group]}</span>
        <span className="tabular ms-auto text-caption text-faint">{closed ? sessions : ''}</span>
      </button>
    </li>
  );
}
