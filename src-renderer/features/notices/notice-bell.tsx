// The bell in the title bar: how many notices ask for a look, and the notice centre behind it.
import { Bell } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Popover } from '../../components/popover.tsx';
import { asksForLook, readBy } from '../../state/notice-groups.ts';
import { useApp, useStore, useView } from '../app-context.tsx';
import { NoticeCentre } from './notice-centre.tsx';

const most = 99;

export function NoticeBell() {
  const notices = useStore(useApp().notices) ?? [];
  const [open, setOpen] = useState(false);
  useReading();
  const count = notices.filter(asksForLook).length;
  const label = count === 0 ? 'Notices' : count === 1 ? 'Notices, 1 unread' : `Notices, ${count} unread`;
  return (
    <Popover
      label="Notices"
      align="end"
      width={440}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          aria-label={label}
          title={label}
          className="inline-flex h-7 min-w-7 shrink-0 items-center justify-center gap-1 rounded-control px-1.5 text-caption font-semibold text-soft transition-colors duration-80 hover:bg-raised hover:text-ink"
        >
          <Bell size={16} strokeWidth={1.4} />
          {count === 0 ? null : <span className="tabular text-ink">{count > most ? `${most}+` : count}</span>}
        </button>
      }
    >
      <NoticeCentre onLeave={() => setOpen(false)} />
    </Popover>
  );
}

/** Whoever looks at a session has read what tells of it. */
function useReading(): void {
  const app = useApp();
  const { place } = useView();
  const notices = useStore(app.notices);
  const session = place.kind === 'session' ? place.id : null;
  useEffect(() => {
    if (session === null || notices === null || document.hidden) return;
    const ids = readBy(session, notices);
    if (ids.length > 0) void app.connection.call('notice.read', { ids: [...ids], on: true });
  }, [app, session, notices]);
}
