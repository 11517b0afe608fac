// Notifications of the system, for sessions that nobody sees. They lead to the session and decide nothing.
import { Notification, type NotificationConstructorOptions } from 'electron';
import type { Priority } from '#shared/domain/priority.ts';
import { lookForNotices, noNotices, type Notice } from '#shared/domain/notice.ts';
import { isForDesktop } from '#shared/domain/notifier.ts';
import type { Desktop } from './desktop.ts';
import { appImage, imagePath } from './images.ts';

export interface NotificationSurroundings {
  readonly platform: NodeJS.Platform;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function keepNotifying(
  desktop: Desktop,
  { platform, now }: NotificationSurroundings = { platform: process.platform, now: Date.now },
): { close(): void } {
  const { fleet, windows, log } = desktop;
  if (!Notification.isSupported()) {
    log('warn', 'notifications.unsupported');
    return { close: () => undefined };
  }
  // Also keeps them from being collected, which would take their click away.
  const open = new Map<string, Notification>();
  let state = noNotices;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasFailed = false;

  const look = (): void => {
    clearTimeout(timer);
    const { sessions, settings, notifiers } = fleet;
    if (sessions === null) return;
    const isInSight = (session: string): boolean => windows.isInSight(session);
    const isRouted = (priority: Priority, project: string): boolean => isForDesktop(notifiers, priority, project);
    const step = lookForNotices(state, { sessions, settings, now: now(), isInSight, isRouted });
    state = step.state;
    for (const id of step.withdraw) withdraw(id);
    for (const notice of step.tell) tell(notice);
    if (step.lookAgainAt !== null) timer = setTimeout(look, Math.max(0, step.lookAgainAt - now()));
  };

  const withdraw = (id: string): void => {
    const one = open.get(id);
    open.delete(id);
    one?.close();
  };

  const tell = (notice: Notice): void => {
    const one = new Notification(optionsFor(notice, platform));
    one.on('click', () => {
      withdraw(notice.id);
      lead(notice, desktop);
    });
    one.on('failed', (_event, error) => {
      open.delete(notice.id);
      // Once: where one fails, all do.
      if (!hasFailed) log('warn', 'notifications.failed', { error });
      hasFailed = true;
    });
    open.set(notice.id, one);
    one.show();
  };

  look();
  const stops = [fleet.onChange(look), windows.onChange(look)];
  return {
    close: () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
      for (const id of open.keys()) withdraw(id);
    },
  };
}

function lead({ kind, sessions }: Notice, { windows }: Desktop): void {
  const [only] = sessions;
  if (sessions.length === 1 && only !== undefined) return windows.show(only);
  windows.focus();
  windows.command(kind === 'waiting' ? 'next-attention' : 'home');
}

/** No buttons: nothing is approved from here. */
export function optionsFor(
  { id, kind, title, body }: Pick<Notice, 'id' | 'kind' | 'title' | 'body'>,
  platform: NodeJS.Platform,
): NotificationConstructorOptions {
  // What is finished can wait, and makes no sound.
  const silent = kind === 'finished';
  switch (platform) {
    case 'darwin':
      return { id, groupId: kind, title, body, silent };
    case 'win32':
      return { id, groupId: kind, title, body, silent, icon: imagePath(appImage) };
    default:
      return {
        title: withoutMarkup(title),
        body: withoutMarkup(body),
        silent,
        icon: imagePath(appImage),
        urgency: kind === 'finished' ? 'low' : 'normal',
      };
  }
}

/** Linux hands the text on as it is, and many desktops read tags, links, pictures and entities in it. */
const withoutMarkup = (text: string): string =>
  text
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replace(/&(?=#?\w+;)/g, '＆');
