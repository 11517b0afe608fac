// Answers a session without going to it: its live tail and its card, over whatever is shown. Closing gives the keyboard back.
import { useEffect, useRef, useState } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { Dialog } from '../../components/dialog.tsx';
import { StateIcon } from '../../components/state-icon.tsx';
import { age } from '../../lib/age.ts';
import { stateWords } from '../../text.ts';
import { useApp, useNow, useStore, useView } from '../app-context.tsx';
import { LiveTail } from '../session/live-tail.tsx';
import { AnswerCard } from './answer-card.tsx';
import { answerByKey } from './answer-keys.ts';
import { useAnswering } from './use-answering.ts';
import { useHeld } from './use-held.ts';

/** Milliseconds for which what became of the answer is read before the place comes back. */
const shown = 900;

export function QuickReply() {
  const app = useApp();
  const { quickReply } = useView();
  const sessions = useStore(app.sessions);
  const session = sessions?.find(({ id }) => id === quickReply);
  const close = (): void => app.view.update((view) => ({ ...view, quickReply: null }));
  if (quickReply === null || session === undefined) return null;
  return <Reply key={session.id} session={session} onClose={close} />;
}

function Reply({ session: now, onClose }: { readonly session: SessionView; readonly onClose: () => void }) {
  const app = useApp();
  const held = useHeld();
  const session = held.sessions.get(now.id) ?? now;
  const [done, setDone] = useState(false);
  const [replying, setReplying] = useState(false);
  const answering = useAnswering(session, {
    onTyping: (on) => held.type(session, on),
    onGive: () => held.hold(session),
    onGiven: (progress) => {
      held.settle(session.id, progress);
      if (progress.kind === 'sent') setDone(true);
    },
  });
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(() => app.view.update((view) => ({ ...view, quickReply: null })), shown);
    return () => clearTimeout(timer);
  }, [app, done]);
  const open = (): void => {
    onClose();
    app.view.go({ kind: 'session', id: session.id }, { focus: true });
  };
  return (
    <Dialog
      title={`Reply to ${session.name}`}
      note={<Note session={session} />}
      width={680}
      onClose={onClose}
      focusOn={card}
    >
      {session.terminal === null ? null : (
        <div className="flex h-56 min-h-0 flex-col border-b border-line">
          <LiveTail name={session.name} terminal={session.terminal} />
        </div>
      )}
      <div
        ref={card}
        tabIndex={-1}
        role="group"
        aria-label={`${session.name} ${stateWords[session.state].toLowerCase()}`}
        onKeyDown={(event) => void answerByKey(event, answering, () => setReplying(true))}
        className="rounded-b-dialog px-5 py-4 -outline-offset-2"
      >
        <AnswerCard {...{ session, answering, replying }} current onReply={setReplying} onOpen={open} />
      </div>
    </Dialog>
  );
}

function Note({ session: { state, project, since } }: { readonly session: SessionView }) {
  const now = useNow();
  return (
    <span className="flex items-center gap-2">
      <StateIcon state={state} size={14} /> {stateWords[state]} · {project} · {age(since, now)}
    </span>
  );
}
