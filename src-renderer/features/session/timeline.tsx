// What happened in a session: one column of events with source and time, the newest on top.
import { useEffect, useMemo, useState } from 'react';
import type { EventView } from '#shared/domain/event.ts';
import { Button } from '../../components/button.tsx';
import { Segments } from '../../components/segments.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { clockTime, dayOf, fullTime } from '../../lib/age.ts';
import type { EventPages } from '../../state/event-pages.ts';
import { createTimeline, type Timeline as Shown } from '../../state/timeline.ts';
import { useApp, useNow, useStore } from '../app-context.tsx';

/** Who tells it, as somebody looks for it. */
const groups = [
  { value: 'all', label: 'All', sources: [] },
  { value: 'you', label: 'You', sources: ['person'] },
  {
    value: 'agent',
    label: 'Agent',
    sources: ['agent', 'hook', 'report', 'transcript', 'screen', 'terminal', 'process'],
  },
  { value: 'athene', label: 'Athene', sources: ['athene', 'runtime'] },
  { value: 'code', label: 'Git', sources: ['git', 'code-host'] },
] as const;
type Group = (typeof groups)[number]['value'];

const sourceWords: Readonly<Record<string, string>> = {
  athene: 'Athene',
  person: 'you',
  process: 'its process',
  screen: 'its screen',
  terminal: 'its terminal',
  hook: 'its hooks',
  report: 'its report',
  transcript: 'its transcript',
  'code-host': 'code host',
};

export function Timeline({ session }: { readonly session: string }) {
  const [group, choose] = useState<Group>('all');
  const timeline = useTimeline(session, group);
  const state = useStore(timeline.state);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 items-center border-b border-line px-4 py-2">
        <h2 id="timeline-of" className="sr-only">
          Told by
        </h2>
        <Segments options={groups} chosen={group} labelledBy="timeline-of" onChoose={choose} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {state.problem === null ? null : (
          <p role="alert" className="px-4 py-3 text-soft">
            {state.problem}
          </p>
        )}
        <Events state={state} isAll={group === 'all'} />
        {state.next === null ? null : (
          <div className="px-4 py-3">
            <Button onClick={() => void timeline.showEarlier()}>Show earlier</Button>
          </div>
        )}
      </div>
    </div>
  );
}

/** One of its own for each session and filter, open while it is shown. */
function useTimeline(session: string, group: Group): Shown {
  const { connection } = useApp();
  const timeline = useMemo(() => {
    const sources = groups.find(({ value }) => value === group)?.sources ?? [];
    return createTimeline(connection, { session, sources });
  }, [connection, session, group]);
  useEffect(() => timeline.open(), [timeline]);
  return timeline;
}

function Events({ state: { events, problem }, isAll }: { readonly state: EventPages; readonly isAll: boolean }) {
  const now = useNow();
  if (events === null) return problem === null ? <Skeleton rows={6} awaited="Waiting for the timeline" /> : null;
  if (events.length === 0) {
    return (
      <p className="px-4 py-6 text-center text-faint">
        {isAll
          ? 'Nothing is known of what happened. Events are kept for 30 days.'
          : 'Nothing of this kind has happened.'}
      </p>
    );
  }
  const days = Map.groupBy(events, ({ at }) => dayOf(at, now));
  return [...days].map(([day, those]) => (
    <section key={day} aria-label={day} className="pb-2">
      <h3 className="sticky top-0 bg-surface px-4 pt-3 pb-1.5 text-caption font-medium text-faint">{day}</h3>
      <ol>
        {those.map((event) => (
          <Entry key={event.id} event={event} />
        ))}
      </ol>
    </section>
  ));
}

const marks = { urgent: 'bg-ask', action: 'bg-ready', warning: 'bg-fail', info: 'bg-control' } as const;

function Entry({ event: { at, source, kind, priority, text } }: { readonly event: EventView }) {
  return (
    <li className="grid grid-cols-[40px_8px_minmax(0,1fr)] items-baseline gap-x-2.5 px-4 py-1.5">
      <time
        dateTime={new Date(at).toISOString()}
        title={fullTime(at)}
        className="tabular text-caption leading-[18px] text-faint"
      >
        {clockTime(at)}
      </time>
      <span
        aria-hidden="true"
        className={`mt-1.5 size-1.5 self-start justify-self-center rounded-full ${marks[priority]}`}
      />
      <p className="leading-[18px] break-words" title={kind}>
        <span className={priority === 'info' ? 'text-soft' : ''}>{text}</span>{' '}
        <span className="text-caption whitespace-nowrap text-faint">{sourceWords[source] ?? source}</span>
      </p>
    </li>
  );
}
