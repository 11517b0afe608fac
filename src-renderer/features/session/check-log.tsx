import { ChevronRight } from 'lucide-react';

/** What a failed check printed last. The end of it is seen first: there it says why. */
export const CheckLog = ({ name, log }: { readonly name: string; readonly log: string }) => (
  <details className="group mt-1 text-caption text-faint">
    <summary
      aria-label={`Last lines of ${name}`}
      className="flex w-fit list-none items-center gap-1 rounded-control hover:text-soft"
    >
      <ChevronRight size={13} aria-hidden="true" className="group-open:rotate-90" /> Last lines
    </summary>
    <pre
      aria-label={`What ${name} printed last`}
      tabIndex={0}
      className="mt-1.5 flex max-h-60 flex-col-reverse overflow-y-auto rounded-control border border-line bg-term p-2 font-mono text-[11.5px] leading-[17px] break-words whitespace-pre-wrap text-soft"
    >
      <span>{log}</span>
    </pre>
  </details>
);
