import { TriangleAlert } from 'lucide-react';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { uuidv7 } from '../../lib/uuid.ts';
import { isEnded } from '../../state/sidebar-rows.ts';
import { useApp } from '../app-context.tsx';

/** The first text did not reach the agent: it is kept, and can be sent again. */
export function PromptBanner({ session }: { readonly session: SessionView }) {
  const { connection, view } = useApp();
  const { prompt, promptDelivery, name } = session;
  if (prompt === null || promptDelivery !== 'failed') return null;
  const send = async (): Promise<void> => {
    const sent = await connection.call('session.send', {
      id: session.id,
      message: uuidv7(),
      text: prompt.slice(0, 10_000),
    });
    view.toast(sent.ok ? `Sent the prompt to ${name}` : sent.problem.what);
  };
  return (
    <div
      role="alert"
      className="flex min-h-9 shrink-0 items-center gap-2.5 border-b border-line bg-raised py-1.5 ps-3 pe-2"
    >
      <TriangleAlert size={15} className="shrink-0 text-ask" aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <span className="font-medium">The prompt was not delivered.</span>{' '}
        <span className="text-soft">It is kept here; the agent waits for you.</span>
      </span>
      <CopyButton text={prompt} label="Copy the prompt" />
      {isEnded(session) ? null : (
        <Button size={24} onClick={() => void send()}>
          Send it now
        </Button>
      )}
    </div>
  );
}
