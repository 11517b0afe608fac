import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '#shared/lib/result.ts';
import { recordedDesktop } from './fixtures/recorded-desktop.ts';
import { recordedSurroundings, type RecordedNotification } from './fixtures/recorded-surroundings.ts';
import { sampleQuestion } from './fixtures/sample-question.ts';
import { sampleSession } from './fixtures/sample-session.ts';

const { electron, record, powerMonitor } = recordedSurroundings();
vi.doMock('electron', () => electron);
const { keepNotifying } = await import('./notifications.ts');
const { openTray } = await import('./tray.ts');

const question = sampleQuestion();
const mac = { platform: 'darwin', now: () => Date.now() } as const;
const sent = ok({ outcome: 'confirmed', why: null, sent: '1\r' });
const asking = () => sampleSession('rate-limit', 'asks-permission', { since: Date.now(), question });

beforeEach(() => {
  record.notifications.length = 0;
  record.trays.length = 0;
  record.isLocked = false;
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const titles = (): (string | undefined)[] => record.notifications.map(({ options }) => options.title);
const buttons = ({ options }: RecordedNotification): (string | undefined)[] =>
  (options.actions ?? []).map(({ text }) => text);

/** One that came to ask while it was watched. */
function told(platform: NodeJS.Platform = 'darwin') {
  const desk = recordedDesktop();
  desk.be({ sessions: [sampleSession('rate-limit', 'working', { since: Date.now() })], answer: sent });
  const telling = keepNotifying(desk.desktop, { ...mac, platform });
  desk.be({ sessions: [asking()] });
  vi.advanceTimersByTime(1000);
  const [first] = record.notifications;
  if (first === undefined) throw new Error('Nothing was told');
  return { ...desk, first, telling };
}

const call = (choice: number): string =>
  `session.answer ${JSON.stringify({ id: 'rate-limit', question: question.id, choice })}`;

describe('a notification of a permission', () => {
  it('answers by the id of its question', async () => {
    const { first, asked, telling } = told();
    first.emit('action', { actionIndex: 0 });
    await vi.advanceTimersByTimeAsync(0);
    telling.close();
    expect([buttons(first), asked, first.isClosed, titles()]).toEqual([
      ['Allow once', 'Deny', 'Open'],
      [call(1)],
      true,
      ['rate-limit asks permission'],
    ]);
  });

  it('leads there by Open and by a click, and approves nothing by either', () => {
    const { first, asked, telling } = told();
    first.emit('action', { actionIndex: 2 });
    telling.close();
    const other = told();
    record.notifications.at(-1)?.emit('click');
    other.telling.close();
    expect([asked, other.asked]).toEqual([['show rate-limit'], ['show rate-limit']]);
  });

  it('says so when the question is gone', async () => {
    const { be, first, telling } = told();
    be({ answer: fail({ code: 'question-outdated', what: 'It asks nothing now.' }) });
    first.emit('action', { actionIndex: 1 });
    await vi.advanceTimersByTimeAsync(0);
    telling.close();
    expect(record.notifications.at(-1)?.options).toMatchObject({
      title: 'Nothing was sent to rate-limit',
      body: 'It asks nothing now.',
    });
  });

  it('has no buttons on Linux, where the system shows none', () => {
    const { first, telling } = told('linux');
    telling.close();
    expect(buttons(first)).toEqual([]);
  });
});

describe('while the screen is locked', () => {
  it('a notification takes back what approves, and what it asks', () => {
    const { first, telling } = told();
    record.isLocked = true;
    powerMonitor.emit('lock-screen');
    const last = record.notifications.at(-1);
    telling.close();
    expect([first.isClosed, last === undefined ? [] : buttons(last), last?.options.body]).toEqual([
      true,
      ['Deny', 'Open'],
      'Unlock to see what it asks.',
    ]);
  });

  it('what was offered before approves nothing', async () => {
    const { first, asked, telling } = told();
    record.isLocked = true;
    first.emit('action', { actionIndex: 0 });
    await vi.advanceTimersByTimeAsync(0);
    telling.close();
    expect([asked, titles().at(-1)]).toEqual([[], 'Nothing was sent to rate-limit']);
  });
});

it('the tray answers, and an answer that is not confirmed leads to the session', async () => {
  const { desktop, be, asked } = recordedDesktop();
  be({
    sessions: [asking()],
    answer: ok({ outcome: 'not-confirmed', why: 'Its screen does not show it.', sent: '1' }),
  });
  const tray = openTray(desktop, { platform: 'linux', env: {}, now: () => Date.now() });
  const entry = record.trays[0]?.menus.at(-1)?.template[1];
  const items = Array.isArray(entry?.submenu) ? entry.submenu : [];
  const deny = items.find(({ label }) => label === 'Deny');
  if (deny?.click === undefined) throw new Error('There is nothing to deny with');
  (deny.click as unknown as () => void)();
  await vi.advanceTimersByTimeAsync(0);
  record.notifications.at(-1)?.emit('click');
  tray.close();
  expect([items.map(({ label }) => label), asked, titles()]).toEqual([
    ['npm run migrate', undefined, 'Allow once', 'Deny', undefined, 'Open'],
    [call(2), 'show rate-limit'],
    ['Not confirmed: rate-limit'],
  ]);
});
