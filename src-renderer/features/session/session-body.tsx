// What stands in the middle of a session: its terminal, or why there is none.
import { PictureInPicture2 } from 'lucide-react';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { ownWindowOf } from '../../state/windows.ts';
import { useApp, useStore } from '../app-context.tsx';
import { ConversationPane } from '../conversation/conversation-pane.tsx';
import { useShownTab } from './use-shells.ts';
import { TerminalPane } from './terminal-pane.tsx';

/** @param compact in a window of its own, whose title says what the terminal's header would */
export function SessionBody({ session, compact }: { readonly session: SessionView; readonly compact: boolean }) {
  const { windows } = useApp();
  const all = useStore(windows.all);
  const self = useStore(windows.self);
  if (session.damaged !== null) return <Damaged session={session} why={session.damaged} />;
  if (self.kind === 'main' && ownWindowOf(session.id, all, self) !== null) return <Elsewhere session={session} />;
  if (session.terminal === null)
    return (
      <div className="flex flex-1 items-center justify-center p-6 text-soft">
        {session.state === 'starting' ? (
          <Chip>Starting; the terminal opens in a moment</Chip>
        ) : (
          'This session has no terminal.'
        )}
      </div>
    );
  return <Shown session={session} terminal={session.terminal} compact={compact} />;
}

function Shown({
  session,
  terminal,
  compact,
}: {
  readonly session: SessionView;
  readonly terminal: string;
  readonly compact: boolean;
}) {
  const tab = useShownTab(session);
  if (tab.kind === 'conversation' && !compact) return <ConversationPane key={session.id} session={session} />;
  const shell = tab.kind === 'shell' ? tab.terminal : null;
  const shown = shell?.id ?? terminal;
  return <TerminalPane key={shown} session={session} terminal={shown} shell={shell} compact={compact} />;
}

function Damaged({ session, why }: { readonly session: SessionView; readonly why: string }) {
  return (
    <div className="p-4">
      <ErrorBlock
        problem={{
          code: 'session-damaged',
          what: `The record of ${session.id} can't be read.`,
          kept: 'Athene leaves it, its worktree and its processes alone.',
          todo: 'athene doctor says more.',
          details: why,
        }}
      />
    </div>
  );
}

/** It has a window of its own: no second terminal is opened for it here. */
function Elsewhere({ session }: { readonly session: SessionView }) {
  const { windows } = useApp();
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-4 bg-term px-6 text-center">
      <PictureInPicture2 size={28} strokeWidth={1.3} className="text-faint" aria-hidden="true" />
      <div>
        <p className="text-strong font-medium">Open in another window</p>
        <p className="mt-1 text-soft">{session.name} has a window of its own.</p>
      </div>
      <div className="flex gap-2">
        <Button size={32} onClick={() => windows.bringBack(session.id)}>
          Bring back
        </Button>
        <Button size={32} kind="quiet" onClick={() => windows.popOut(session.id)}>
          Focus it
        </Button>
      </div>
    </div>
  );
}
