// A session in a window of its own: a compact title, its terminal, and the edge where it is answered; nothing else.
import { Check, PictureInPicture, Pin } from 'lucide-react';
import { fleetOf } from '#shared/domain/attention.ts';
import { isCoordinator } from '#shared/domain/coordinator.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { CoordinatorIcon } from '../../components/coordinator-icon.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { Owl } from '../../components/owl.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { StateIcon, stateColour } from '../../components/state-icon.tsx';
import { Toasts } from '../../components/toasts.tsx';
import { clockTime } from '../../lib/age.ts';
import { isEnded } from '../../state/sidebar-rows.ts';
import { stateWords } from '../../text.ts';
import { useApp, useNow, useStore, useSurroundings, useView } from '../app-context.tsx';
import { projectLabel } from '../project-label.ts';
import { exitWords } from '../session/exit-words.ts';
import { SessionStage } from '../session/session-stage.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { run } from './key-router.ts';
import { MenuButton, TitleFrame } from './title-frame.tsx';

export function PopOut({ id }: { readonly id: string }) {
  const app = useApp();
  const { toasts } = useView();
  const sessions = useStore(app.sessions);
  const session = sessions?.find((candidate) => candidate.id === id);
  return (
    <div className="grid h-full grid-rows-[auto_minmax(0,1fr)]">
      <TitleFrame compact>
        <div className="title-start flex shrink-0 items-center">
          <MenuButton />
        </div>
        <Name session={session} id={id} />
        <WindowActions />
      </TitleFrame>
      <main className="relative flex min-h-0 min-w-0 flex-col">
        <ConnectionBanner />
        <ErrorBoundary>
          {session !== undefined ? (
            <>
              <Ended session={session} />
              <SessionStage session={session} compact />
            </>
          ) : sessions === null ? (
            <Skeleton rows={6} awaited="Waiting for the session" />
          ) : (
            <Gone id={id} />
          )}
        </ErrorBoundary>
        <Toasts toasts={toasts} onDismiss={app.view.dismissToast} />
      </main>
    </div>
  );
}

function Name({ session, id }: { readonly session: SessionView | undefined; readonly id: string }) {
  const projects = useStore(useApp().projects);
  if (session === undefined) return <h1 className="truncate ps-1.5 font-semibold">{id}</h1>;
  const project =
    projects?.find((candidate) => candidate.id === session.project)?.name ?? projectLabel(session.project);
  return (
    <div className="flex min-w-0 items-center gap-2 ps-1.5">
      {isCoordinator(session.kind) ? (
        <CoordinatorIcon kind={session.kind} state={session.state} />
      ) : (
        <StateIcon state={session.state} size={15} />
      )}
      <h1 className="truncate font-semibold" title={session.name}>
        {session.name}
      </h1>
      <span className="shrink-0 text-caption" style={{ color: stateColour(session.state) }} title={session.because}>
        {stateWords[session.state]}
      </span>
      <span className="truncate text-caption text-faint max-[400px]:hidden">{project}</span>
    </div>
  );
}

function WindowActions() {
  const surroundings = useSurroundings();
  const { windows } = surroundings.app;
  const { alwaysOnTop } = useStore(windows.self);
  return (
    <div className="ms-auto flex shrink-0 items-center gap-1 ps-2">
      <Waiting />
      <IconButton
        label={windows.neverOnTop ?? 'Always on top'}
        disabled={windows.neverOnTop !== null}
        pressed={alwaysOnTop}
        onClick={() => run('always-on-top', surroundings)}
      >
        <Pin
          size={15}
          strokeWidth={1.5}
          className={alwaysOnTop ? 'text-accent' : ''}
          fill={alwaysOnTop ? 'currentColor' : 'none'}
        />
      </IconButton>
      <IconButton label="Bring back" onClick={() => run('bring-back', surroundings)}>
        <PictureInPicture size={15} strokeWidth={1.5} />
      </IconButton>
    </div>
  );
}

/** How many of the whole fleet wait; leads to the next of them, in a main window. */
function Waiting() {
  const surroundings = useSurroundings();
  const { waiting } = fleetOf(useStore(surroundings.app.sessions) ?? [], useNow());
  const slot = 'tabular inline-flex h-6 w-11 items-center justify-center gap-1 text-caption font-semibold';
  if (waiting.length === 0)
    return (
      <span className={`${slot} text-faint`} title="Nobody waits for you">
        <Check size={14} aria-label="All clear" />
      </span>
    );
  const label = `${waiting.length === 1 ? '1 session waits' : `${waiting.length} sessions wait`} for you`;
  return (
    <button
      type="button"
      aria-label={`${label}. Show the next`}
      title={label}
      onClick={() => run('next-attention', surroundings)}
      className={`${slot} rounded-control text-ask hover:bg-selected`}
    >
      <StateIcon state="asks-permission" size={14} /> {waiting.length}
    </button>
  );
}

function Ended({ session }: { readonly session: SessionView }) {
  const surroundings = useSurroundings();
  if (!isEnded(session)) return null;
  const end = session.exit === null ? '' : `, ${exitWords(session.exit)} at ${clockTime(session.exit.at)}`;
  return (
    <div
      role="status"
      className="flex min-h-9 shrink-0 items-center gap-2 border-b border-line bg-raised py-1 ps-3.5 pe-2"
    >
      <span className="min-w-0 flex-1">
        <span className="font-medium">{session.name} has ended</span>
        <span className="text-soft">{end}. What it printed stays.</span>
      </span>
      <Button size={24} onClick={() => run('bring-back', surroundings)}>
        Bring back
      </Button>
      <Button size={24} kind="quiet" onClick={() => run('close-window', surroundings)}>
        Close window
      </Button>
    </div>
  );
}

function Gone({ id }: { readonly id: string }) {
  const surroundings = useSurroundings();
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-4 px-6 text-center">
      <Owl />
      <div>
        <p className="text-strong font-medium">There is no session {id} any more.</p>
        <p className="mt-1 text-soft">It was removed; its branch stays.</p>
      </div>
      <Button onClick={() => run('close-window', surroundings)}>Close window</Button>
    </div>
  );
}
