// The home screen: who costs time, in order, answered on the spot.
import type { ReactNode } from 'react';
import { queueOf, type Queue, type QueueSection } from '#shared/domain/queue.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Skeleton } from '../../components/skeleton.tsx';
import { StateIcon } from '../../components/state-icon.tsx';
import { useApp, useNow, useStore, useView } from '../app-context.tsx';
import { RecoveryNote } from '../shell/recovery-note.tsx';
import { Digest } from './digest.tsx';
import { wake } from './mark-queued.ts';
import { Peek } from './peek.tsx';
import { noFilter } from '../../state/view.ts';
import { Filter, passes } from './queue-filter.tsx';
import { QueueRow } from './queue-row.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useHeld, type Held } from './use-held.ts';
import { handTo, rowOf, useQueueKeys } from './use-queue-keys.ts';
import { Zero } from './zero.tsx';

const titles: Readonly<Record<QueueSection, string>> = {
  waiting: 'Waiting for you',
  broken: 'Broken',
  'to-change': 'To change',
  ready: 'Ready to land',
  finished: 'Finished, unread',
};

/** From so many questions on, each takes less room. */
const many = 6;

export function QueuePage() {
  const app = useApp();
  const sessions = useStore(app.sessions);
  const now = useNow();
  const { queue: shown } = useView();
  const held = useHeld(toTheRowAfter);
  if (sessions === null) return <Skeleton rows={6} awaited="Waiting for the list of sessions" />;
  const present = sessions.map((session) => held.sessions.get(session.id) ?? session);
  const whole = queueOf(present, now);
  if (whole.sections.length === 0 && whole.snoozed.length === 0) return <Zero working={whole.working} />;
  return <List queue={queueOf(present.filter(passes(shown.filter)), now)} whole={whole} held={held} />;
}

/** An answered row gives the keyboard to the one after it, before its session goes elsewhere in the list. */
function toTheRowAfter(session: string): void {
  const row = rowOf(document.body, session);
  if (row?.contains(document.activeElement) !== true) return;
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row^="queue:"]')];
  const at = rows.indexOf(row);
  handTo(rows[at + 1] ?? rows[at - 1]);
}

function List({ queue, whole, held }: { readonly queue: Queue; readonly whole: Queue; readonly held: Held }) {
  const app = useApp();
  const { queue: shown } = useView();
  const rows = queue.sections.flatMap(({ sessions }) => sessions);
  const { list, wired, ...keys } = useQueueKeys(rows);
  const open = (session: SessionView): void => app.view.go({ kind: 'session', id: session.id }, { focus: true });
  const selected = rows.filter(({ id }) => shown.selected.has(id));
  const current = rows.find(({ id }) => id === keys.current);
  const brief = (queue.sections.find(({ section }) => section === 'waiting')?.sessions.length ?? 0) > many;
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex h-12 shrink-0 items-center gap-2 px-6">
          {selected.length > 0 ? (
            <SelectionBar sessions={selected} held={held} onClear={keys.clear} />
          ) : (
            <>
              <span className="tabular text-caption text-faint">
                {rows.length === 1 ? '1 in the queue' : `${rows.length} in the queue`}
                {shown.filter === noFilter ? '' : ' with this filter'}
              </span>
              <span className="ms-auto">
                <Filter
                  filter={shown.filter}
                  of={whole.sections.flatMap(({ sessions }) => sessions)}
                  onChange={(filter) => app.view.update((view) => ({ ...view, queue: { ...view.queue, filter } }))}
                />
              </span>
            </>
          )}
        </div>
        <div ref={list} {...wired} className="min-h-0 flex-1 overflow-y-auto px-6 pb-8">
          <RecoveryNote />
          <Digest />
          {queue.sections.map(({ section, sessions }) => (
            <Section key={section} title={titles[section]} count={sessions.length}>
              {sessions.map((session) => (
                <QueueRow
                  key={session.id}
                  session={session}
                  current={session.id === keys.current}
                  selected={shown.selected.has(session.id)}
                  brief={brief}
                  onFocus={() => keys.setCursor(session.id)}
                  onSelect={() => keys.toggle(session.id)}
                  onOpen={() => open(session)}
                  onTyping={(on) => held.type(session, on)}
                  onGive={() => held.hold(session)}
                  onGiven={(progress) => held.settle(session.id, progress)}
                  onKey={(event) => keys.act(event, session)}
                  snoozing={keys.snoozing === session.id}
                  onSnoozing={keys.setSnoozing}
                />
              ))}
            </Section>
          ))}
          {rows.length === 0 ? <p className="py-6 text-center text-soft">Nobody with this filter.</p> : null}
          <Rest queue={whole} />
        </div>
      </div>
      {shown.peek && current !== undefined ? (
        <Peek
          session={current}
          onOpen={() => open(current)}
          onClose={() => app.view.update((view) => ({ ...view, queue: { ...view.queue, peek: false } }))}
        />
      ) : null}
    </div>
  );
}

function Section({
  title,
  count,
  children,
}: {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}) {
  return (
    <section aria-label={`${title}, ${count}`} className="mb-4">
      <h2 className="mb-1.5 flex items-center gap-2 font-semibold">
        {title} <span className="tabular font-normal text-faint">{count}</span>
      </h2>
      <ul className="@container overflow-hidden rounded-card border border-line bg-surface">{children}</ul>
    </section>
  );
}

/** Those that are nobody's turn, and those that were put off: counted, so that nothing is forgotten. */
function Rest({ queue: { working, snoozed } }: { readonly queue: Queue }) {
  const app = useApp();
  return (
    <div className="flex flex-col items-center gap-1.5 pt-1 text-caption text-faint">
      {working.length === 0 ? null : (
        <p className="flex items-center gap-2">
          <StateIcon state="working" size={14} quiet />
          {working.length === 1 ? '1 working quietly' : `${working.length} working quietly`}
        </p>
      )}
      {snoozed.length === 0 ? null : (
        <p className="flex items-center gap-2">
          {snoozed.length === 1 ? '1 snoozed' : `${snoozed.length} snoozed`} ·
          <button
            type="button"
            className="text-accent hover:underline"
            title={snoozed.map(({ name }) => name).join(', ')}
            onClick={() => void wake(app, snoozed)}
          >
            Wake {snoozed.length === 1 ? snoozed[0]?.name : 'them'}
          </button>
        </p>
      )}
    </div>
  );
}
