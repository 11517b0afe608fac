// In a browser: tells of sessions that nobody sees, by the same policy as the desktop app.
import { lookForNotices, noNotices, type Notice } from '#shared/domain/notice.ts';
import { isForDesktop, type NotifierSettings } from '#shared/domain/notifier.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { Settings } from '#shared/domain/settings.ts';
import type { Readable } from '../lib/store.ts';
import type { Notifications, Shown } from './notifications.ts';

/** Returns the way to stop. */
export function tellNotices({
  sessions,
  settings,
  notifiers,
  inSight,
  changes,
  notifications,
  open,
  now = Date.now,
}: {
  readonly sessions: Readable<readonly SessionView[] | null>;
  readonly settings: Readable<Settings>;
  readonly notifiers: Readable<NotifierSettings>;
  /** Sessions that somebody sees in any window of this browser. */
  readonly inSight: () => Promise<ReadonlySet<string>>;
  /** Tells when this window shows something else, or is looked at. */
  readonly changes: Readable<unknown>;
  readonly notifications: Notifications;
  /** The session of a notice that was clicked; null for a bundle of several. */
  readonly open: (session: string | null) => void;
  readonly now?: () => number;
}): () => void {
  const shown = new Map<string, Shown>();
  let state = noNotices;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  const look = async (): Promise<void> => {
    const seen = await inSight();
    const known = sessions.get();
    if (ended || known === null) return;
    const step = lookForNotices(state, {
      sessions: known,
      settings: settings.get(),
      now: now(),
      isInSight: (session) => seen.has(session),
      isRouted: (priority, project) => isForDesktop(notifiers.get(), priority, project),
    });
    state = step.state;
    for (const id of step.withdraw) withdraw(id);
    for (const notice of step.tell) tell(notice);
    clearTimeout(timer);
    if (step.lookAgainAt !== null) timer = setTimeout(() => void look(), Math.max(0, step.lookAgainAt - now()));
  };
  const stops = [sessions, settings, changes].map((store) => store.subscribe(() => void look()));
  void look();
  return () => {
    ended = true;
    clearTimeout(timer);
    for (const stop of stops) stop();
    for (const id of [...shown.keys()]) withdraw(id);
  };

  /** Every window of this browser tells the same: the tag makes one of them. */
  function tell({ id, title, body, sessions: about }: Notice): void {
    const session = about.length === 1 ? (about[0] ?? null) : null;
    const one = notifications.show({
      title,
      body,
      tag: `athene ${session ?? 'bundle'}`,
      onClick: () => open(session),
    });
    if (one !== null) shown.set(id, one);
  }

  function withdraw(id: string): void {
    shown.get(id)?.close();
    shown.delete(id);
  }
}
