import { MessagesSquare } from 'lucide-react';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { useShells } from '../session/use-shells.ts';

/** Why nothing is shown, and where it can be read instead. */
export function ConversationEmpty({
  session,
  why,
}: {
  readonly session: SessionView;
  readonly why: 'unread' | 'not-begun';
}) {
  const agents = useStore(useApp().agents);
  const shells = useShells(session);
  const name = agents?.find(({ id }) => id === session.agent)?.name ?? session.agent;
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-16 text-center">
      <MessagesSquare size={28} strokeWidth={1.3} className="text-faint" aria-hidden="true" />
      <div className="max-w-[440px]">
        <p className="text-strong font-medium">
          {why === 'unread' ? 'No conversation to read' : 'Nothing is written down yet'}
        </p>
        <p className="mt-1 leading-[1.5] text-soft">
          {why === 'unread'
            ? `${name} keeps no record of its conversation that Athene can read. Its terminal shows all that is said.`
            : `What ${name} writes down of its conversation appears here as it comes.`}
        </p>
      </div>
      <Button onClick={() => shells.show({ kind: 'agent' })}>Show its terminal</Button>
    </div>
  );
}
