// Prompts and messages that wait, failed, or were not seen to arrive: each is kept, and somebody decides about it here.
import { Hourglass, TriangleAlert } from 'lucide-react';
import type { MessageView } from '#shared/domain/message.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { uuidv7 } from '../../lib/uuid.ts';
import { useApp } from '../app-context.tsx';

/** What is on its way, or waits for no more than its turn, says nothing yet. */
const concerns = ({ state, why }: MessageView): boolean =>
  state === 'failed' || state === 'not-confirmed' || (state === 'waiting' && why !== null);

/** Rows of the page; what is older comes after these are settled. */
const atOnce = 2;

export function MessageBanners({ session }: { readonly session: SessionView }) {
  const messages = session.messages.filter(concerns);
  return messages
    .slice(0, atOnce)
    .map((message, index) => (
      <Banner
        key={message.id}
        session={session}
        message={message}
        more={index === atOnce - 1 ? messages.length - atOnce : 0}
      />
    ));
}

function Banner({
  session,
  message,
  more,
}: {
  readonly session: SessionView;
  readonly message: MessageView;
  readonly more: number;
}) {
  const act = useMessageActions(session, message);
  const waits = message.state === 'waiting';
  return (
    <div
      role={waits ? 'status' : 'alert'}
      aria-label={headline(message)}
      className="flex min-h-9 shrink-0 items-center gap-2.5 border-b border-line bg-raised py-1.5 ps-3 pe-2"
    >
      {waits ? (
        <Hourglass size={15} className="shrink-0 text-soft" aria-hidden="true" />
      ) : (
        <TriangleAlert size={15} className="shrink-0 text-ask" aria-hidden="true" />
      )}
      <span className="min-w-0 flex-1">
        <span className="font-medium">{headline(message)}</span>{' '}
        {message.why === null ? null : <span className="text-soft">{message.why} </span>}
        <span className="line-clamp-1 text-caption break-all text-faint" title={message.text}>
          “{message.text}”{more > 0 ? ` · ${more} more` : ''}
        </span>
      </span>
      <Button size={24} onClick={() => void act(waits ? 'anyway' : 'again')}>
        {waits ? 'Send anyway' : 'Send again'}
      </Button>
      <Button size={24} onClick={() => void act('discard')}>
        Discard
      </Button>
    </div>
  );
}

const headlines = {
  waiting: 'waits.',
  'on-its-way': 'is being typed.',
  'not-confirmed': 'was typed; nothing on the screen shows that it arrived.',
  failed: 'was not delivered.',
} as const satisfies Record<MessageView['state'], string>;

const headline = ({ kind, state }: MessageView): string =>
  `${kind === 'prompt' ? 'The prompt' : 'A message'} ${headlines[state]}`;

function useMessageActions({ id: session, name }: SessionView, { id: message }: MessageView) {
  const { connection, view } = useApp();
  return async (what: 'again' | 'anyway' | 'discard'): Promise<void> => {
    const done =
      what === 'again'
        ? await connection.call('message.sendAgain', { session, message, as: uuidv7() })
        : await connection.call(what === 'anyway' ? 'message.sendAnyway' : 'message.discard', { session, message });
    if (!done.ok) view.toast(done.problem.what);
    else if (what === 'discard') view.toast(`Discarded a text for ${name}`);
  };
}
