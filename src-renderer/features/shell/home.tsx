// What stands in main while no session is open: who needs somebody, and the way to start.
import { FolderPlus, Plus } from 'lucide-react';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { KeyCaps } from '../../components/key-cap.tsx';
import { Owl } from '../../components/owl.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { StateIcon, stateColour } from '../../components/state-icon.tsx';
import { age } from '../../lib/age.ts';
import { countStates, needsSomebody } from '../../state/sidebar-rows.ts';
import { stateWords } from '../../text.ts';
import { RecoveryNote } from './recovery-note.tsx';
import { keys, useApp, useNow, useStore } from '../app-context.tsx';

export function Home() {
  const app = useApp();
  const sessions = useStore(app.sessions);
  if (sessions === null) return <Skeleton rows={6} awaited="Waiting for the list of sessions" />;
  const { title, note } = headline(sessions);
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center overflow-y-auto px-6 py-10">
      <div className="my-auto flex w-full max-w-[460px] flex-col items-center">
        <RecoveryNote />
        <Owl />
        <p className="mt-6 text-view font-semibold">{title}</p>
        <p className="mt-1 text-center text-soft">{note}</p>
        <div className="mt-5 flex flex-wrap justify-center gap-2">
          <Button kind="primary" size={32} onClick={() => app.view.update((view) => ({ ...view, dialog: {} }))}>
            <Plus size={15} /> New session <KeyCaps keys={keys('new-session')} onFill />
          </Button>
          <Button size={32} onClick={() => app.view.go({ kind: 'welcome' })}>
            <FolderPlus size={15} /> Add project
          </Button>
        </div>
        <Recent sessions={sessions} />
      </div>
    </div>
  );
}

function headline(sessions: readonly SessionView[]): { title: string; note: string } {
  const { working, waiting, broken } = countStates(sessions);
  if (sessions.length === 0)
    return { title: 'No sessions yet.', note: 'A session is one agent at work in its own worktree and terminal.' };
  if (waiting + broken > 0)
    return {
      title: waiting + broken === 1 ? 'One session needs you.' : `${waiting + broken} sessions need you.`,
      note:
        waiting + broken > mostRecent
          ? `The latest ${mostRecent} are below; all of them stand first in their projects.`
          : 'They are first in the list below.',
    };
  return {
    title: 'Nobody is waiting.',
    note:
      working === 0
        ? 'No agent is at work right now.'
        : working === 1
          ? '1 session works. You will hear from it.'
          : `${working} sessions work. You will hear from the next one.`,
  };
}

const mostRecent = 5;

function Recent({ sessions }: { readonly sessions: readonly SessionView[] }) {
  const app = useApp();
  const now = useNow();
  const shown = sessions
    .filter(({ archived }) => !archived)
    .toSorted((a, b) => Number(needsSomebody(b)) - Number(needsSomebody(a)) || b.since - a.since)
    .slice(0, mostRecent);
  if (shown.length === 0) return null;
  return (
    <section
      aria-label="Latest sessions"
      className="mt-9 w-full overflow-hidden rounded-card border border-line bg-surface"
    >
      <header className="flex h-8 items-center justify-between px-3.5 text-caption text-faint">
        <h2>Latest</h2>
        <span>state since</span>
      </header>
      {shown.map((session) => (
        <button
          key={session.id}
          type="button"
          onClick={() => app.view.go({ kind: 'session', id: session.id }, { focus: true })}
          className="flex h-[35px] w-full items-center gap-2.5 border-t border-line px-3.5 -outline-offset-2 transition-colors duration-80 hover:bg-raised"
        >
          <StateIcon state={session.state} />
          <span className="truncate font-medium">{session.name}</span>
          <span className="shrink-0 text-caption" style={{ color: stateColour(session.state) }}>
            {stateWords[session.state]}
          </span>
          <span className="ms-auto truncate text-caption text-faint">{session.project}</span>
          <span className="tabular w-8 shrink-0 text-end text-caption text-faint">{age(session.since, now)}</span>
        </button>
      ))}
    </section>
  );
}
