// A spawn while it runs, and after it failed: the steps, and a prompt that is never lost.
import type { SpawnView } from '#shared/domain/spawn.ts';
import { ordinal } from '#shared/domain/waiting-line.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { Button } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { StateIcon } from '../../components/state-icon.tsx';
import { StepList } from '../../components/step-list.tsx';
import { seconds } from '../../lib/age.ts';
import { useApp, useNow, useStore } from '../app-context.tsx';
import { Missing } from '../shell/missing.tsx';
import { useSpawnActions } from './spawn-actions.ts';

export function SpawnPage({ request }: { readonly request: string }) {
  const app = useApp();
  const spawns = useStore(app.spawns);
  const spawn = spawns?.find((candidate) => candidate.request === request);
  if (spawn !== undefined) return <Progress spawn={spawn} />;
  if (spawns === null) return <Skeleton rows={5} awaited="Waiting for the host" />;
  return <Gone request={request} />;
}

/** Its row is not there yet (it appears within moments), or not any more. */
function Gone({ request }: { readonly request: string }) {
  const app = useApp();
  const sessions = useStore(app.sessions);
  void request;
  if (sessions === null) return <Skeleton rows={5} awaited="Waiting for the host" />;
  return <Missing what="This spawn has finished or was dismissed." awaited="Waiting for the first step" />;
}

function Progress({ spawn }: { readonly spawn: SpawnView }) {
  const now = useNow();
  const actions = useSpawnActions(spawn);
  const { place } = spawn;
  const queued = place !== null;
  const running = spawn.state === 'running' || queued;
  const done = spawn.steps.filter(({ state }) => state === 'done').length;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-6 py-10">
      <div className="mx-auto flex max-w-[560px] flex-col gap-4">
        <section aria-label="Progress" className="rounded-card border border-line bg-surface p-3.5">
          <header className="mb-3 flex items-center gap-2.5">
            <StateIcon state={queued ? 'paused' : running ? 'starting' : 'crashed'} />
            <h2 className="min-w-0 truncate text-strong font-semibold">{spawn.name}</h2>
            <span className="tabular shrink-0 text-caption text-faint">
              {queued
                ? `In line, ${ordinal(place)}`
                : running
                  ? `Starting ${Math.min(done + 1, spawn.steps.length)}/${spawn.steps.length} · ${seconds(now - spawn.startedAt)}`
                  : words[spawn.state]}
            </span>
            {running ? (
              <Button kind="quiet" size={24} className="ms-auto" onClick={actions.cancel}>
                Cancel
              </Button>
            ) : null}
          </header>
          <StepList steps={spawn.steps} now={now} />
          {running ? (
            <p className="mt-3 text-caption text-faint">
              {queued
                ? 'As many agents run as may. It starts by itself when one ends; its place and prompt are kept.'
                : 'Cancel undoes the finished steps; your prompt is kept.'}
            </p>
          ) : null}
        </section>
        {running ? null : (
          <ErrorBlock problem={spawn.problem ?? endOf(spawn)}>
            <Button kind="primary" onClick={spawn.problem?.code === 'spawns-paused' ? actions.resume : actions.retry}>
              {spawn.problem?.code === 'spawns-paused' ? 'Resume & start' : 'Retry'}
            </Button>
            <Button onClick={actions.edit}>Edit and retry</Button>
            <Button kind="quiet" onClick={actions.dismiss}>
              Dismiss
            </Button>
          </ErrorBlock>
        )}
        <Prompt text={spawn.input.prompt} />
      </div>
    </div>
  );
}

const words = {
  queued: '',
  running: '',
  failed: 'Not started',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
} as const;

const endOf = (spawn: SpawnView): Problem =>
  spawn.state === 'cancelled'
    ? {
        code: 'spawn-cancelled',
        what: `You cancelled ${spawn.name}.`,
        kept: 'Your prompt is kept; what had been made was undone.',
      }
    : { code: 'spawn-interrupted', what: `${spawn.name} was interrupted.`, kept: 'Your prompt is kept.' };

function Prompt({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <section aria-label="Prompt">
      <h2 className="mb-1.5 text-caption font-medium text-faint">Prompt</h2>
      <p className="max-h-60 overflow-y-auto rounded-card border border-line px-3.5 py-2.5 break-words whitespace-pre-wrap text-soft">
        {text}
      </p>
    </section>
  );
}
