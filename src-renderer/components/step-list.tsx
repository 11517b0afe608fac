import { Check, CircleX, Undo2 } from 'lucide-react';
import type { SpawnStep } from '#shared/domain/spawn.ts';
import { seconds } from '../lib/age.ts';
import { stepWords } from '../text.ts';
import { StateIcon } from './state-icon.tsx';

/** The steps of a spawn with the time each took, or takes. */
export function StepList({ steps, now }: { readonly steps: readonly SpawnStep[]; readonly now: number }) {
  return (
    <ol className="flex flex-col gap-2" aria-label="Steps">
      {steps.map((step) => (
        <Step key={step.name} step={step} now={now} />
      ))}
    </ol>
  );
}

function Step({ step, now }: { readonly step: SpawnStep; readonly now: number }) {
  const running = step.state === 'running';
  const spent = step.startedAt === null ? '' : seconds((step.endedAt ?? now) - step.startedAt);
  return (
    <li aria-current={running ? 'step' : undefined}>
      <div className="flex h-[18px] items-center gap-2.5">
        <span className="flex size-4 items-center justify-center text-soft">{stepIcon(step.state)}</span>
        <span className={`flex-1 truncate ${tone(step.state)}`}>{stepWords[step.name]}</span>
        <span className="tabular text-caption text-faint">
          {step.state === 'undone' ? 'undone' : step.state === 'left-over' ? 'left over' : spent}
        </span>
      </div>
      {running ? (
        <div className="ms-[26px] mt-2 h-[3px] overflow-hidden rounded-full bg-selected">
          <div className="h-full w-1/3 rounded-full bg-soft motion-safe:animate-[slide_1.6s_ease-in-out_infinite_alternate]" />
        </div>
      ) : null}
      {step.detail === null || step.state === 'waiting' ? null : (
        <p className="ms-[26px] mt-1 truncate font-mono text-[12px] text-faint">{step.detail}</p>
      )}
    </li>
  );
}

const tone = (state: SpawnStep['state']): string => {
  if (state === 'running') return 'font-semibold text-ink';
  if (state === 'failed' || state === 'left-over') return 'font-medium text-fail';
  return state === 'done' ? 'text-soft' : 'text-faint';
};

function stepIcon(state: SpawnStep['state']) {
  switch (state) {
    case 'running':
      return <StateIcon state="starting" />;
    case 'done':
      return <Check size={15} aria-label="done" />;
    case 'failed':
    case 'left-over':
      return <CircleX size={15} className="text-fail" aria-label="failed" />;
    case 'undone':
      return <Undo2 size={14} className="text-faint" aria-label="undone" />;
    default:
      return <span className="size-[7px] rounded-full border-[1.5px] border-faint" />;
  }
}
