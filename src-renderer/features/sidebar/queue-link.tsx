import { Inbox } from 'lucide-react';
import { queueOf } from '#shared/domain/queue.ts';
import { keys, useApp, useNow, useStore, useView } from '../app-context.tsx';

/** To the queue, with how many are in it. */
export function QueueLink({ rail }: { readonly rail: boolean }) {
  const app = useApp();
  const sessions = useStore(app.sessions);
  const now = useNow();
  const here = useView().place.kind === 'home';
  const count = queueOf(sessions ?? [], now).sections.reduce((sum, section) => sum + section.sessions.length, 0);
  return (
    <div className={`shrink-0 border-b border-line py-1.5 ${rail ? 'flex justify-center' : 'px-2'}`}>
      <button
        type="button"
        aria-label={`Queue, ${count}`}
        aria-current={here ? 'page' : undefined}
        title={['Queue', ...keys('home')].join(' ')}
        onClick={() => app.view.go({ kind: 'home' })}
        className={`relative flex h-[30px] items-center gap-2.5 rounded-control text-start hover:bg-raised ${rail ? 'w-9 justify-center' : 'w-full px-2'} ${here ? 'row-selected bg-selected font-medium text-ink' : 'text-soft'}`}
      >
        <Inbox size={16} strokeWidth={1.5} className="shrink-0" aria-hidden="true" />
        {rail ? null : <span className="min-w-0 flex-1 truncate">Queue</span>}
        <span
          className={`tabular text-caption ${rail ? 'absolute -end-0.5 -top-0.5 rounded-full bg-raised px-1 text-micro text-ink' : 'text-faint'}`}
        >
          {count === 0 ? '' : count}
        </span>
      </button>
    </div>
  );
}
