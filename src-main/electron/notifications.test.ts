import { beforeEach, describe, expect, it, vi } from 'vitest';
import { desktopOnly } from '#shared/domain/notifier.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { ScreenState } from '#shared/domain/status.ts';
import { recordedDesktop } from './fixtures/recorded-desktop.ts';
import { recordedSurroundings, type RecordedNotification } from './fixtures/recorded-surroundings.ts';
import { sampleSession } from './fixtures/sample-session.ts';

const { electron, record } = recordedSurroundings();
vi.doMock('electron', () => electron);
const { keepNotifying, optionsFor } = await import('./notifications.ts');

const linux = { platform: 'linux', now: () => Date.now() } as const;
const settled = 1000;

beforeEach(() => {
  record.notifications.length = 0;
  record.notificationsSupported = true;
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const all = (state: ScreenState, ...ids: string[]): SessionView[] =>
  ids.map((id) => sampleSession(id, state, { since: Date.now() }));
const first = (): RecordedNotification => {
  const [one] = record.notifications;
  if (one === undefined) throw new Error('Nothing was told');
  return one;
};

describe('a session that waits', () => {
  it('is not told here when its project or its priority goes elsewhere, nor when it is muted', () => {
    const { desktop, be } = recordedDesktop();
    const ids = ['muted', 'elsewhere', 'here'];
    be({ sessions: all('working', ...ids) });
    const telling = keepNotifying(desktop, linux);
    be({ notifiers: { ...desktopOnly, projects: { far: { urgent: ['team'] } } } });
    const [muted, elsewhere, here] = all('asks-you', ...ids);
    if (muted === undefined || elsewhere === undefined || here === undefined) throw new Error('There are three');
    be({ sessions: [{ ...muted, muted: { until: null } }, { ...elsewhere, project: 'far' }, here] });
    vi.advanceTimersByTime(settled);
    telling.close();
    expect(record.notifications.map(({ options }) => options.title)).toEqual(['here asks you']);
  });

  it('is told, and a click leads to it', () => {
    const { desktop, be, asked } = recordedDesktop();
    be({ sessions: all('working', 'a') });
    const telling = keepNotifying(desktop, linux);
    be({ sessions: all('asks-you', 'a') });
    vi.advanceTimersByTime(settled);
    first().emit('click');
    telling.close();
    expect([record.notifications.length, first().options.title, first().isShown, first().isClosed, asked]).toEqual([
      1,
      'a asks you',
      true,
      true,
      ['show a'],
    ]);
  });

  it('is taken back when it was answered', () => {
    const { desktop, be } = recordedDesktop();
    be({ sessions: all('working', 'a') });
    const telling = keepNotifying(desktop, linux);
    be({ sessions: all('asks-you', 'a') });
    vi.advanceTimersByTime(settled);
    const before = first().isClosed;
    be({ sessions: all('working', 'a') });
    expect([before, first().isClosed]).toEqual([false, true]);
    telling.close();
  });

  it('is not told to who sees it, and taken back when it comes in sight', () => {
    const { desktop, be } = recordedDesktop();
    be({ sessions: all('working', 'a', 'b'), inSight: 'a' });
    const telling = keepNotifying(desktop, linux);
    be({ sessions: all('asks-you', 'a', 'b') });
    vi.advanceTimersByTime(settled);
    be({ inSight: 'b' });
    expect(record.notifications.map(({ options, isClosed }) => [options.title, isClosed])).toEqual([
      ['b asks you', true],
    ]);
    telling.close();
  });

  it('is one of many in a bundle, and a click leads to the longest waiting one', () => {
    const { desktop, be, asked } = recordedDesktop();
    be({ sessions: all('working', 'a', 'b', 'c') });
    const telling = keepNotifying(desktop, linux);
    be({ sessions: all('asks-you', 'a', 'b', 'c') });
    vi.advanceTimersByTime(settled);
    first().emit('click');
    telling.close();
    expect([record.notifications.length, first().options.title, asked]).toEqual([
      1,
      '3 agents are waiting',
      ['focus', 'command next-attention'],
    ]);
  });
});

it('leads from many broken ones to the queue', () => {
  const { desktop, be, asked } = recordedDesktop();
  be({ sessions: all('working', 'a', 'b', 'c') });
  const telling = keepNotifying(desktop, linux);
  be({ sessions: all('crashed', 'a', 'b', 'c') });
  vi.advanceTimersByTime(settled);
  first().emit('click');
  telling.close();
  expect(asked).toEqual(['focus', 'command home']);
});

describe('what goes wrong', () => {
  it('is said once where there are no notifications, and nothing else happens', () => {
    record.notificationsSupported = false;
    const { desktop, be, logged, listening } = recordedDesktop();
    const telling = keepNotifying(desktop, linux);
    be({ sessions: all('working', 'a') });
    be({ sessions: all('asks-you', 'a') });
    vi.advanceTimersByTime(settled);
    telling.close();
    expect([logged, record.notifications, listening()]).toEqual([['warn notifications.unsupported'], [], 0]);
  });

  it('is said once when the system refuses them', () => {
    const { desktop, be, logged } = recordedDesktop();
    be({ sessions: all('working', 'a', 'b') });
    const telling = keepNotifying(desktop, linux);
    be({ sessions: all('asks-you', 'a', 'b') });
    vi.advanceTimersByTime(settled);
    for (const one of record.notifications) one.emit('failed', {}, 'not allowed');
    telling.close();
    expect([record.notifications.length, logged]).toEqual([2, ['warn notifications.failed']]);
  });
});

it('ends with everything that it started', () => {
  const { desktop, be, listening } = recordedDesktop();
  be({ sessions: all('working', 'a', 'b') });
  const telling = keepNotifying(desktop, linux);
  be({ sessions: [...all('asks-you', 'a'), ...all('working', 'b')] });
  vi.advanceTimersByTime(settled);
  be({ sessions: all('asks-you', 'a', 'b') });
  telling.close();
  vi.advanceTimersByTime(60_000);
  expect([record.notifications.map(({ isClosed }) => isClosed), listening(), vi.getTimerCount()]).toEqual([
    [true],
    0,
    0,
  ]);
});

describe('options', () => {
  const notice = {
    id: 'waiting-1',
    kind: 'waiting',
    title: 'a & <b>b</b> asks',
    body: '<img src=x> &#x202e; &lt;',
  } as const;

  it('have no buttons where nothing may be answered, never replies, and are in words that the system has', () => {
    const of = (platform: NodeJS.Platform) => Object.keys(optionsFor(notice, platform)).toSorted();
    expect([of('darwin'), of('win32'), of('linux')]).toEqual([
      ['body', 'groupId', 'id', 'silent', 'title'],
      ['body', 'groupId', 'icon', 'id', 'silent', 'title'],
      ['body', 'icon', 'silent', 'title', 'urgency'],
    ]);
  });

  it('hold nothing on Linux that its desktops read as markup', () => {
    const { title, body } = optionsFor(notice, 'linux');
    expect([title, body]).toEqual(['a & ‹b›b‹/b› asks', '‹img src=x› ＆#x202e; ＆lt;']);
  });

  it.each([
    ['waiting', false, 'normal'],
    ['broken', false, 'normal'],
    ['finished', true, 'low'],
  ] as const)('of %s make a sound unless nothing waits for it', (kind, silent, urgency) => {
    expect(optionsFor({ ...notice, kind }, 'linux')).toMatchObject({ silent, urgency });
  });
});
