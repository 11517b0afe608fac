import { afterEach, expect, it, vi } from 'vitest';
import type { Choice } from '#shared/contract/shell-contract.ts';
import { browserWindows, type BrowserPage } from './browser-windows.ts';
import { ownWindowOf } from './windows.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A page of one browser: pages share its locks and hear of one another. */
function openPage(address: string, opener: object | null = null, opens: object | null = null) {
  const channel = new BroadcastChannel('athene.windows');
  ends.push(() => channel.close());
  const page = Object.assign(new EventTarget(), {
    location: new URL(address),
    opener,
    navigator,
    close: vi.fn<() => void>(),
    open: vi.fn<(address: string, target: string, features?: string) => object | null>(() => opens),
  });
  const told: string[] = [];
  const windows = browserWindows({ page: page as unknown as BrowserPage, channel, tell: (text) => told.push(text) });
  const choices: Choice[] = [];
  windows.onChoice((choice) => choices.push(choice));
  return { page, windows, told, choices };
}

const main = 'http://127.0.0.1:4000/#/';
const popOut = (session: string): string => `http://127.0.0.1:4000/?window=session#/session/${session}`;
it('knows from its address what it is, and believes nothing strange', () => {
  const kinds = [
    main,
    popOut('api-7'),
    popOut('%2e%2e'),
    popOut(''),
    'http://127.0.0.1:4000/?window=other#/session/a-1',
  ];
  expect(kinds.map((address) => openPage(address).windows.self.get().kind)).toEqual([
    'main',
    'session',
    'main',
    'main',
    'main',
  ]);
});

it('hears of sessions in windows of their own, and of the end of those', async () => {
  const { windows } = openPage(main);
  const isElsewhere = (session: string): boolean =>
    ownWindowOf(session, windows.all.get(), windows.self.get()) !== null;
  const own = openPage(popOut('api-21'));
  await expect.poll(() => isElsewhere('api-21')).toBe(true);
  const later = openPage(main).windows;
  await expect.poll(() => ownWindowOf('api-21', later.all.get(), later.self.get())).not.toBeNull();
  own.page.dispatchEvent(new Event('pagehide'));
  await expect.poll(() => isElsewhere('api-21')).toBe(false);
});

it('pops out by a name that is found again, and says when the browser refuses', () => {
  const own = { focus: vi.fn<() => void>() };
  const allowed = openPage(main, null, own);
  allowed.windows.popOut('api-22');
  expect(allowed.page.open).toHaveBeenCalledWith(
    './?window=session#/session/api-22',
    'athene.window api-22',
    expect.stringContaining('popup'),
  );
  const refused = openPage(main);
  refused.windows.popOut('api-22');
  expect([own.focus.mock.calls.length, allowed.told, refused.told]).toEqual([
    1,
    [],
    [expect.stringContaining('blocked the window')],
  ]);
});

it('brings a session back from either side', async () => {
  const { windows } = openPage(main);
  const opener = {
    closed: false,
    postMessage: vi.fn<(choice: Choice, origin: string) => void>(),
    focus: vi.fn<() => void>(),
  };
  const own = openPage(popOut('api-23'), opener);
  const other = openPage(popOut('api-24'), opener);
  windows.bringBack('api-23');
  await expect.poll(() => own.page.close).toHaveBeenCalledTimes(1);
  other.windows.bringBack('api-24');
  expect([
    opener.postMessage.mock.calls[0],
    opener.focus.mock.calls.length,
    other.page.close.mock.calls.length,
  ]).toEqual([[expect.objectContaining({ kind: 'show', session: 'api-24' }), 'http://127.0.0.1:4000'], 1, 1]);
});

it('takes choices of its own origin only, and only whole ones', () => {
  const { page, choices } = openPage(main);
  const say = (origin: string, data: unknown): void =>
    void page.dispatchEvent(Object.assign(new Event('message'), { origin, data }));
  const choice = { id: '01234567-89ab-7fff-bfff-ffffffffffff', kind: 'command', command: 'settings' };
  say('https://elsewhere.example', choice);
  say('http://127.0.0.1:4000', { ...choice, command: 'format-disk' });
  say('http://127.0.0.1:4000', { athene: 'port', kind: 'host' });
  say('http://127.0.0.1:4000', choice);
  expect(choices).toEqual([choice]);
});

it('says why it can not stay on top, and closes only what a page opened', () => {
  const tab = openPage(main);
  tab.windows.setAlwaysOnTop(true);
  const own = openPage(popOut('api-25'));
  expect([tab.windows.close(), tab.told, own.windows.close(), own.page.close.mock.calls.length]).toEqual([
    false,
    [tab.windows.neverOnTop],
    true,
    1,
  ]);
});
