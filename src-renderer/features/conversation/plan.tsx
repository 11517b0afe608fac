// The plan as the agent keeps it, over what was said: folded to the step it is at.
import { Check, ChevronRight, Circle, CircleDot, ListChecks } from 'lucide-react';
import type { PlanStep } from '#shared/domain/conversation.ts';

type Steps = readonly PlanStep[];

export const doneOf = (steps: Steps): string =>
  `${steps.filter(({ state }) => state === 'done').length} of ${steps.length} done`;

export function Plan({ steps }: { readonly steps: Steps }) {
  const present = steps.find(({ state }) => state === 'doing');
  return (
    <details className="group shrink-0 border-b border-line bg-surface">
      <summary className="flex h-9 list-none items-center gap-2 ps-4 pe-4 -outline-offset-2 hover:bg-raised">
        <ListChecks size={15} strokeWidth={1.5} aria-hidden="true" className="shrink-0 text-faint" />
        <span className="font-medium">Plan</span>
        <span className="tabular shrink-0 text-caption text-faint">{doneOf(steps)}</span>
        <span className="min-w-0 flex-1 truncate text-soft group-open:invisible">{present?.text}</span>
        <ChevronRight size={14} aria-hidden="true" className="shrink-0 text-faint group-open:rotate-90" />
      </summary>
      <ol aria-label="Plan" className="max-h-64 overflow-y-auto ps-4 pe-4 pb-2.5">
        {steps.map(({ text, state }, index) => (
          <Step key={index} text={text} state={state} />
        ))}
      </ol>
    </details>
  );
}

const looks = {
  done: { Icon: Check, look: 'text-faint', words: 'done' },
  doing: { Icon: CircleDot, look: 'text-accent', words: 'under way' },
  open: { Icon: Circle, look: '', words: 'open' },
} as const;

function Step({ text, state }: PlanStep) {
  const { Icon, look, words } = looks[state];
  return (
    <li className={`flex items-start gap-2 py-0.5 leading-5 ${look}`}>
      <Icon size={15} strokeWidth={1.6} className="mt-[3px] shrink-0" aria-hidden="true" />
      <span className="min-w-0 break-words">
        {text}
        <span className="sr-only">, {words}</span>
      </span>
    </li>
  );
}
