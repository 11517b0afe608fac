// The session's terminal: opened while it is on the screen and closed with it, so that hidden ones get no bytes.
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import type { SessionTerminal } from '#shared/domain/session-terminal.ts';
import { createStore, type Readable } from '../../lib/store.ts';
import type { LaneState } from '../../terminal/lane-client.ts';
import type { ScrollState } from '../../terminal/scroll-lock.ts';
import { loadTerminalFonts } from '../../terminal/fonts.ts';
import type { PasteVerdict } from '../../terminal/paste.ts';
import { openTerminal, type TerminalView } from '../../terminal/terminal-view.ts';
import { stateWords } from '../../text.ts';
import { keys, useStore, useSurroundings, useView } from '../app-context.tsx';
import { useTheme } from '../use-theme.ts';
import { LinkQuestion } from './link-question.tsx';
import { PasteQuestion } from './paste-question.tsx';
import { LinkState } from './link-state.tsx';
import { NewLinesPill, SizeDisplay } from './terminal-overlays.tsx';
import { TerminalBar } from './terminal-bar.tsx';
import { useDroppedFiles } from './use-dropped-files.ts';
import { useReattach } from './use-reattach.ts';

type Paste = Extract<PasteVerdict, { kind: 'ask' }>;

/** @param compact without a header: what it would say beyond the branch stands over the terminal's corner */
export function TerminalPane({
  session,
  terminal,
  shell,
  compact,
}: {
  readonly session: SessionView;
  readonly terminal: string;
  /** Null: it is the agent's. */
  readonly shell: SessionTerminal | null;
  readonly compact: boolean;
}) {
  const [view, setView] = useState<TerminalView | null>(null);
  const [paste, setPaste] = useState<Paste | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const container = useRef<HTMLDivElement>(null);
  const label = shell === null ? `Terminal, ${session.name}` : `Terminal, ${session.name}, ${shell.name}`;
  useTerminal({
    container,
    terminal,
    label: shell === null ? `${label}, ${stateWords[session.state].toLowerCase()}` : label,
    setView,
    setPaste,
    setLink,
  });
  useReattach(view);
  useDroppedFiles(container, view);
  useTextOf(container, view);
  const lane = useStore(view?.lane.state ?? nothingYet);
  const scroll = useStore(view?.scroll ?? followingAlways);
  const exit = lane?.exit ?? (shell === null ? session.exit : shell.exit);
  const hasEnded = exit !== null;
  const back = (act: () => void) => () => {
    act();
    view?.focus();
  };
  return (
    <div
      className={`relative m-0 flex min-h-0 flex-1 flex-col border-2 bg-term ${focused ? 'border-accent' : 'border-transparent'}`}
      onFocus={(event) => setFocused(container.current?.contains(event.target) === true)}
      onBlur={() => setFocused(false)}
    >
      {compact ? (
        <div className="absolute end-5 top-2 z-10 flex items-center gap-2">
          {hasEnded && lane?.link.kind === 'live' ? null : <LinkState lane={lane} view={view} exit={exit} />}
        </div>
      ) : (
        <TerminalBar session={session} lane={lane} view={view} focused={focused} exit={exit} />
      )}
      <div
        ref={container}
        role="region"
        aria-label={label}
        className={`min-h-0 flex-1 overflow-hidden py-2.5 ps-3.5 ${lane?.lease === 'elsewhere' ? 'overflow-auto' : ''} ${lane?.link.kind === 'replaying' ? 'opacity-60' : ''}`}
        onMouseDown={() => (lane?.lease === 'unknown' ? undefined : view?.focus())}
      />
      <SizeDisplay view={view} />
      {scroll.kind === 'locked' ? <NewLinesPill scroll={scroll} onFollow={back(() => view?.follow())} /> : null}
      {paste === null ? null : (
        <PasteQuestion
          paste={paste}
          target={session.name}
          onPaste={(text) =>
            back(() => {
              setPaste(null);
              view?.paste(text);
            })()
          }
          onCancel={back(() => setPaste(null))}
        />
      )}
      {link === null ? null : <LinkQuestion address={link} onClose={back(() => setLink(null))} />}
    </div>
  );
}

/** The region's `atheneText()`: the whole text, history included, for tests and tools. Empty while the terminal opens. */
function useTextOf(container: RefObject<HTMLElement | null>, view: TerminalView | null): void {
  useLayoutEffect(() => {
    if (container.current !== null) Object.assign(container.current, { atheneText: () => view?.text() ?? '' });
  }, [container, view]);
}

const nothingYet: Readable<LaneState | null> = createStore<LaneState | null>(null);
const followingAlways: Readable<ScrollState> = createStore<ScrollState>({ kind: 'following' });

function useTerminal({
  container,
  terminal,
  label,
  setView,
  setPaste,
  setLink,
}: {
  readonly container: RefObject<HTMLDivElement | null>;
  readonly terminal: string;
  readonly label: string;
  readonly setView: (view: TerminalView | null) => void;
  readonly setPaste: (paste: Paste) => void;
  readonly setLink: (address: string) => void;
}): void {
  const { app, terminal: current } = useSurroundings();
  const { terminalFontSize } = useStore(app.settings);
  const { focusTerminal } = useView();
  const theme = useTheme();
  const [opened, setOpened] = useState<TerminalView | null>(null);
  const start = useRef({ theme, fontSize: terminalFontSize, label });

  useEffect(() => {
    let closed = false;
    let view: TerminalView | null = null;
    void loadTerminalFonts().then(() => {
      if (closed || container.current === null) return;
      view = openTerminal({
        container: container.current,
        ...start.current,
        wayOut: `Leave with ${keys('leave-terminal').join(' ')}`,
        openLane: (from, lease) => app.connection.openLane('terminal', { terminal, from, lease }),
        place: app.places.get(terminal) ?? null,
        askPaste: setPaste,
        askLink: setLink,
      });
      current.current = view;
      setOpened(view);
      setView(view);
    });
    return () => {
      closed = true;
      const place = view?.place() ?? null;
      if (place === null) app.places.delete(terminal);
      else app.places.set(terminal, place);
      if (current.current === view) current.current = null;
      view?.dispose();
      setView(null);
    };
  }, [app, container, current, terminal, setView, setPaste, setLink]);

  useEffect(() => opened?.setTheme(theme), [opened, theme]);
  useEffect(() => opened?.setFontSize(terminalFontSize), [opened, terminalFontSize]);
  useEffect(() => opened?.setLabel(label), [opened, label]);
  // Only an act of the user moves the focus: each counts up, and the first render of another session is none.
  const handled = useRef(focusTerminal - (app.view.get().focusTerminal > 0 ? 1 : 0));
  useEffect(() => {
    if (opened === null || handled.current === focusTerminal) return;
    handled.current = focusTerminal;
    opened.focus();
  }, [opened, focusTerminal]);
}
