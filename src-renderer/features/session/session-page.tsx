// One session: its header, its terminal, and beside it what it is for.
import { useState } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { Skeleton } from '../../components/skeleton.tsx';
import { useApp, useStore, useView } from '../app-context.tsx';
import { Missing } from '../shell/missing.tsx';
import { Dock } from './dock.tsx';
import { Inspector } from './inspector.tsx';
import { MessageBanners } from './message-banners.tsx';
import { SessionBody } from './session-body.tsx';
import { useReading } from './use-reading.ts';

export function SessionPage({ id }: { readonly id: string }) {
  const sessions = useStore(useApp().sessions);
  const session = sessions?.find((candidate) => candidate.id === id);
  if (session !== undefined) return <Session session={session} />;
  if (sessions === null) return <Skeleton rows={8} awaited="Waiting for the session" />;
  return <Missing what={`There is no session ${id}.`} awaited="Waiting for the session" />;
}

function Session({ session }: { readonly session: SessionView }) {
  const { inspector, sheet } = useView();
  const [typing, setTyping] = useState(false);
  useReading(session);
  return (
    <div className="relative flex min-h-0 flex-1">
      <section
        aria-label={`Session ${session.name}`}
        className="flex min-w-0 flex-1 flex-col"
        onFocus={({ target }) => setTyping(target.closest('.xterm') !== null)}
        onBlur={() => setTyping(false)}
      >
        <MessageBanners session={session} />
        <SessionBody session={session} />
        <Dock session={session} typing={typing} />
      </section>
      {sheet ? (
        <div className="contents min-[1180px]:hidden">
          <Inspector session={session} />
        </div>
      ) : null}
      {inspector ? (
        <div className="contents max-[1180px]:hidden">
          <Inspector session={session} />
        </div>
      ) : null}
    </div>
  );
}
