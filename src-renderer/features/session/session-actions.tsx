// What can be done with a session as a whole: stop it, and once it ended, restore it or remove its worktree. What ends or removes asks first.
import { RotateCcw, Square, Trash2 } from 'lucide-react';
import { useState, type ReactElement, type ReactNode } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { ordinal } from '#shared/domain/waiting-line.ts';
import { Button } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { Popover } from '../../components/popover.tsx';
import { useApp } from '../app-context.tsx';
import { isEnded } from '../../state/sidebar-rows.ts';
import { PauseButton } from './pause-button.tsx';
import { RemovalList, useRemovalPreview } from './removal-preview.tsx';
import { RunButton } from './run-button.tsx';
import { useRestore } from './use-restore.ts';
import { useSessionEnd, type SessionEnd } from './use-session-end.ts';

export function SessionActions({ session }: { readonly session: SessionView }) {
  if (session.damaged !== null) return null;
  if (!isEnded(session))
    return (
      <>
        <RunButton session={session} />
        <PauseButton session={session} />
        <Stop session={session} />
      </>
    );
  return (
    <>
      <RunButton session={session} />
      {session.inLine === null ? <Restore session={session} /> : <InLine session={session} {...session.inLine} />}
      <Remove session={session} />
    </>
  );
}

function Stop({ session }: { readonly session: SessionView }) {
  const end = useSessionEnd(session);
  return (
    <Question
      title={`Stop ${session.name}?`}
      end={end}
      act={end.stop}
      yes="Stop session"
      no="Keep it running"
      trigger={
        <Button disabled={end.busy !== null} aria-label="Stop">
          <Square size={11} fill="currentColor" aria-hidden="true" />
          <span className="@max-[520px]:hidden">{end.busy === 'stop' ? 'Stopping…' : 'Stop'}</span>
        </Button>
      }
    >
      Its processes end, within 4 seconds if they resist. The worktree, the branch and the transcript stay.
    </Question>
  );
}

/** Nothing is lost by it, so it does not ask; why it could not be done stands under the button. */
export function Restore({ session }: { readonly session: SessionView }) {
  const { busy, problem, restore, dismiss } = useRestore(session);
  return (
    <Popover
      label={`${session.name} could not be restored`}
      align="end"
      open={problem !== null}
      onOpenChange={(open) => (open ? void restore() : dismiss())}
      trigger={
        <Button disabled={busy} aria-label="Restore" title="Start its agent again, in its worktree and conversation">
          <RotateCcw size={14} strokeWidth={1.5} aria-hidden="true" />
          <span className="@max-[520px]:hidden">{busy ? 'Restoring…' : 'Restore'}</span>
        </Button>
      }
    >
      {problem === null ? null : <ErrorBlock problem={problem} />}
    </Popover>
  );
}

/** As many agents run as may; it is restored by itself when one ends. */
function InLine({ session, request, place }: { readonly session: SessionView; request: string; place: number }) {
  const { connection, view } = useApp();
  const leave = async (): Promise<void> => {
    const left = await connection.call('session.cancelSpawn', { request });
    if (!left.ok) view.toast(left.problem.what);
  };
  return (
    <Button onClick={() => void leave()} title={`${session.name} is restored when another agent ends`}>
      In line, {ordinal(place)} · Leave
    </Button>
  );
}

export function Remove({ session }: { readonly session: SessionView }) {
  const end = useSessionEnd(session);
  const [asking, setAsking] = useState(false);
  const preview = useRemovalPreview(session.id, asking && session.worktree !== null);
  const large = (preview?.large.count ?? 0) > 0;
  const tearDownFailed = end.problem?.code === 'tear-down-failed';
  const verb = session.worktree === null ? 'Remove session' : 'Remove worktree';
  return (
    <Question
      title={session.worktree === null ? `Remove ${session.name}?` : `Remove ${session.name} and its worktree?`}
      end={end}
      act={() => end.remove({ discardLarge: large, tearDown: true })}
      onAsk={setAsking}
      more={preview === null ? null : <RemovalList preview={preview} />}
      yes={large ? 'Remove it and these files' : 'Remove it'}
      other={
        tearDownFailed
          ? { title: 'Without the tear-down', act: () => end.remove({ discardLarge: large, tearDown: false }) }
          : null
      }
      no="Keep it"
      trigger={
        <Button disabled={end.busy !== null} aria-label={verb}>
          <Trash2 size={14} strokeWidth={1.5} aria-hidden="true" />
          <span className="@max-[760px]:hidden">{end.busy === 'remove' ? 'Removing…' : verb}</span>
        </Button>
      }
    >
      Its row here goes too. Kept: what it printed, for 30 days,{' '}
      {session.branch === null ? null : (
        <>
          the branch <code className="font-mono text-[12px] break-all text-ink">{session.branch}</code>, and{' '}
        </>
      )}
      a rescue snapshot of anything that is not committed.
      {session.worktree === null ? null : (
        <code className="mt-2 block font-mono text-caption break-all text-faint">{session.worktree}</code>
      )}
    </Question>
  );
}

/** A second step under the button: what will happen, what stays, and the verb once more. */
function Question({
  title,
  trigger,
  end,
  act,
  yes,
  no,
  more = null,
  other = null,
  onAsk,
  children,
}: {
  readonly title: string;
  readonly trigger: ReactElement;
  readonly end: SessionEnd;
  readonly act: () => Promise<boolean>;
  readonly yes: string;
  readonly no: string;
  /** Below the text, where a list may stand. */
  readonly more?: ReactNode;
  /** A second way, once the first has failed. */
  readonly other?: { readonly title: string; readonly act: () => Promise<boolean> } | null;
  readonly onAsk?: (asking: boolean) => void;
  readonly children: ReactNode;
}) {
  const [asking, set] = useState(false);
  const setAsking = (next: boolean): void => {
    set(next);
    onAsk?.(next);
  };
  return (
    <Popover label={title} align="end" open={asking} onOpenChange={setAsking} trigger={trigger}>
      <p className="font-semibold break-words">{title}</p>
      <p className="mt-1 text-soft">{children}</p>
      {more}
      {end.problem === null ? null : (
        <div className="mt-2.5">
          <ErrorBlock problem={end.problem} />
        </div>
      )}
      <div className="mt-3 flex flex-wrap gap-1.5">
        <Button kind="danger" disabled={end.busy !== null} onClick={() => void act().then((done) => setAsking(!done))}>
          {yes}
        </Button>
        {other === null ? null : (
          <Button disabled={end.busy !== null} onClick={() => void other.act().then((done) => setAsking(!done))}>
            {other.title}
          </Button>
        )}
        <Button kind="quiet" onClick={() => setAsking(false)}>
          {no}
        </Button>
      </div>
    </Popover>
  );
}
