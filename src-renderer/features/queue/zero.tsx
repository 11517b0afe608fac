// The queue when nobody needs anybody.
import { Eye, FolderPlus, Plus } from 'lucide-react';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { KeyCaps } from '../../components/key-cap.tsx';
import { Owl } from '../../components/owl.tsx';
import { StateIcon } from '../../components/state-icon.tsx';
import { age } from '../../lib/age.ts';
import { keys, useApp, useNow, useStore } from '../app-context.tsx';
import { Digest } from './digest.tsx';
import { RecoveryNote } from '../shell/recovery-note.tsx';

/** Rows of those at work. */
const mostShown = 5;

export function Zero({ working }: { readonly working: readonly SessionView[] }) {
  const app = useApp();
  const sessions = useStore(app.sessions) ?? [];
  const [last] = working.toSorted((a, b) => (b.lastOutputAt ?? 0) - (a.lastOutputAt ?? 0));
  const { title, note } = words(sessions.length, working.length);
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center overflow-y-auto px-6 py-10">
      <div className="my-auto flex w-full max-w-[460px] flex-col items-center">
        <RecoveryNote />
        <Digest />
        <Owl />
        <p className="mt-6 text-view font-semibold">{title}</p>
        <p className="mt-1 text-center text-soft">{note}</p>
        <div className="mt-5 flex flex-wrap justify-center gap-2">
          <Button kind="primary" size={32} onClick={() => app.view.update((view) => ({ ...view, dialog: {} }))}>
            <Plus size={15} /> New session <KeyCaps keys={keys('new-session')} onFill />
          </Button>
          {last === undefined ? (
            <Button size={32} onClick={() => app.view.go({ kind: 'welcome' })}>
              <FolderPlus size={15} /> Add project
            </Button>
          ) : (
            <Button size={32} onClick={() => app.view.go({ kind: 'session', id: last.id }, { focus: true })}>
              <Eye size={15} /> Watch working agents
            </Button>
          )}
        </div>
        <AtWork sessions={working.slice(0, mostShown)} />
      </div>
    </div>
  );
}

function words(all: number, working: number): { title: string; note: string } {
  if (all === 0)
    return { title: 'No sessions yet.', note: 'A session is one agent at work in its own worktree and terminal.' };
  if (working === 0) return { title: 'Nobody is waiting.', note: 'No agent is at work right now.' };
  return {
    title: 'Nobody is waiting.',
    note:
      working === 1
        ? '1 session works. You will hear from it.'
        : `${working} sessions work. You will hear from the next one.`,
  };
}

function AtWork({ sessions }: { readonly sessions: readonly SessionView[] }) {
  const app = useApp();
  const now = useNow();
  if (sessions.length === 0) return null;
  return (
    <section aria-label="At work" className="mt-9 w-full overflow-hidden rounded-card border border-line bg-surface">
      <header className="flex h-8 items-center justify-between px-3.5 text-caption text-faint">
        <h2>At work</h2>
        <span>for</span>
      </header>
      {sessions.map((session) => (
        <button
          key={session.id}
          type="button"
          onClick={() => app.view.go({ kind: 'session', id: session.id }, { focus: true })}
          className="flex h-[35px] w-full items-center gap-2.5 border-t border-line px-3.5 -outline-offset-2 transition-colors duration-80 hover:bg-raised"
        >
          <StateIcon state={session.state} />
          <span className="max-w-[50%] shrink-0 truncate font-medium">{session.name}</span>
          <span className="truncate text-caption text-faint">{session.because}</span>
          <span className="tabular ms-auto w-8 shrink-0 text-end text-caption text-faint">
            {age(session.since, now)}
          </span>
        </button>
      ))}
    </section>
  );
}
