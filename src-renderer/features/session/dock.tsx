// The lower edge of a session: what it asks, or the bar to write to it. It always has the same height, so that no terminal changes
// its size because of it; a card that needs more lies over the terminal's end, and only while that has not the keyboard.
import { ChevronDown } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { choiceEffect } from '#shared/domain/answer-words.ts';
import { sectionOf } from '#shared/domain/queue.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { StateIcon, stateColour } from '../../components/state-icon.tsx';
import { age } from '../../lib/age.ts';
import { stateWords } from '../../text.ts';
import { useApp, useNow, useView } from '../app-context.tsx';
import { LedBy } from '../coordinator/led-by.tsx';
import { AnswerCard } from '../queue/answer-card.tsx';
import { answerByKey } from '../queue/answer-keys.ts';
import { useAnswering } from '../queue/use-answering.ts';
import { useHeld } from '../queue/use-held.ts';
import { samePlace } from '../../state/view.ts';
import { placeIn } from '../../state/windows.ts';
import { isEnded } from '../../state/sidebar-rows.ts';
import { MessageBar } from './message-bar.tsx';
import { ReturnButton } from './return-button.tsx';

/** @param typing the terminal has the keyboard */
export function Dock({ session: now, typing }: { readonly session: SessionView; readonly typing: boolean }) {
  const held = useHeld();
  const session = held.sessions.get(now.id) ?? now;
  const asks = sectionOf(session.state) === 'waiting' && session.question !== null;
  if (session.terminal === null || session.damaged !== null || (isEnded(session) && !asks)) return null;
  return (
    <div className="relative h-11 shrink-0 border-t border-line bg-surface">
      {asks ? (
        <Asks key={session.question?.id} session={session} held={held} typing={typing} />
      ) : (
        <MessageBar session={session} />
      )}
    </div>
  );
}

function Asks({
  session,
  held,
  typing,
}: {
  readonly session: SessionView;
  readonly held: ReturnType<typeof useHeld>;
  readonly typing: boolean;
}) {
  const app = useApp();
  const answering = useAnswering(session, {
    onTyping: (on) => held.type(session, on),
    onGive: () => held.hold(session),
    onGiven: (progress) => held.settle(session.id, progress),
  });
  const [folded, setFolded] = useState(false);
  const [replying, setReplying] = useState(false);
  const card = useRef<HTMLDivElement>(null);
  const toTerminal = (): void => app.view.update((view) => ({ ...view, focusTerminal: view.focusTerminal + 1 }));
  useCardFocus(card, () => setFolded(false));
  useTerminalAfterwards(card, session.id, toTerminal);
  const open = !typing && !folded;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (answerByKey(event, answering, () => setReplying(true)) || event.target instanceof HTMLInputElement) return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isPlain || (event.key !== 't' && event.key !== 'Escape')) return;
    event.preventDefault();
    toTerminal();
  };
  return (
    <div
      ref={card}
      tabIndex={-1}
      data-focus="card"
      role="group"
      aria-label={`${session.name} ${stateWords[session.state].toLowerCase()}`}
      onKeyDown={onKeyDown}
      style={{ borderInlineStartColor: stateColour(session.state) }}
      className={`absolute inset-x-0 bottom-0 z-10 flex flex-col border-s-4 bg-raised -outline-offset-2 ${open ? 'border-t border-t-line px-3.5 py-2.5' : 'h-full justify-center px-3.5'}`}
    >
      {open ? (
        <>
          <Line session={session}>
            <ReturnButton />
            <IconButton label="Fold the card" className="size-6" onClick={() => setFolded(true)}>
              <ChevronDown size={15} strokeWidth={1.5} />
            </IconButton>
          </Line>
          <div className="mt-1.5">
            <AnswerCard {...{ session, answering, replying }} current onReply={setReplying} onOpen={toTerminal} />
          </div>
        </>
      ) : (
        <Line session={session} asked>
          <ReturnButton />
          <Button
            size={24}
            // The terminal keeps the keyboard until the card takes it.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => app.view.update((view) => ({ ...view, focusCard: view.focusCard + 1 }))}
          >
            Answer
          </Button>
        </Line>
      )}
    </div>
  );
}

function Line({
  session,
  asked = false,
  children,
}: {
  readonly session: SessionView;
  /** With what it asks, in as much room as there is. */
  readonly asked?: boolean;
  readonly children: React.ReactNode;
}) {
  const now = useNow();
  const { question, state, since } = session;
  const [first] = question?.choices ?? [];
  const about =
    question === null
      ? ''
      : question.kind === 'permission' && first !== undefined && question.command !== null
        ? choiceEffect(question, { ...first, meaning: 'other', label: question.command })
        : question.text;
  return (
    <div className="flex h-6 min-w-0 items-center gap-2">
      <StateIcon state={state} />
      <span className="shrink-0 font-semibold">{stateWords[state]}</span>
      <span className="tabular shrink-0 text-caption text-faint">{since === 0 ? '' : age(since, now)}</span>
      {asked ? <span className="min-w-0 truncate text-soft">{about}</span> : null}
      <LedBy session={session} />
      <span className="ms-auto flex shrink-0 items-center gap-1">{children}</span>
    </div>
  );
}

/** Each act of the person counts up; the first render of another session is none. */
function useCardFocus(card: React.RefObject<HTMLElement | null>, unfold: () => void): void {
  const { focusCard } = useView();
  const app = useApp();
  const handled = useRef(focusCard - (app.view.get().focusCard > 0 ? 1 : 0));
  useEffect(() => {
    if (handled.current === focusCard) return;
    handled.current = focusCard;
    unfold();
    card.current?.focus();
  });
}

/** A card that goes away with the keyboard leaves it to the terminal. */
function useTerminalAfterwards(
  card: React.RefObject<HTMLElement | null>,
  session: string,
  toTerminal: () => void,
): void {
  const { view, windows } = useApp();
  const leave = useRef(toTerminal);
  useEffect(() => {
    leave.current = toTerminal;
  });
  useEffect(() => {
    const element = card.current;
    let inside = element?.contains(document.activeElement) === true;
    const entered = (): void => void (inside = true);
    const left = ({ relatedTarget }: FocusEvent): void => {
      if (relatedTarget instanceof Node && element?.contains(relatedTarget) !== true) inside = false;
    };
    element?.addEventListener('focusin', entered);
    element?.addEventListener('focusout', left);
    return () => {
      element?.removeEventListener('focusin', entered);
      element?.removeEventListener('focusout', left);
      // Who went to another session took the keyboard along.
      const stillHere = samePlace(placeIn(windows.self.get(), view.get()), { kind: 'session', id: session });
      if (inside && stillHere && document.activeElement === document.body) leave.current();
    };
  }, [card, view, windows, session]);
}
