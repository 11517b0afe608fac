import { GitBranch, Square, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { Popover } from '../../components/popover.tsx';
import { isEnded } from '../../state/sidebar-rows.ts';
import { useApp, useStore } from '../app-context.tsx';
import { Why } from './why.tsx';
import { useSessionEnd } from './use-session-end.ts';

export function SessionHeader({ session }: { readonly session: SessionView }) {
  const agents = useStore(useApp().agents);
  const agent = agents?.find(({ id }) => id === session.agent)?.name ?? session.agent;
  return (
    <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line ps-3 pe-2">
      <Why session={session} />
      <span className="shrink-0 truncate text-soft max-[760px]:hidden">{agent}</span>
      {session.permissions === 'permissionless' ? (
        <Chip small colour="var(--state-stuck)">
          no permission asking
        </Chip>
      ) : null}
      {session.branch === null ? null : (
        <span className="flex min-w-0 items-center gap-1.5 text-caption text-faint" title={session.branch}>
          <GitBranch size={13} strokeWidth={1.5} aria-hidden="true" className="shrink-0" />
          <code className="truncate font-mono">{session.branch}</code>
        </span>
      )}
      {session.worktree === null ? null : (
        <span className="max-[620px]:hidden">
          <CopyButton text={session.worktree} label="Copy the worktree's path" iconOnly />
        </span>
      )}
      <span className="ms-auto flex shrink-0 gap-1">
        {isEnded(session) || session.damaged !== null ? <Remove session={session} /> : <Stop session={session} />}
      </span>
    </div>
  );
}

function Stop({ session }: { readonly session: SessionView }) {
  const [asking, setAsking] = useState(false);
  const end = useSessionEnd(session);
  return (
    <Popover
      label={`Stop ${session.name}?`}
      align="end"
      open={asking}
      onOpenChange={setAsking}
      trigger={
        <Button size={28} disabled={end.busy !== null} aria-label="Stop">
          <Square size={12} fill="currentColor" aria-hidden="true" /> {end.busy === 'stop' ? 'Stopping…' : 'Stop'}
        </Button>
      }
    >
      <p className="font-semibold">Stop {session.name}?</p>
      <p className="mt-1 text-soft">
        Its processes end, within 4 seconds if they resist. The worktree, the branch and the transcript stay.
      </p>
      {end.problem === null ? null : (
        <div className="mt-2">
          <ErrorBlock problem={end.problem} />
        </div>
      )}
      <div className="mt-3 flex gap-1.5">
        <Button
          kind="danger"
          onClick={() => {
            void end.stop().then((stopped) => setAsking(!stopped));
          }}
        >
          Stop session
        </Button>
        <Button kind="quiet" onClick={() => setAsking(false)}>
          Keep it running
        </Button>
      </div>
    </Popover>
  );
}

function Remove({ session }: { readonly session: SessionView }) {
  const [asking, setAsking] = useState(false);
  const end = useSessionEnd(session);
  if (session.worktree === null) return <Chip>Worktree removed</Chip>;
  return (
    <Popover
      label={`Remove the worktree of ${session.name}?`}
      align="end"
      open={asking}
      onOpenChange={setAsking}
      trigger={
        <Button kind="quiet" disabled={end.busy !== null} aria-label="Remove worktree">
          <Trash2 size={14} strokeWidth={1.5} aria-hidden="true" />{' '}
          {end.busy === 'remove' ? 'Removing…' : 'Remove worktree'}
        </Button>
      }
    >
      <p className="font-semibold">Remove the worktree of {session.name}?</p>
      <p className="mt-1 text-soft">
        Kept: the branch{session.branch === null ? '' : ' '}
        {session.branch === null ? null : <code className="font-mono text-[12px]">{session.branch}</code>}, the
        transcript, and a rescue snapshot of anything that is not committed.
      </p>
      <p className="mt-1 font-mono text-caption break-all text-faint">{session.worktree}</p>
      {end.problem === null ? null : (
        <div className="mt-2">
          <ErrorBlock problem={end.problem} />
        </div>
      )}
      <div className="mt-3 flex gap-1.5">
        <Button
          kind="danger"
          onClick={() => {
            void end.remove().then((removed) => setAsking(!removed));
          }}
        >
          Remove it
        </Button>
        <Button kind="quiet" onClick={() => setAsking(false)}>
          Keep it
        </Button>
      </div>
    </Popover>
  );
}
