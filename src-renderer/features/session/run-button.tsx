import { Play, Square } from 'lucide-react';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { isLive, runOf, useShells } from './use-shells.ts';

/** The project's run command in this session's worktree; not there where the project has none. */
export function RunButton({ session }: { readonly session: SessionView }) {
  const project = useStore(useApp().projects)?.find(({ id }) => id === session.project);
  const shells = useShells(session);
  const command = project?.work.run ?? null;
  if (isLive(runOf(session)))
    return (
      <Button disabled={shells.busy} aria-label="Stop the run command" onClick={() => void shells.stopRun()}>
        <Square size={11} aria-hidden="true" />
        <span className="@max-[760px]:hidden">Stop run</span>
      </Button>
    );
  if (command === null || session.worktree === null) return null;
  return (
    <Button disabled={shells.busy} aria-label="Run" title={command} onClick={() => void shells.run()}>
      <Play size={13} strokeWidth={1.5} aria-hidden="true" />
      <span className="@max-[760px]:hidden">Run</span>
    </Button>
  );
}
