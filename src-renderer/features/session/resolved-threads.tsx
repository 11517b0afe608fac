import { ChevronRight } from 'lucide-react';
import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import { Button } from '../../components/button.tsx';

type Thread = PullRequestFacts['threads'][number];

export const placeOf = ({ path, line }: Thread): string =>
  path === null ? 'the whole pull request' : [path, line].filter(Boolean).join(':');

/** Folded: they are nobody's affair any more, until somebody thinks otherwise. */
export function ResolvedThreads({
  threads,
  onReopen,
}: {
  readonly threads: readonly Thread[];
  readonly onReopen: (thread: Thread) => void;
}) {
  if (threads.length === 0) return null;
  return (
    <details className="group mt-2.5 text-caption text-faint">
      <summary className="flex w-fit list-none items-center gap-1 rounded-control hover:text-soft">
        <ChevronRight size={13} aria-hidden="true" className="group-open:rotate-90" /> {threads.length} resolved
      </summary>
      <ul className="mt-1 flex flex-col gap-1">
        {threads.map((thread) => (
          <li key={thread.id} className="flex items-start gap-2">
            <span className="min-w-0 flex-1 py-1">
              <span className="block font-mono text-[11.5px] break-all">{placeOf(thread)}</span>
              <span className="line-clamp-2 break-words">{thread.comments[0]?.body ?? ''}</span>
            </span>
            <Button
              size={24}
              kind="quiet"
              aria-label={`Open the thread at ${placeOf(thread)} again`}
              onClick={() => onReopen(thread)}
            >
              Open again
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
