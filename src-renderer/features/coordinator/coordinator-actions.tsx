// What can be done with a coordinator as a whole: hold up its spawning, write to it, stop it, and begin it anew.
import { Ellipsis, MessageSquare, Pause, Play } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { Popover } from '../../components/popover.tsx';
import { isEnded } from '../../state/sidebar-rows.ts';
import { keys, useApp, useSurroundings } from '../app-context.tsx';
import { Remove, Restore } from '../session/session-actions.tsx';
import { MenuItems } from '../sidebar/row-menu.tsx';
import { run } from '../shell/key-router.ts';
import { StopCoordinator } from './stop-coordinator.tsx';

export function CoordinatorActions({ session }: { readonly session: SessionView }) {
  const surroundings = useSurroundings();
  if (session.damaged !== null) return null;
  if (isEnded(session))
    return (
      <>
        <Restore session={session} />
        <Remove session={session} />
        <More session={session} />
      </>
    );
  return (
    <>
      <PauseSpawning session={session} />
      <Button
        aria-label="Message"
        title={['Message', ...keys('message')].join(' ')}
        onClick={() => run('message', surroundings)}
      >
        <MessageSquare size={14} strokeWidth={1.5} aria-hidden="true" />
        <span className="@max-[1180px]:hidden">Message</span>
      </Button>
      <StopCoordinator session={session} />
      <More session={session} />
    </>
  );
}

/** Nothing is lost by it, so it does not ask. */
function PauseSpawning({ session: { id, name, spawningPaused } }: { readonly session: SessionView }) {
  const { connection } = useApp();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const label = spawningPaused ? 'Resume spawning' : 'Pause spawning';
  const act = async (): Promise<void> => {
    setBusy(true);
    const done = await connection.call('coordinator.pause', { id, on: !spawningPaused });
    setBusy(false);
    setProblem(done.ok ? null : done.problem);
  };
  return (
    <Popover
      label={`Spawning of ${name} was not changed`}
      align="end"
      open={problem !== null}
      onOpenChange={(open) => (open ? void act() : setProblem(null))}
      trigger={
        <Button
          kind={spawningPaused ? 'primary' : 'normal'}
          disabled={busy}
          aria-label={label}
          title={
            spawningPaused
              ? 'It may start sessions again'
              : 'It starts no more sessions until you let it; those that run go on'
          }
        >
          {spawningPaused ? (
            <Play size={13} strokeWidth={1.5} aria-hidden="true" />
          ) : (
            <Pause size={13} strokeWidth={1.5} aria-hidden="true" />
          )}
          <span className="@max-[1240px]:hidden">{label}</span>
        </Button>
      }
    >
      {problem === null ? null : <ErrorBlock problem={problem} />}
    </Popover>
  );
}

function More({ session: { id, name, state } }: { readonly session: SessionView }) {
  const app = useApp();
  const { connection, view } = app;
  const isFrozen = state === 'paused';
  const freeze = async (): Promise<void> => {
    const done = await connection.call(isFrozen ? 'session.thaw' : 'session.freeze', { id });
    if (!done.ok) view.toast(done.problem.what);
  };
  const actions = [
    {
      title: 'Start a new agent in its place…',
      act: () => view.update((now) => ({ ...now, leading: { kind: 'relaunch', id } })),
    },
    ...(state === 'stopped' || state === 'done' || state === 'crashed'
      ? []
      : [{ title: isFrozen ? 'Continue its processes' : 'Pause its processes', act: () => void freeze() }]),
  ];
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <IconButton label={`More for ${name}`}>
          <Ellipsis size={16} />
        </IconButton>
      </DropdownMenu.Trigger>
      <MenuItems actions={actions} />
    </DropdownMenu.Root>
  );
}
