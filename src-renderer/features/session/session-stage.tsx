// A session as somebody works with it: what became of messages, its terminal, and the edge where it is answered and written to.
import { useState } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { Dock } from './dock.tsx';
import { MessageBanners } from './message-banners.tsx';
import { SessionBody } from './session-body.tsx';
import { WorkspaceBanner } from './workspace-banner.tsx';

/** @param compact in a window of its own */
export function SessionStage({
  session,
  compact = false,
}: {
  readonly session: SessionView;
  readonly compact?: boolean;
}) {
  const [typing, setTyping] = useState(false);
  return (
    <section
      aria-label={`Session ${session.name}`}
      className="flex min-h-0 min-w-0 flex-1 flex-col"
      onFocus={({ target }) => setTyping(target.closest('.xterm') !== null)}
      onBlur={() => setTyping(false)}
    >
      <WorkspaceBanner session={session} />
      <MessageBanners session={session} />
      <SessionBody session={session} compact={compact} />
      <Dock session={session} typing={typing} />
    </section>
  );
}
