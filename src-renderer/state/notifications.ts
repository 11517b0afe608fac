// Whether this page may notify, and how it asks. On the desktop the app does it, and the page has nothing to ask.
import { createStore, type Readable } from '../lib/store.ts';

/** `system`: the desktop app notifies. `unavailable`: this browser has none for this address. */
export type NotificationPermissionState = 'system' | 'unasked' | 'allowed' | 'blocked' | 'unavailable';

export interface Shown {
  close(): void;
}

export interface Notifications {
  readonly permission: Readable<NotificationPermissionState>;
  /** Only from a click. Shows a sample when it was allowed. */
  ask(): Promise<void>;
  sample(): void;
  /** Null when it may not, or the browser refused. One with the same tag takes the place of the one before, without a sound. */
  show(one: { readonly title: string; readonly body: string; readonly tag: string; onClick(): void }): Shown | null;
}

export const systemNotifications: Notifications = {
  permission: createStore<NotificationPermissionState>('system'),
  ask: () => Promise.resolve(),
  sample: () => undefined,
  show: () => null,
};

/** The part of a browser's Notification that is used. */
export interface NotificationApi {
  readonly permission: string;
  requestPermission(): Promise<string>;
  new (
    title: string,
    options: { body: string; tag: string },
  ): Shown & {
    addEventListener(type: 'click', listener: () => void): void;
  };
}

export function browserNotifications({
  api,
  page,
}: {
  /** Absent where the browser has none, or none for this address. */
  readonly api: NotificationApi | undefined;
  readonly page: Pick<Window, 'addEventListener' | 'focus'>;
}): Notifications {
  const permission = createStore<NotificationPermissionState>(look());
  // Changed in the browser's own settings, which are another window.
  page.addEventListener('focus', () => permission.set(look()));
  const notifications: Notifications = {
    permission,
    async ask() {
      await api?.requestPermission();
      permission.set(look());
      if (permission.get() === 'allowed') notifications.sample();
    },
    sample() {
      notifications.show({
        title: 'rate-limit asks permission',
        body: 'This is a sample. A click on a real one opens its session.',
        tag: 'athene sample',
        onClick: () => undefined,
      });
    },
    show({ title, body, tag, onClick }) {
      if (api === undefined || permission.get() !== 'allowed') return null;
      try {
        const shown = new api(title, { body, tag });
        shown.addEventListener('click', () => {
          page.focus();
          shown.close();
          onClick();
        });
        return shown;
      } catch {
        // A browser that shows them for a service worker only, as on phones.
        permission.set('unavailable');
        return null;
      }
    },
  };
  return notifications;

  function look(): NotificationPermissionState {
    if (api === undefined) return 'unavailable';
    if (api.permission === 'granted') return 'allowed';
    return api.permission === 'denied' ? 'blocked' : 'unasked';
  }
}
