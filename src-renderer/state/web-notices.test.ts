import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { desktopOnly, everythingTo } from '#shared/domain/notifier.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { defaultSettings, type Settings } from '#shared/domain/settings.ts';
import { busySessions } from '../dev/samples.ts';
import { createStore } from '../lib/store.ts';
import { browserNotifications, systemNotifications, type NotificationApi } from './notifications.ts';
import { tellNotices } from './web-notices.ts';

class FakeNotification extends EventTarget {
  static permission = 'default';
  static answer = 'granted';
  static all: FakeNotification[] = [];
  static async requestPermission(): Promise<string> {
    FakeNotification.permission = FakeNotification.answer;
    return FakeNotification.answer;
  }
  closed = false;
  readonly title: string;
  readonly options: { readonly body: string; readonly tag: string };
  constructor(title: string, options: { body: string; tag: string }) {
    super();
    this.title = title;
    this.options = options;
    FakeNotification.all.push(this);
  }
  close(): void {
    this.closed = true;
  }
}
const api: NotificationApi = FakeNotification;
const page = () => Object.assign(new EventTarget(), { focus: vi.fn<() => void>() }) as unknown as Window;

beforeEach(() => {
  vi.useFakeTimers();
  FakeNotification.all = [];
  FakeNotification.permission = 'granted';
  FakeNotification.answer = 'granted';
});
afterEach(() => void vi.useRealTimers());

const working = busySessions().find(({ state }) => state === 'working') as SessionView;
const asking = (since: number): SessionView => ({ ...working, state: 'asks-you', since });

function setUp(seen: () => readonly string[] = () => []) {
  const sessions = createStore<readonly SessionView[] | null>(null);
  const settings = createStore<Settings>(defaultSettings);
  const notifiers = createStore(desktopOnly);
  const sight = createStore<string | null>(null);
  const opened: (string | null)[] = [];
  const around = page();
  const stop = tellNotices({
    sessions,
    settings,
    notifiers,
    changes: sight,
    inSight: async () => new Set(seen()),
    notifications: browserNotifications({ api, page: around }),
    open: (session) => opened.push(session),
  });
  return { sessions, settings, notifiers, sight, opened, around, stop };
}

describe('web notifications', () => {
  it('tells nothing that goes elsewhere', async () => {
    const { sessions, notifiers, stop } = setUp();
    notifiers.set({ ...desktopOnly, routing: { ...desktopOnly.routing, ...everythingTo([]) } });
    sessions.set([working]);
    await vi.advanceTimersByTimeAsync(10);
    sessions.set([asking(Date.now())]);
    await vi.advanceTimersByTimeAsync(15_000);
    stop();
    expect(FakeNotification.all).toEqual([]);
  });

  it('tells of a session that begins to wait, and a click opens it in this window', async () => {
    const { sessions, opened, around, stop } = setUp();
    sessions.set([working]);
    await vi.advanceTimersByTimeAsync(10);
    sessions.set([asking(Date.now())]);
    await vi.advanceTimersByTimeAsync(15_000);
    const [one, ...more] = FakeNotification.all;
    one?.dispatchEvent(new Event('click'));
    stop();
    expect([one?.title.includes(working.name), one?.options.tag, more, opened, one?.closed]).toEqual([
      true,
      `athene ${working.id}`,
      [],
      [working.id],
      true,
    ]);
    expect(around.focus).toHaveBeenCalled();
  });

  it('tells nothing of what was so before, nor of what some window of the browser shows', async () => {
    const { sessions, stop } = setUp(() => [working.id]);
    sessions.set([working, { ...asking(0), id: 'api-99' }]);
    await vi.advanceTimersByTimeAsync(5_000);
    sessions.set([asking(Date.now()), { ...asking(0), id: 'api-99' }]);
    await vi.advanceTimersByTimeAsync(15_000);
    stop();
    expect(FakeNotification.all).toEqual([]);
  });

  it('takes back what was seen to', async () => {
    const { sessions, stop } = setUp();
    sessions.set([working]);
    await vi.advanceTimersByTimeAsync(10);
    sessions.set([asking(Date.now())]);
    await vi.advanceTimersByTimeAsync(15_000);
    sessions.set([working]);
    await vi.advanceTimersByTimeAsync(30_000);
    stop();
    expect(FakeNotification.all.map(({ closed }) => closed)).toEqual([true]);
  });
});

describe('the permission to notify', () => {
  it.each([
    ['default', 'unasked'],
    ['granted', 'allowed'],
    ['denied', 'blocked'],
  ])('%s is %s', (permission, state) => {
    FakeNotification.permission = permission;
    expect(browserNotifications({ api, page: page() }).permission.get()).toBe(state);
  });

  it('is unavailable where the browser has none, and no question on the desktop', () => {
    const without = browserNotifications({ api: undefined, page: page() });
    expect([without.permission.get(), systemNotifications.permission.get()]).toEqual(['unavailable', 'system']);
  });

  it('is asked only on demand, and shows a sample when it was given', async () => {
    FakeNotification.permission = 'default';
    const notifications = browserNotifications({ api, page: page() });
    const before = FakeNotification.all.length;
    await notifications.ask();
    expect([before, notifications.permission.get(), FakeNotification.all.map(({ options }) => options.tag)]).toEqual([
      0,
      'allowed',
      ['athene sample'],
    ]);
  });

  it('shows nothing when it was refused, and hears of a change in the browser’s settings', async () => {
    FakeNotification.permission = 'default';
    FakeNotification.answer = 'denied';
    const around = page();
    const notifications = browserNotifications({ api, page: around });
    await notifications.ask();
    notifications.sample();
    const refused = [notifications.permission.get(), FakeNotification.all.length];
    FakeNotification.permission = 'granted';
    around.dispatchEvent(new Event('focus'));
    expect([refused, notifications.permission.get()]).toEqual([['blocked', 0], 'allowed']);
  });

  it('is unavailable where only a service worker may', () => {
    class Refusing extends FakeNotification {
      constructor() {
        super('', { body: '', tag: '' });
        throw new TypeError('Illegal constructor. Use ServiceWorkerRegistration.showNotification() instead.');
      }
    }
    const notifications = browserNotifications({ api: Refusing, page: page() });
    notifications.sample();
    expect(notifications.permission.get()).toBe('unavailable');
  });
});
