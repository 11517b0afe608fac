// Writes to the agent through the host, wherever its terminal is scrolled to. A busy agent gets it when its turn is over.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { isCoordinator } from '#shared/domain/coordinator.ts';
import type { MessageView } from '#shared/domain/message.ts';
import { maximalPromptLength, type SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { Popover } from '../../components/popover.tsx';
import { uuidv7 } from '../../lib/uuid.ts';
import { keys, useApp, useView } from '../app-context.tsx';
import { withText, withUnsent } from '../../state/unsent.ts';
import { ReturnButton } from './return-button.tsx';
import { SavedReplyList, useSavedReplies } from './saved-replies.tsx';

/** Its turn goes on. */
const busy: ReadonlySet<SessionView['state']> = new Set(['working', 'starting']);

export function MessageBar({ session }: { readonly session: SessionView }) {
  const app = useApp();
  const { messages } = useView();
  const text = messages.get(session.id) ?? '';
  const field = useMessageFocus();
  const queues = busy.has(session.state);
  const leads = isCoordinator(session.kind);
  const write = (next: string): void =>
    app.view.update((view) => ({ ...view, messages: withText(view.messages, session.id, next) }));
  const send = async (): Promise<void> => {
    if (text.trim() === '') return;
    write('');
    const sent = await app.connection.call('session.send', { id: session.id, message: uuidv7(), text, timeout: 0 });
    if (sent.ok) return;
    app.view.toast(`Not sent: ${sent.problem.what}`);
    app.view.update((view) => ({ ...view, messages: withUnsent(view.messages, session.id, text) }));
  };
  const replies = useSavedReplies(session.project, text, write);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || replies.onKeyDown(event)) return;
    if (event.key === 'Escape') return app.view.update((view) => ({ ...view, focusTerminal: view.focusTerminal + 1 }));
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    void send();
  };
  const lines = Math.min(6, text.split('\n').length);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      className="absolute inset-x-0 bottom-0 z-10 flex min-h-full items-end gap-1.5 bg-surface px-2 py-2"
    >
      <SavedReplyList replies={replies} className="absolute bottom-full start-2 mb-1 w-[min(480px,calc(100%-16px))]" />
      <textarea
        ref={field}
        {...replies.wired}
        rows={lines}
        data-focus="message"
        aria-label={`Message ${session.name}`}
        placeholder={placeholderOf(session, queues)}
        title={keys('message').join(' ')}
        maxLength={maximalPromptLength}
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
        className="min-h-7 min-w-0 flex-1 resize-none rounded-control border border-control bg-raised px-2 py-1 leading-[18px]"
      />
      {leads && queues && text === '' ? (
        <span className="self-center truncate text-caption text-faint max-[760px]:hidden">
          It is working, so this waits for its turn
        </span>
      ) : null}
      <Queued session={session} />
      <ReturnButton />
      <Button type="submit" disabled={text.trim() === ''} className="w-16">
        {queues ? 'Queue' : 'Send'}
      </Button>
    </form>
  );
}

function placeholderOf({ kind, name }: SessionView, queues: boolean): string {
  if (isCoordinator(kind)) return 'Tell the orchestrator…';
  return `Message ${name}${queues ? ' (queued while it works)' : ''}`;
}

function useMessageFocus() {
  const { focusMessage } = useView();
  const field = useRef<HTMLTextAreaElement>(null);
  const handled = useRef(focusMessage);
  useEffect(() => {
    if (handled.current === focusMessage) return;
    handled.current = focusMessage;
    field.current?.focus();
  }, [focusMessage]);
  return field;
}

const isQueued = ({ state }: MessageView): boolean => state === 'waiting' || state === 'on-its-way';

/** What waits for the agent to listen. */
function Queued({ session }: { readonly session: SessionView }) {
  const { connection, view } = useApp();
  const [open, setOpen] = useState(false);
  const queued = session.messages.filter(isQueued);
  if (queued.length === 0) return null;
  const discard = async (message: string): Promise<void> => {
    const done = await connection.call('message.discard', { session: session.id, message });
    if (!done.ok) view.toast(done.problem.what);
  };
  return (
    <Popover
      label="Queued messages"
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button kind="quiet" className="tabular">
          {queued.length} queued
        </Button>
      }
    >
      <ul className="flex max-h-60 flex-col gap-2 overflow-y-auto">
        {queued.map(({ id, kind, text, why }) => (
          <li key={id} className="flex items-start gap-2">
            <span className="min-w-0 flex-1">
              <span className="line-clamp-3 break-words">{text}</span>
              <span className="block text-caption text-faint">
                {kind === 'prompt' ? 'The prompt. ' : ''}
                {why ?? 'Typed when its turn is over.'}
              </span>
            </span>
            <Button size={24} onClick={() => void discard(id)}>
              Discard
            </Button>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
