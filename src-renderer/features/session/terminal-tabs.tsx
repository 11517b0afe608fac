// What there is to see of a session: its agent's terminal, what was said, the project's run command, shells; and the way to another shell.
import { Bot, MessagesSquare, Play, Plus, SquareTerminal, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { runLabel, type SessionTerminal } from '#shared/domain/session-terminal.ts';
import { sameTab, sessionTabs, type SessionTab } from '../../state/session-tabs.ts';
import { IconButton } from '../../components/button.tsx';
import { exitWords } from './exit-words.ts';
import { isLive, useShells, useShownTab } from './use-shells.ts';

export function TerminalTabs({ session }: { readonly session: SessionView }) {
  const shells = useShells(session);
  const shown = useShownTab(session);
  const own = shown.kind === 'shell' ? shown.terminal : null;
  return (
    <span className="flex min-w-0 items-center">
      <span
        role="tablist"
        aria-label="Terminals"
        className="-my-1 flex min-w-0 items-center gap-0.5 overflow-x-auto py-1 [scrollbar-width:none]"
        onWheel={({ currentTarget, deltaY }) => void (currentTarget.scrollLeft += deltaY)}
      >
        {sessionTabs(session).map((tab) => (
          <Tab
            key={tab.kind === 'shell' ? tab.terminal.id : tab.kind}
            tab={tab}
            chosen={sameTab(tab, shown)}
            onChoose={() => shells.show(tab)}
          />
        ))}
      </span>
      {own === null ? null : (
        <IconButton label={`Close ${own.name}`} onClick={() => void shells.close(own.id)}>
          <X size={14} strokeWidth={1.6} />
        </IconButton>
      )}
      {session.worktree === null ? null : (
        <IconButton label="Open a shell" disabled={shells.busy} onClick={() => void shells.openShell()}>
          <Plus size={15} strokeWidth={1.6} />
        </IconButton>
      )}
    </span>
  );
}

const nameOf = (tab: SessionTab): string =>
  tab.kind === 'shell' ? tab.terminal.name : tab.kind === 'agent' ? 'Agent' : 'Conversation';

function TabIcon({ tab }: { readonly tab: SessionTab }) {
  const look = { size: 15, strokeWidth: 1.4, 'aria-hidden': true } as const;
  if (tab.kind === 'agent') return <Bot {...look} />;
  if (tab.kind === 'conversation') return <MessagesSquare {...look} />;
  return tab.terminal.name === runLabel ? <Play {...look} size={13} /> : <SquareTerminal {...look} />;
}

const endOf = ({ exit }: SessionTerminal): string => (exit === null ? 'ended' : exitWords(exit));

function Tab({
  tab,
  chosen,
  onChoose,
}: {
  readonly tab: SessionTab;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  const ended = tab.kind !== 'shell' || isLive(tab.terminal) ? null : endOf(tab.terminal);
  const button = useRef<HTMLButtonElement>(null);
  // More of them than fit are scrolled.
  useEffect(() => {
    if (chosen) button.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);
  return (
    <button
      ref={button}
      type="button"
      role="tab"
      aria-selected={chosen}
      onClick={onChoose}
      className={`flex h-7 shrink-0 items-center gap-2 rounded-control px-2.5 font-medium ${chosen ? 'bg-term text-ink' : 'text-soft hover:bg-raised hover:text-ink'}`}
    >
      <TabIcon tab={tab} /> {nameOf(tab)}
      {ended === null ? null : <span className="text-caption font-normal text-faint">{ended}</span>}
    </button>
  );
}
