import { describe, expect, it, vi } from 'vitest';
import { shellContract, type Choice } from '#shared/contract/shell-contract.ts';
import type { WindowLayout } from '#shared/domain/window.ts';
import { connect } from '#shared/rpc/connect.ts';
import { memoryTransportPair } from '#shared/rpc/memory-transport.ts';
import { serve } from '#shared/rpc/serve.ts';
import { keepConnected } from '../connection/kept-connection.ts';
import { askSelf } from '../connection/shell-client.ts';
import { fakeShell, type FakeShellOptions } from '../dev/fake-shell.ts';
import { createStore } from '../lib/store.ts';
import { uuidv7 } from '../lib/uuid.ts';
import { desktopOf } from './desktop.ts';
import { desktopWindows } from './desktop-windows.ts';
import { arranged, keepLayout, layoutOf, rememberedLayout } from './layout.ts';
import { tellSight } from './tell-sight.ts';
import { createView } from './view.ts';
import { ownWindowOf } from './windows.ts';

async function setUp(options: Partial<FakeShellOptions> = {}) {
  const app = fakeShell({ session: null, ...options });
  const ends: (() => void)[] = [];
  const shell = keepConnected(() => {
    const [mine, theirs] = memoryTransportPair();
    serve(shellContract, app.handlers, theirs, null);
    ends.push(() => theirs.close('cut'));
    return connect(shellContract, mine);
  });
  const told: string[] = [];
  const self = await askSelf(shell);
  const page = { close: vi.fn<() => void>() };
  const windows = desktopWindows({ shell, self: self.window, tell: (text) => told.push(text), page });
  const asked = (name: string) => app.asked.filter((one) => one.name === name).map(({ input }) => input);
  return { app, shell, windows, told, asked, page, cut: () => ends.at(-1)?.() };
}

describe('the windows of the desktop app', () => {
  it('knows itself and the others, and hears of changes', async () => {
    const { windows, shell } = await setUp({ session: 'api-7', popped: ['web-1'] });
    await expect.poll(() => windows.all.get()).toHaveLength(3);
    windows.setAlwaysOnTop(true);
    await expect.poll(() => windows.self.get().alwaysOnTop).toBe(true);
    const own = (session: string) => ownWindowOf(session, windows.all.get(), windows.self.get()) !== null;
    expect([windows.self.get().kind, own('web-1'), own('api-7'), own('x-1')]).toEqual(['session', true, false, false]);
    shell.close();
  });

  it('asks for what is wanted of a window', async () => {
    const { windows, asked, page, shell } = await setUp();
    windows.open();
    windows.popOut('api-7');
    windows.bringBack('api-7');
    windows.runInMain('next-attention');
    windows.close();
    await expect.poll(() => asked('window.runInMain')).toEqual([{ command: 'next-attention' }]);
    expect([asked('window.open'), asked('window.popOut'), asked('window.bringBack')]).toEqual([
      [{}],
      [{ session: 'api-7' }],
      [{ session: 'api-7' }],
    ]);
    expect(page.close).toHaveBeenCalledTimes(1);
    shell.close();
  });

  it('says what could not be done', async () => {
    const { windows, told, shell, cut } = await setUp();
    cut();
    await expect.poll(() => shell.state.get().kind).toBe('reconnecting');
    windows.popOut('api-7');
    await expect.poll(() => told).toEqual([expect.stringContaining('not connected')]);
    shell.close();
  });

  it('does a choice once, whatever the connection does', async () => {
    const { app, windows, shell, cut } = await setUp();
    const done: Choice[] = [];
    windows.onChoice((choice) => done.push(choice));
    await expect.poll(() => windows.all.get()).toHaveLength(1);
    const first: Choice = { id: uuidv7(), kind: 'command', command: 'settings' };
    const second: Choice = { id: uuidv7(), kind: 'show', session: 'api-7' };
    app.choose(first);
    await expect.poll(() => done).toEqual([first]);
    cut();
    await expect.poll(() => shell.state.get().kind).toBe('reconnecting');
    await expect.poll(() => shell.state.get().kind).toBe('connected');
    app.choose(second);
    await expect.poll(() => done).toEqual([first, second]);
    shell.close();
  });
});

it('tells what is in sight, and again on a new connection', async () => {
  const { shell, asked, cut } = await setUp();
  const sight = createStore<string | null>('api-7');
  tellSight(shell, sight);
  sight.set(null);
  await expect.poll(() => asked('window.setShown')).toEqual([{ session: 'api-7' }, { session: null }]);
  cut();
  await expect.poll(() => asked('window.setShown')).toHaveLength(3);
  shell.close();
});

it('opens, reveals and asks for folders through the desktop app', async () => {
  const { shell, told, asked } = await setUp({ folder: '/code/x' });
  const bridge = { platform: 'darwin', pathForFile: () => '/tmp/a' };
  const desktop = desktopOf(bridge, shell, (text) => told.push(text));
  desktop.openLink('https://example.org/');
  desktop.reveal('api-7');
  desktop.showMenu({ x: 8.4, y: -3 });
  const folder = await desktop.chooseFolder();
  expect([desktop.platform, folder, asked('link.open'), asked('worktree.reveal'), asked('window.showMenu')]).toEqual([
    'mac',
    '/code/x',
    [{ url: 'https://example.org/' }],
    [{ session: 'api-7' }],
    [{ x: 8, y: 0 }],
  ]);
  shell.close();
});

describe('the layout of a window', () => {
  const layout: WindowLayout = {
    place: '#/session/api-7',
    sidebar: 'rail',
    inspector: false,
    closedProjects: ['api'],
    conversations: [],
  };

  it('comes back as it was kept', () => {
    const view = createView(arranged(layout));
    expect(layoutOf(view.get())).toEqual(layout);
  });

  it('is saved once when it has settled, and at once when the page goes', async () => {
    vi.useFakeTimers();
    const page = new EventTarget();
    const view = createView(arranged(layout));
    const saved: WindowLayout[] = [];
    const stop = keepLayout({ view, save: (one) => saved.push(one), page });
    view.go({ kind: 'home' });
    view.go({ kind: 'settings' });
    view.toast('no part of it');
    await vi.advanceTimersByTimeAsync(1_000);
    const settled = saved.map(({ place }) => place);
    view.go({ kind: 'home' });
    page.dispatchEvent(new Event('pagehide'));
    vi.useRealTimers();
    stop();
    expect([settled, saved.map(({ place }) => place)]).toEqual([['#/settings'], ['#/settings', '#/']]);
  });

  it.each(['', 'null', '{', '{"sidebar":7}', '[]'])('starts afresh from %j in a browser', (kept) => {
    expect(rememberedLayout({ getItem: () => kept })).toEqual({});
  });
});
