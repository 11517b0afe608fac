import { AArrowDown, AArrowUp, ArrowDown, Bot, GitBranch, History, Lock, TriangleAlert } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import type { TerminalExit, TerminalSize } from '#shared/domain/terminal.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Chip } from '../../components/chip.tsx';
import { clockTime } from '../../lib/age.ts';
import { createStore, type Readable } from '../../lib/store.ts';
import type { LaneState } from '../../terminal/lane-client.ts';
import type { ScrollState } from '../../terminal/scroll-lock.ts';
import type { TerminalView } from '../../terminal/terminal-view.ts';
import { useNow, useStore, useSurroundings } from '../app-context.tsx';
import { run } from '../shell/key-router.ts';
import { exitWords } from './exit-words.ts';

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
      <span className="flex h-7 shrink-0 items-center gap-2 rounded-control bg-term px-2.5 font-medium">
        <Bot size={15} strokeWidth={1.4} aria-hidden="true" /> Agent
      </span>
      <Where session={session} focused={focused} />
      <LinkChip lane={lane} exit={exit} />
      {lane?.lease === 'elsewhere' && exit === null ? (
        <Button size={24} onClick={() => view?.lane.requestLease(true)}>
          Take over
        </Button>
      ) : null}
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
    <span className={`flex min-w-0 items-center gap-1.5 max-[760px]:hidden ${focused ? 'text-ink' : 'text-faint'}`}>
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
      {session.permissions === 'permissionless' ? (
        <Chip small colour="var(--state-stuck)">
          no permission asking
        </Chip>
      ) : null}
    </span>
  );
}

const noSize: Readable<TerminalSize | null> = createStore<TerminalSize | null>(null);

function LinkChip({ lane, exit }: { readonly lane: LaneState | null; readonly exit: TerminalExit | null }) {
  const now = useNow();
  const content = describe();
  if (content === null) return null;
  return (
    <span role="status" className="min-w-0">
      <Chip icon={content.icon} {...(content.alarm ? { colour: 'var(--state-ask)' } : {})}>
        {content.text}
      </Chip>
    </span>
  );

  function describe(): { icon: ReactNode; text: string; alarm?: boolean } | null {
    if (lane === null) return null;
    const held = lane.held === 0 ? '' : `, ${lane.held} ${lane.held === 1 ? 'key' : 'keys'} held`;
    switch (lane.link.kind) {
      case 'attaching':
        return { icon: <History size={13} />, text: `Connecting${held}` };
      case 'replaying':
        return { icon: <History size={13} />, text: `Replaying ${amount(lane.link.bytes)}` };
      case 'cut':
        return {
          icon: <TriangleAlert size={13} />,
          text: `Reconnecting ${Math.max(0, Math.floor((now - lane.link.since) / 1000))} s${held}`,
          alarm: true,
        };
      case 'refused':
        return { icon: <TriangleAlert size={13} />, text: lane.link.problem.what, alarm: true };
      case 'live':
        if (exit !== null) return { icon: null, text: `Ended ${clockTime(exit.at)}, ${exitWords(exit)}` };
        if (lane.lease === 'elsewhere')
          return {
            icon: <Lock size={12} />,
            text:
              lane.refusals > 0
                ? 'Read-only here, not typed: another window has control'
                : 'Read-only here: another window has control',
          };
        return held === '' ? null : { icon: <History size={13} />, text: held.slice(2) };
    }
  }
}

/** `2.1 MB`, `14 KB`. */
const amount = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

export function NewLinesPill({
  scroll,
  onFollow,
}: {
  readonly scroll: Extract<ScrollState, { kind: 'locked' }>;
  readonly onFollow: () => void;
}) {
  const { newLines, orMore } = scroll;
  const text =
    newLines === 0
      ? 'Scrolled up'
      : `${newLines.toLocaleString('en')}${orMore ? '+' : ''} new ${newLines === 1 ? 'line' : 'lines'}`;
  return (
    <button
      type="button"
      aria-label={`${text}. Scroll to the bottom`}
      onClick={onFollow}
      className="tabular absolute end-6 bottom-4 z-10 flex h-7 items-center gap-1.5 rounded-full bg-selected px-3 text-caption font-medium text-ink hover:bg-hover"
    >
      <ArrowDown size={13} aria-hidden="true" /> {text}
    </button>
  );
}

/** Milliseconds for which the size is shown after it changed. */
const sizeShown = 900;
/** Milliseconds after opening in which sizes are on their way to the first fit, and nobody's doing. */
const settling = 1000;

export function SizeDisplay({ view }: { readonly view: TerminalView | null }) {
  const size = useStore(view?.size ?? noSize);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (view === null) return undefined;
    const opened = performance.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = view.size.subscribe(() => {
      if (performance.now() - opened < settling) return;
      setShown(true);
      clearTimeout(timer);
      timer = setTimeout(() => setShown(false), sizeShown);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [view]);
  if (!shown || size === null) return null;
  return (
    <div
      aria-hidden="true"
      className="tabular pointer-events-none absolute inset-0 z-10 m-auto flex h-9 w-28 items-center justify-center rounded-card bg-selected text-strong font-medium"
    >
      {size.cols}×{size.rows}
    </div>
  );
}
