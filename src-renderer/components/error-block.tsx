// The four parts of every error, in order: what happened, what is kept, what you can do, details.
import { Check, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '#shared/domain/problem.ts';
import { StateIcon } from './state-icon.tsx';

export function ErrorBlock({ problem, children }: { readonly problem: Problem; readonly children?: ReactNode }) {
  return (
    <div role="alert" className="flex gap-2.5 rounded-card border border-line bg-surface p-3.5">
      <span className="mt-px">
        <StateIcon state="crashed" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-semibold break-words">{problem.what}</p>
        {problem.kept === undefined ? null : (
          <p className="mt-1.5 flex gap-1.5 text-soft">
            <Check size={15} className="mt-0.5 shrink-0 text-ready" aria-hidden="true" />
            <span className="min-w-0 break-words">{problem.kept}</span>
          </p>
        )}
        {problem.todo === undefined ? null : <p className="mt-1.5 break-words text-soft">{problem.todo}</p>}
        {children === undefined || children === null ? null : (
          <div className="mt-3 flex flex-wrap items-center gap-1.5">{children}</div>
        )}
        {problem.details === undefined ? null : <Details text={problem.details} />}
      </div>
    </div>
  );
}

function Details({ text }: { readonly text: string }) {
  return (
    <details className="group mt-2.5 text-caption text-faint">
      <summary className="flex w-fit list-none items-center gap-1 rounded-control hover:text-soft">
        <ChevronRight size={13} aria-hidden="true" className="group-open:rotate-90" /> Details
      </summary>
      <pre className="mt-2 max-h-60 overflow-auto rounded-control border border-line bg-term p-2 font-mono text-[12px] leading-5 whitespace-pre-wrap text-soft">
        {text}
      </pre>
    </details>
  );
}
