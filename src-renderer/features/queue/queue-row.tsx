// One session of the queue. While it has the keyboard, numbers answer it and single letters do the rest.
import { Square, SquareCheck } from 'lucide-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { sectionOf } from '#shared/domain/queue.ts';
import { Button } from '../../components/button.tsx';
import { StateIcon, stateColour } from '../../components/state-icon.tsx';
import { age } from '../../lib/age.ts';
import { stateWords } from '../../text.ts';
import { useApp, useNow, useStore } from '../app-context.tsx';
import { toggleArchive } from '../sidebar/mark-session.ts';
import { useRestore } from '../session/use-restore.ts';
import { projectLabel } from '../project-label.ts';
import { LedBy } from '../coordinator/led-by.tsx';
import { AnswerCard } from './answer-card.tsx';
import { markRead } from './mark-queued.ts';
import { rowLabel } from './row-label.ts';
import { SnoozeMenu } from './snooze-menu.tsx';
import { isJustHanded } from './use-queue-keys.ts';
import { useAnswering, type AnsweringTold } from './use-answering.ts';

export interface QueueRowProps extends AnsweringTold {
  readonly session: SessionView;
  /** The row that is in the tab order. */
  readonly current: boolean;
  readonly selected: boolean;
  /** There are many: less of each. */
  readonly brief: boolean;
  readonly onFocus: () => void;
  readonly onSelect: () => void;
  readonly onOpen: () => void;
  /** Keys that mean something to the list; false for those that do not. */
  readonly onKey: (event: KeyboardEvent) => boolean;
  readonly snoozing: boolean;
  /** The session whose menu opens; null: it was closed. */
  readonly onSnoozing: (id: string | null) => void;
}

export function QueueRow({
  session,
  current,
  selected,
  brief,
  onFocus,
  onSelect,
  onOpen,
  onTyping,
  onGive,
  onGiven,
  onKey,
  snoozing,
  onSnoozing,
}: QueueRowProps) {
  const answering = useAnswering(session, { onTyping, onGive, onGiven });
  const [replying, setReplying] = useState(false);
  const now = useNow();
  const agents = useStore(useApp().agents);
  const agent = agents?.find(({ id }) => id === session.agent)?.name ?? session.agent;
  const asks = sectionOf(session.state) === 'waiting';
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget && isTyping(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onRow = event.target === event.currentTarget;
    if (act(event, onRow)) event.preventDefault();
  };
  const menu = (
    <SnoozeMenu
      sessions={[session]}
      open={snoozing}
      onOpenChange={(open) => onSnoozing(open ? session.id : null)}
      onClosed={() => onSnoozing(null)}
    />
  );
  return (
    <li
      data-row={`queue:${session.id}`}
      tabIndex={current ? 0 : -1}
      aria-label={rowLabel(session, agent, now)}
      aria-current={current ? 'true' : undefined}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onDoubleClick={onOpen}
      style={{ borderInlineStartColor: stateColour(session.state) }}
      className={`group/row flex min-w-0 gap-2.5 border-s-4 border-t border-t-line px-3 -outline-offset-2 first:border-t-transparent ${asks ? 'py-2.5' : 'min-h-11 items-center py-1.5'} ${selected ? 'bg-owned' : current ? 'bg-raised' : ''}`}
    >
      <button
        type="button"
        tabIndex={-1}
        aria-pressed={selected}
        aria-label={selected ? `Do not select ${session.name}` : `Select ${session.name}`}
        onClick={onSelect}
        className="relative flex size-6 shrink-0 items-center justify-center rounded-control hover:bg-selected"
      >
        <span className={selected ? 'hidden' : 'flex group-hover/row:hidden'}>
          <StateIcon state={session.state} />
        </span>
        <span className={selected ? 'flex text-accent' : 'hidden text-faint group-hover/row:flex'}>
          {selected ? <SquareCheck size={16} /> : <Square size={16} strokeWidth={1.5} />}
        </span>
      </button>
      {asks ? (
        <div className="flex min-w-0 flex-1 flex-col gap-1.5">
          <Heading session={session} agent={agent} now={now} menu={menu} />
          <AnswerCard {...{ session, answering, current, brief, replying, onOpen }} onReply={(on) => setReplying(on)} />
        </div>
      ) : (
        <Simple session={session} now={now} current={current} onOpen={onOpen} menu={menu} />
      )}
    </li>
  );

  function act(event: KeyboardEvent, onRow: boolean): boolean {
    if (event.key === 'Escape' && answering.progress?.kind === 'waiting') {
      answering.cancel();
      return true;
    }
    if (/^[1-9]$/.test(event.key)) return isJustHanded(event.currentTarget) || answering.giveNumber(Number(event.key));
    if (event.key === 'r' && answering.question?.takesText === true) {
      setReplying(true);
      return true;
    }
    // A button that has the focus takes Enter and Space for itself.
    if (!onRow && (event.key === 'Enter' || event.key === ' ')) return false;
    return onKey(event);
  }
}

const isTyping = (target: EventTarget): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select');

function Heading({
  session,
  agent,
  now,
  menu,
}: {
  readonly session: SessionView;
  readonly agent: string;
  readonly now: number;
  readonly menu: ReactNode;
}) {
  const colour = stateColour(session.state);
  return (
    <div className="flex min-h-6 min-w-0 items-center gap-2">
      <Name session={session} />
      <span className="min-w-0 shrink truncate text-caption text-faint">
        {projectLabel(session.project)} · {agent}
      </span>
      <LedBy session={session} />
      <span className="ms-auto flex shrink-0 items-center gap-1 ps-2">
        {menu}
        <span className="tabular w-9 text-end text-caption font-medium" style={{ color: colour }}>
          {session.since === 0 ? '' : age(session.since, now)}
        </span>
      </span>
    </div>
  );
}

const Name = ({ session }: { readonly session: SessionView }) => (
  <>
    <span className="min-w-12 shrink truncate text-strong font-semibold" title={session.name}>
      {session.name}
    </span>
    <span
      className="shrink-0 text-caption font-medium @max-[560px]:hidden"
      style={{ color: stateColour(session.state) }}
    >
      {stateWords[session.state]}
    </span>
  </>
);

function Simple({
  session,
  now,
  current,
  onOpen,
  menu,
}: {
  readonly session: SessionView;
  readonly now: number;
  readonly current: boolean;
  readonly onOpen: () => void;
  readonly menu: ReactNode;
}) {
  return (
    <>
      <span className="flex min-w-0 flex-1 items-center gap-2">
        <Name session={session} />
        <span className="min-w-0 flex-1 truncate text-soft" title={session.because}>
          {session.because}
        </span>
      </span>
      <Actions session={session} current={current} onOpen={onOpen} />
      {menu}
      <span className="tabular w-9 shrink-0 text-end text-caption text-faint">
        {session.since === 0 ? '' : age(session.since, now)}
      </span>
    </>
  );
}

function Actions({
  session,
  current,
  onOpen,
}: {
  readonly session: SessionView;
  readonly current: boolean;
  readonly onOpen: () => void;
}): ReactNode {
  const app = useApp();
  const { busy, restore, problem } = useRestore(session);
  const tabIndex = current ? 0 : -1;
  const finished = sectionOf(session.state) === 'finished';
  const ended = session.state === 'crashed' || session.state === 'lost';
  return (
    <span className="flex shrink-0 gap-1">
      {finished ? (
        <Button size={24} tabIndex={tabIndex} onClick={() => void markRead(app, session, true)}>
          Read
        </Button>
      ) : null}
      {finished ? (
        <Button size={24} kind="quiet" tabIndex={tabIndex} onClick={() => void toggleArchive(app, session)}>
          Archive
        </Button>
      ) : null}
      {ended ? (
        <Button size={24} tabIndex={tabIndex} disabled={busy} title={problem?.what} onClick={() => void restore()}>
          {busy ? 'Restoring…' : problem === null ? 'Restore' : 'Not restored'}
        </Button>
      ) : null}
      {finished ? null : (
        <Button size={24} kind="quiet" tabIndex={tabIndex} onClick={onOpen}>
          Open
        </Button>
      )}
    </span>
  );
}
