import { AArrowDown, AArrowUp } from 'lucide-react';
import type { SessionView } from '#shared/domain/session.ts';
import type { TerminalExit, TerminalSize } from '#shared/domain/terminal.ts';
import { IconButton } from '../../components/button.tsx';
import { createStore, type Readable } from '../../lib/store.ts';
import type { LaneState } from '../../terminal/lane-client.ts';
import type { TerminalView } from '../../terminal/terminal-view.ts';
import { useStore, useSurroundings } from '../app-context.tsx';
import { run } from '../shell/key-router.ts';
import { TerminalTabs } from './terminal-tabs.tsx';
import { LinkState } from './link-state.tsx';
import { Where } from './where.tsx';

/** The header of the terminal: filled while it owns the keyboard, with a chip when it is not simply live. */
export function TerminalBar({
  session,
  lane,
  view,
  focused,
  exit,
}: {
  readonly session: SessionView;
  readonly lane: LaneState | null;
  readonly view: TerminalView | null;
  readonly focused: boolean;
  readonly exit: TerminalExit | null;
}) {
  const surroundings = useSurroundings();
  const size = useStore(view?.size ?? noSize);
  return (
    <div
      className={`flex h-9 shrink-0 items-center gap-2 ps-1.5 pe-1.5 ${focused ? 'bg-owned' : 'border-b border-line bg-canvas'}`}
    >
      <TerminalTabs session={session} />
      <Where session={session} focused={focused} />
      <LinkState lane={lane} view={view} exit={exit} />
      <span
        className={`tabular ms-auto shrink-0 text-caption ${focused ? 'text-ink' : 'text-faint'}`}
        aria-label="Size of the terminal"
      >
        {size === null || view === null ? '' : `${size.cols}×${size.rows}`}
      </span>
      <span className="flex shrink-0 max-[620px]:hidden">
        <IconButton label="Smaller terminal font" onClick={() => run('font-smaller', surroundings)}>
          <AArrowDown size={16} strokeWidth={1.5} />
        </IconButton>
        <IconButton label="Larger terminal font" onClick={() => run('font-larger', surroundings)}>
          <AArrowUp size={16} strokeWidth={1.5} />
        </IconButton>
      </span>
    </div>
  );
}

const noSize: Readable<TerminalSize | null> = createStore<TerminalSize | null>(null);
