// Nothing is lost by a pause, so it does not ask; why it could not be done stands under the button.
import { Pause, Play } from 'lucide-react';
import { useState } from 'react';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { Popover } from '../../components/popover.tsx';
import { useApp } from '../app-context.tsx';

export function PauseButton({ session: { id, name, state } }: { readonly session: SessionView }) {
  const { connection } = useApp();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const paused = state === 'paused';
  // What is being made can't be held up.
  if (state === 'starting' || state === 'removing') return null;
  const act = async (): Promise<void> => {
    setBusy(true);
    const outcome = await connection.call(paused ? 'session.thaw' : 'session.freeze', { id });
    setBusy(false);
    setProblem(outcome.ok ? null : outcome.problem);
  };
  const label = paused ? 'Continue' : 'Pause';
  return (
    <Popover
      label={`${name} could not be ${paused ? 'continued' : 'paused'}`}
      align="end"
      open={problem !== null}
      onOpenChange={(open) => (open ? void act() : setProblem(null))}
      trigger={
        <Button
          kind={paused ? 'primary' : 'normal'}
          disabled={busy}
          aria-label={label}
          title={paused ? 'Let its processes go on from where they were' : 'Stop all its processes where they are'}
        >
          {paused ? (
            <Play size={13} strokeWidth={1.5} aria-hidden="true" />
          ) : (
            <Pause size={13} strokeWidth={1.5} aria-hidden="true" />
          )}
          <span className="@max-[760px]:hidden">{label}</span>
        </Button>
      }
    >
      {problem === null ? null : <ErrorBlock problem={problem} />}
    </Popover>
  );
}
