// Notifications of the system, for sessions that nobody sees. They lead to the session; a click on one decides nothing, only its buttons do.
import { Notification, powerMonitor, type NotificationConstructorOptions } from 'electron';
import type { Priority } from '#shared/domain/priority.ts';
import { lookForNotices, noNotices, type Notice } from '#shared/domain/notice.ts';
import { isForDesktop } from '#shared/domain/notifier.ts';
import type { Desktop } from './desktop.ts';
import { answerFromOutside, answersTo, isScreenLocked, type OutsideAnswer } from './answers.ts';
import { appImage, imagePath } from './images.ts';
import { withoutMarkup } from './without-markup.ts';

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
  const open = new Map<string, { readonly one: Notification; readonly notice: Notice }>();
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
    const shown = open.get(id);
    open.delete(id);
    shown?.one.close();
  };

  const tell = (notice: Notice): void => {
    const buttons = hasButtons(platform) ? buttonsFor(notice, desktop) : [];
    const words = isScreenLocked() && notice.kind === 'waiting' ? { ...notice, body: whileLocked } : notice;
    const one = new Notification(optionsFor(words, platform, buttons));
    one.on('action', ({ actionIndex }) => {
      const does = buttons[actionIndex]?.does;
      if (does === undefined) return;
      withdraw(notice.id);
      if (does === 'open') lead(notice, desktop);
      else void answerFromOutside(desktop, does);
    });
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
    open.set(notice.id, { one, notice });
    one.show();
  };

  /** What was offered is not offered on the lock screen. */
  const locked = (): void => {
    for (const { notice } of [...open.values()].filter(({ notice }) => notice.kind === 'waiting')) {
      withdraw(notice.id);
      tell(notice);
    }
  };

  look();
  powerMonitor.on('lock-screen', locked);
  const stops = [fleet.onChange(look), windows.onChange(look), () => powerMonitor.off('lock-screen', locked)];
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

const whileLocked = 'Unlock to see what it asks.';

const hasButtons = (platform: NodeJS.Platform): boolean => platform === 'darwin' || platform === 'win32';

interface Button {
  readonly text: string;
  readonly does: 'open' | OutsideAnswer;
}

/** Answers that a notification has room for, beside the way to the session. */
const mostAnswers = 2;

/** Of one that waits: what may be answered in passing, and the way to it. */
function buttonsFor({ kind, sessions: [only, ...others] }: Notice, { fleet }: Desktop): readonly Button[] {
  const session = fleet.sessions?.find(({ id }) => id === only);
  if (kind !== 'waiting' || others.length > 0 || session === undefined) return [];
  const answers = answersTo(session).slice(0, mostAnswers);
  return [...answers.map(({ choice, gives }) => ({ text: choice.label, does: gives })), { text: 'Open', does: 'open' }];
}

export function optionsFor(
  { id, kind, title, body }: Pick<Notice, 'id' | 'kind' | 'title' | 'body'>,
  platform: NodeJS.Platform,
  buttons: readonly Button[] = [],
): NotificationConstructorOptions {
  const actions =
    buttons.length === 0 ? {} : { actions: buttons.map(({ text }) => ({ type: 'button' as const, text })) };
  // What is finished can wait, and makes no sound.
  const silent = kind === 'finished';
  switch (platform) {
    case 'darwin':
      return { id, groupId: kind, title, body, silent, ...actions };
    case 'win32':
      return { id, groupId: kind, title, body, silent, ...actions, icon: imagePath(appImage) };
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
