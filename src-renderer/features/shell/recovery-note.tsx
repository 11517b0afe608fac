// What a start after a crash has brought into order, and what it left for somebody: told once, never in the way.
import { Check, X } from 'lucide-react';
import { useState } from 'react';
import type { RecoveryNote as Note } from '#shared/domain/recovery-report.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { SpawnView } from '#shared/domain/spawn.ts';
import type { ScreenState } from '#shared/domain/status.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { StateIcon } from '../../components/state-icon.tsx';
import type { Place } from '../../state/view.ts';
import { stateWords } from '../../text.ts';
import { useApp, useStore, useView } from '../app-context.tsx';

/** Null when there is nothing to tell, or it was put away. */
export function useRecoveryNote(): Note | null {
  const { recovery = null } = useStore(useApp().system) ?? {};
  const { seenRecovery } = useView();
  return recovery === null || recovery.at === seenRecovery ? null : recovery;
}

export function RecoveryNote() {
  const app = useApp();
  const note = useRecoveryNote();
  if (note === null) return null;
  const putAway = (): void => app.view.update((view) => ({ ...view, seenRecovery: note.at }));
  return (
    <section aria-label="Recovery" className="mb-8 w-full overflow-hidden rounded-card border border-line bg-surface">
      <header className="flex h-8 items-center justify-between ps-3.5 pe-1.5 text-caption text-faint">
        <h2>Recovery</h2>
        <IconButton label="Put away" className="size-6" onClick={putAway}>
          <X size={13} />
        </IconButton>
      </header>
      <Line words="Goes on" ids={note.recovered} />
      <Line words="Was half made, and taken back" ids={note.takenBack} />
      <Line words="Has ended; can be restored" ids={note.ended} />
      <Line words="Waits for you" ids={note.escalated} />
      {note.held ? <Held ids={note.left} done={putAway} /> : <Line words="Left as it is" ids={note.left} />}
    </section>
  );
}

function Line({ words, ids }: { readonly words: string; readonly ids: readonly string[] }) {
  if (ids.length === 0) return null;
  return (
    <p className="flex min-h-[35px] flex-wrap items-center gap-x-3 border-t border-line px-3.5 py-1.5">
      <span className="text-soft">{words}:</span>
      <Ids ids={ids} />
    </p>
  );
}

/** More are counted. */
const mostShown = 8;

function Ids({ ids }: { readonly ids: readonly string[] }) {
  const app = useApp();
  const sessions = useStore(app.sessions) ?? [];
  const spawns = useStore(app.spawns) ?? [];
  return (
    <>
      {ids.slice(0, mostShown).map((id) => {
        const subject = findSubject(id, sessions, spawns);
        return subject === null ? (
          <code key={id} className="max-w-full truncate font-mono text-caption">
            {id}
          </code>
        ) : (
          <Subject key={id} id={id} {...subject} />
        );
      })}
      {ids.length > mostShown ? <span className="text-faint">and {ids.length - mostShown} more</span> : null}
    </>
  );
}

/** A session, or a spawn of which no session came. */
function findSubject(
  id: string,
  sessions: readonly SessionView[],
  spawns: readonly SpawnView[],
): { readonly name: string; readonly state: ScreenState; readonly place: Place } | null {
  const session = sessions.find((each) => each.id === id);
  if (session !== undefined) return { name: session.name, state: session.state, place: { kind: 'session', id } };
  const spawn = spawns.find((each) => each.session === id || each.request === id);
  if (spawn === undefined) return null;
  return { name: spawn.name, state: 'crashed', place: { kind: 'spawn', request: spawn.request } };
}

function Subject({
  id,
  name,
  state,
  place,
}: {
  readonly id: string;
  readonly name: string;
  readonly state: ScreenState;
  readonly place: Place;
}) {
  const app = useApp();
  return (
    <button
      type="button"
      title={`${id}: ${stateWords[state].toLowerCase()}`}
      className="flex max-w-[220px] items-center gap-1.5 rounded-control font-medium hover:underline"
      onClick={() => app.view.go(place)}
    >
      <StateIcon state={state} size={13} /> <span className="truncate">{name}</span>
    </button>
  );
}

/** So many at once that a person is asked. */
function Held({ ids, done }: { readonly ids: readonly string[]; readonly done: () => void }) {
  const app = useApp();
  const [busy, setBusy] = useState(false);
  const end = async (): Promise<void> => {
    setBusy(true);
    const recovered = await app.connection.call('system.recover', { dryRun: false, project: null, endMany: true });
    setBusy(false);
    if (!recovered.ok) return app.view.toast(recovered.problem.what);
    done();
  };
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line px-3.5 py-2.5">
      <span className="text-soft">Seem to have ended, all at once:</span>
      <Ids ids={ids} />
      <span className="w-full text-caption text-faint">
        Nothing was ended, and they keep their issues. Worktrees and branches stay in any case.
      </span>
      <Button size={24} disabled={busy} onClick={() => void end()}>
        <Check size={13} /> They have ended
      </Button>
    </div>
  );
}
