// Asks once before a coordinator is stopped: it alone, or with those that work for it, who are named; or whether a pause is enough.
import { Square } from 'lucide-react';
import { useState } from 'react';
import { isCoordinator } from '#shared/domain/coordinator.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { HoldButton } from '../../components/hold-button.tsx';
import { Popover } from '../../components/popover.tsx';
import { StateIcon } from '../../components/state-icon.tsx';
import { leaderOf } from '../../state/leaders.ts';
import { isEnded } from '../../state/sidebar-rows.ts';
import { useApp, useStore } from '../app-context.tsx';

/** From so many on, a click is not enough. */
const many = 10;

export function StopCoordinator({ session }: { readonly session: SessionView }) {
  const app = useApp();
  const { connection, view } = app;
  const { id, name, spawningPaused } = session;
  const workers = useWorkers(session);
  const others = useOthers(session);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const settle = (failure: Problem | null): void => {
    setBusy(false);
    setProblem(failure);
    setAsking(failure !== null);
  };
  const stop = async (withWorkers: boolean): Promise<void> => {
    setBusy(true);
    const done = await connection.call('coordinator.stop', { id, withWorkers });
    if (!done.ok) return settle(done.problem);
    const { stopped, failed } = done.value;
    settle(failed.length === 0 ? null : notStopped(failed));
    if (failed.length === 0)
      view.toast(stopped.length === 1 ? `Stopped ${name}` : `Stopped ${stopped.length} sessions`);
  };
  const pause = async (): Promise<void> => {
    setBusy(true);
    const done = await connection.call('coordinator.pause', { id, on: true });
    settle(done.ok ? null : done.problem);
  };
  const both = workers.length === 1 ? 'Stop it and its worker' : `Stop it and its ${workers.length} workers`;
  return (
    <Popover
      label={`Stop ${name}?`}
      align="end"
      width={380}
      open={asking}
      onOpenChange={(open) => {
        setAsking(open);
        setProblem(null);
      }}
      trigger={
        <Button disabled={busy} aria-label="Stop">
          <Square size={11} fill="currentColor" aria-hidden="true" />
          <span className="@max-[1180px]:hidden">{busy ? 'Stopping…' : 'Stop'}</span>
        </Button>
      }
    >
      <p className="font-semibold break-words">Stop {name}?</p>
      <p className="mt-1 text-soft">
        Processes end, within 4 seconds if they resist. Worktrees, branches and transcripts stay.
        {workers.length === 0 ? ' Nobody works for it now.' : ' These work for it:'}
      </p>
      {workers.length === 0 ? null : (
        <ul aria-label="Its workers" className="mt-2 max-h-48 overflow-y-auto rounded-control border border-line py-1">
          {workers.map((worker) => (
            <li key={worker.id} className="flex h-6 items-center gap-2 px-2.5">
              <StateIcon state={worker.state} size={14} />
              <span className="min-w-0 flex-1 truncate">{worker.name}</span>
              <span className="text-caption text-faint">{worker.project}</span>
            </li>
          ))}
        </ul>
      )}
      {others.length === 0 ? null : (
        <p className="mt-2 text-soft">
          {others.map((other) => other.name).join(', ')} {others.length === 1 ? 'goes on with its' : 'go on with their'}{' '}
          workers.
        </p>
      )}
      {problem === null ? null : (
        <div className="mt-2.5">
          <ErrorBlock problem={problem} />
        </div>
      )}
      <div className="mt-3 flex flex-wrap gap-1.5">
        <Button kind="danger" disabled={busy} onClick={() => void stop(false)}>
          Stop only it
        </Button>
        {workers.length === 0 ? null : workers.length >= many ? (
          <HoldButton disabled={busy} onHeld={() => void stop(true)}>
            Hold to stop it and its {workers.length} workers
          </HoldButton>
        ) : (
          <Button kind="danger" disabled={busy} onClick={() => void stop(true)}>
            {both}
          </Button>
        )}
        {spawningPaused ? null : (
          <Button disabled={busy} onClick={() => void pause()}>
            Only pause its spawning
          </Button>
        )}
        <Button kind="quiet" onClick={() => setAsking(false)}>
          Keep it running
        </Button>
      </div>
    </Popover>
  );
}

/** Those that it answers for and that have not ended. */
function useWorkers(session: SessionView): readonly SessionView[] {
  const sessions = useStore(useApp().sessions) ?? [];
  return sessions.filter((each) => !isEnded(each) && leaderOf(each, sessions)?.id === session.id);
}

/** Coordinators that it had made. */
function useOthers(session: SessionView): readonly SessionView[] {
  const sessions = useStore(useApp().sessions) ?? [];
  return sessions.filter((each) => isCoordinator(each.kind) && !isEnded(each) && each.spawnedBy === session.id);
}

const notStopped = (failed: readonly { readonly session: string; readonly why: string }[]): Problem => ({
  code: 'not-stopped',
  what: `${failed.map(({ session }) => session).join(', ')} could not be stopped.`,
  kept: 'All worktrees and branches stay.',
  details: failed.map(({ session, why }) => `${session}: ${why}`).join('\n'),
});
