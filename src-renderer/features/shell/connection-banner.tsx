import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { useApp, useNow, useStore } from '../app-context.tsx';

/** Only when a connection is really missed: short gaps are told by the status bar alone. */
export function ConnectionBanner() {
  const { connection, desktop } = useApp();
  const state = useStore(connection.state);
  const now = useNow();
  if (state.kind === 'refused')
    return (
      <Banner text={state.problem.what} note={state.problem.todo ?? ''}>
        <Button size={24} onClick={() => location.reload()}>
          <RotateCw size={13} /> Reload
        </Button>
      </Banner>
    );
  if (state.kind === 'reconnecting' && state.signedOut)
    return (
      <Banner
        text="The host was started anew and does not know this browser."
        note="Open the address that it prints (athene serve; Enter prints a new one). This page goes on by itself then; agents keep running."
      >
        <Button size={24} onClick={() => connection.retry()}>
          Try now
        </Button>
      </Banner>
    );
  if (state.kind !== 'reconnecting' || now - state.since < 4000) return null;
  return (
    <Banner
      text={
        desktop === null
          ? 'The host is not there. Agents that it started keep running.'
          : 'Athene does not answer. Agents keep running.'
      }
      note={`Reconnecting, try ${state.attempt}. ${desktop === null ? 'If it was stopped, start it again.' : 'If this stays, quit Athene and start it again.'}`}
    >
      <Button size={24} onClick={() => connection.retry()}>
        Try now
      </Button>
    </Banner>
  );
}

function Banner({
  text,
  note,
  children,
}: {
  readonly text: string;
  readonly note: string;
  readonly children: ReactNode;
}) {
  return (
    <div
      role="alert"
      className="flex min-h-9 shrink-0 items-center gap-3 border-b border-line bg-raised py-1.5 ps-4 pe-2"
    >
      <span className="min-w-0 flex-1">
        <span className="font-medium">{text}</span> <span className="text-soft">{note}</span>
      </span>
      {children}
    </div>
  );
}
