// What was told, newest first, by session. Entries whose cause is gone say how it went.
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Segments } from '../../components/segments.tsx';
import { asksForLook, noticeGroups, type NoticeFilter, type NoticeGroup } from '../../state/notice-groups.ts';
import { useApp, useStore } from '../app-context.tsx';
import { projectLabel } from '../project-label.ts';
import { clearNotices, readNotices } from './notice-actions.ts';
import { NoticeEntry } from './notice-entry.tsx';

const filters = [
  { value: 'all', label: 'All' },
  { value: 'unread', label: 'Unread' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'broken', label: 'Broken' },
] as const;

/** @param onLeave something else is shown now */
export function NoticeCentre({ onLeave }: { readonly onLeave: () => void }) {
  const app = useApp();
  const notices = useStore(app.notices) ?? [];
  const [filter, setFilter] = useState<NoticeFilter>('all');
  const groups = noticeGroups(notices, filter);
  const shown = groups.flatMap((group) => group.notices);
  const unread = shown.filter(asksForLook);
  const ids = (of: typeof shown): readonly string[] => of.map(({ id }) => id);
  return (
    <div className="-m-3.5">
      <div className="flex items-center gap-2 border-b border-line px-3.5 py-2.5">
        <h2 id="notices-title" className="flex-1 text-strong font-semibold">
          Notices
        </h2>
        <Segments options={filters} chosen={filter} labelledBy="notices-title" onChoose={setFilter} />
      </div>
      {shown.length === 0 ? (
        <Nothing filter={filter} />
      ) : (
        <div className="max-h-[min(60vh,520px)] overflow-y-auto">
          {groups.map((group) => (
            <Group key={group.session ?? ''} group={group} onLeave={onLeave} />
          ))}
        </div>
      )}
      <div className="flex items-center gap-1 border-t border-line px-2 py-1.5">
        <Button
          size={24}
          kind="quiet"
          onClick={() => {
            app.view.go({ kind: 'settings' });
            onLeave();
          }}
        >
          Settings
        </Button>
        <span className="flex-1" />
        <Button
          size={24}
          kind="quiet"
          disabled={unread.length === 0}
          onClick={() => void readNotices(app, ids(unread))}
        >
          Mark as read
        </Button>
        <Button size={24} kind="quiet" disabled={shown.length === 0} onClick={() => void clearNotices(app, ids(shown))}>
          Clear
        </Button>
      </div>
    </div>
  );
}

function Group({ group, onLeave }: { readonly group: NoticeGroup; readonly onLeave: () => void }) {
  const sessions = useStore(useApp().sessions);
  const session = sessions?.find(({ id }) => id === group.session);
  const name = group.session === null ? 'Several sessions' : (session?.name ?? group.session);
  return (
    <section aria-label={name} className="border-line [&+&]:border-t">
      <h3 className="flex gap-1.5 px-3.5 pt-2 text-caption text-faint">
        <span className="truncate font-medium">{name}</span>
        {session === undefined ? null : <span className="shrink-0">· {projectLabel(session.project)}</span>}
      </h3>
      <ul>
        {group.notices.map((notice) => (
          <NoticeEntry key={notice.id} notice={notice} onLeave={onLeave} />
        ))}
      </ul>
    </section>
  );
}

const nothing: Readonly<Record<NoticeFilter, string>> = {
  all: 'No notices.',
  unread: 'Nothing here asks for a look.',
  waiting: 'No notices of sessions that wait.',
  broken: 'No notices of broken sessions.',
};

function Nothing({ filter }: { readonly filter: NoticeFilter }) {
  return (
    <div className="px-3.5 py-8 text-center">
      <p>{nothing[filter]}</p>
      <p className="mt-1 text-caption text-faint">
        Whenever a session waits, breaks, is ready to land or has finished, it is kept here for two weeks.
      </p>
    </div>
  );
}
