import { AArrowDown, AArrowUp, GitBranch } from 'lucide-react';
import { isCoordinator } from '#shared/domain/coordinator.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { TerminalExit, TerminalSize } from '#shared/domain/terminal.ts';
import { IconButton } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Chip } from '../../components/chip.tsx';
import { createStore, type Readable } from '../../lib/store.ts';
import type { LaneState } from '../../terminal/lane-client.ts';
import type { TerminalView } from '../../terminal/terminal-view.ts';
import { useStore, useSurroundings } from '../app-context.tsx';
import { run } from '../shell/key-router.ts';
import { TerminalTabs } from './terminal-tabs.tsx';
import { LinkState } from './link-state.tsx';

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

/** The branch and, to be copied, the worktree: where this terminal's commands act. */
function Where({ session, focused }: { readonly session: SessionView; readonly focused: boolean }) {
  return (
    <span
      className={`flex min-w-0 shrink-[20] items-center gap-1.5 overflow-hidden max-[760px]:hidden ${focused ? 'text-ink' : 'text-faint'}`}
    >
      {session.branch === null ? null : (
        <>
          <GitBranch size={13} strokeWidth={1.5} aria-hidden="true" className="shrink-0" />
          <code className="truncate font-mono text-caption" title={session.branch}>
            {session.branch}
          </code>
        </>
      )}
      {session.worktree === null ? null : (
        <CopyButton text={session.worktree} label="Copy the worktree's path" iconOnly />
      )}
      {session.permissions === 'permissionless' && !isCoordinator(session.kind) ? (
        <Chip small colour="var(--state-stuck)">
          no permission asking
        </Chip>
      ) : null}
    </span>
  );
}

const noSize: Readable<TerminalSize | null> = createStore<TerminalSize | null>(null);
