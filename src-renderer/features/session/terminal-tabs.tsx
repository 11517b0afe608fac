// The session's terminals: its agent's, the project's run command, shells; and the way to another shell.
import { Bot, Play, Plus, SquareTerminal, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { runLabel, type SessionTerminal } from '#shared/domain/session-terminal.ts';
import { IconButton } from '../../components/button.tsx';
import { exitWords } from './exit-words.ts';
import { isLive, useShells, useShownTerminal } from './use-shells.ts';

export function TerminalTabs({ session }: { readonly session: SessionView }) {
  const shells = useShells(session);
  const { shown, own } = useShownTerminal(session);
  const beside = session.terminals.filter(({ role }) => role === 'shell');
  return (
    <span className="flex min-w-0 items-center">
      <span
        role="tablist"
        aria-label="Terminals"
        className="-my-1 flex min-w-0 items-center gap-0.5 overflow-x-auto py-1 [scrollbar-width:none]"
        onWheel={({ currentTarget, deltaY }) => void (currentTarget.scrollLeft += deltaY)}
      >
        <Tab name="Agent" chosen={shown === session.terminal} onChoose={() => shells.show(null)} ended={null} />
        {beside.map((terminal) => (
          <Tab
            key={terminal.id}
            name={terminal.name}
            chosen={terminal.id === shown}
            ended={isLive(terminal) ? null : endOf(terminal)}
            onChoose={() => shells.show(terminal.id)}
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

const endOf = ({ exit }: SessionTerminal): string => (exit === null ? 'ended' : exitWords(exit));

function Tab({
  name,
  chosen,
  ended,
  onChoose,
}: {
  readonly name: string;
  readonly chosen: boolean;
  /** How it ended; null while it lives. */
  readonly ended: string | null;
  readonly onChoose: () => void;
}) {
  const button = useRef<HTMLButtonElement>(null);
  // More of them than fit are scrolled.
  useEffect(() => {
    if (chosen) button.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);
  const Icon = name === 'Agent' ? Bot : name === runLabel ? Play : SquareTerminal;
  return (
    <button
      ref={button}
      type="button"
      role="tab"
      aria-selected={chosen}
      onClick={onChoose}
      className={`flex h-7 shrink-0 items-center gap-2 rounded-control px-2.5 font-medium ${chosen ? 'bg-term text-ink' : 'text-soft hover:bg-raised hover:text-ink'}`}
    >
      <Icon size={name === runLabel ? 13 : 15} strokeWidth={1.4} aria-hidden="true" /> {name}
      {ended === null ? null : <span className="text-caption font-normal text-faint">{ended}</span>}
    </button>
  );
}
