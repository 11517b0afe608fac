import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Choice } from '#shared/contract/shell-contract.ts';
import type { FeedSink } from '#shared/rpc/handlers.ts';
import { arrangementOf } from './clamp-bounds.ts';
import { display, fakeDesk } from './fixtures/fake-windows.ts';
import type { KeptWindow } from './window-state.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const one = display(0, 0, 1920, 1080);
const right = display(1920, 0, 2560, 1440, 2);
const id = (last: number): string => `01900000-0000-7000-8000-${String(900 + last).padStart(12, '0')}`;
const kept = (last: number, more: Partial<KeptWindow> = {}): KeptWindow =>
  ({ id: id(last), kind: 'main', places: [], size: 'normal', alwaysOnTop: false, layout: null, ...more }) as KeptWindow;
const popOut = (last: number, session: string): KeptWindow => kept(last, { kind: 'session', session });
const at = (x: number, y: number) => ({ x, y, width: 800, height: 600 });
const known = () => true;

const withoutId = (choice: Choice): Omit<Choice, 'id'> =>
  Object.fromEntries(Object.entries(choice).filter(([name]) => name !== 'id')) as Omit<Choice, 'id'>;

/** What the page of the window is told, as its feed tells it. */
function hear(desk: ReturnType<typeof fakeDesk>, page: number): Omit<Choice, 'id'>[] {
  const heard: Omit<Choice, 'id'>[] = [];
  const window = desk.windows.withPage(page);
  const sink = { snapshot: () => undefined, upsert: (choice: Choice) => void heard.push(withoutId(choice)) };
  window?.choices.subscribe(null, sink as unknown as FeedSink<Choice>);
  return heard;
}

describe('the windows of the last run', () => {
  it('come back, and only the one that was used last takes the focus', () => {
    const desk = fakeDesk({ state: { windows: [kept(1), popOut(2, 'api-7'), kept(3)] } });
    desk.windows.restore(known);
    // Drawn in any order.
    for (const window of [2, 0, 1]) desk.made[window]?.emit('ready-to-show');
    expect(desk.made.map(({ kind, loaded, done }) => [kind, loaded, done])).toEqual([
      ['main', ['#/'], ['showInactive']],
      ['session', ['#/session/api-7'], ['showInactive']],
      ['main', ['#/'], ['show', 'moveTop', 'moveTop', 'moveTop']],
    ]);
    expect(desk.told.opened).toBe(1);
  });

  it('are one when there were none, and pop-outs of sessions that are gone do not come back', () => {
    const desk = fakeDesk({ state: { windows: [popOut(1, 'gone-1'), popOut(2, 'api-7')] } });
    desk.windows.restore((session) => session === 'api-7');
    for (const window of desk.made) window.emit('ready-to-show');
    expect(desk.made.map(({ kind, loaded, hasFocus }) => [kind, loaded, hasFocus])).toEqual([
      ['main', ['#/'], false],
      ['session', ['#/session/api-7'], true],
    ]);
  });

  it('show what they showed, as large as they were', () => {
    const layout = {
      place: '#/settings',
      sidebar: 'rail',
      inspector: true,
      closedProjects: [],
      conversations: [],
    } as const;
    const desk = fakeDesk({
      state: {
        windows: [
          kept(1, { size: 'maximized', layout: { ...layout, closedProjects: [], conversations: [] } }),
          kept(2, { size: 'full-screen' }),
        ],
      },
    });
    desk.windows.restore(known);
    for (const window of desk.made) window.emit('ready-to-show');
    expect(desk.made.map(({ state, loaded }) => [state, loaded])).toEqual([
      ['maximized', ['#/settings']],
      ['full-screen', ['#/']],
    ]);
  });

  it('stand where they stood on these displays, and never where nobody sees them', () => {
    const places = [
      { displays: arrangementOf([one]), bounds: at(100, 100) },
      { displays: arrangementOf([one, right]), bounds: at(3000, 500) },
    ];
    const desk = fakeDesk({
      state: { windows: [kept(1, { places }), kept(2, { places: places.slice(1) })] },
      displays: [one],
    });
    desk.windows.restore(known);
    expect(desk.made.map(({ bounds }) => bounds)).toEqual([at(100, 100), at(1120, 480)]);
  });

  it('are shown after some seconds, drawn or not', () => {
    const desk = fakeDesk();
    desk.windows.restore(known);
    vi.advanceTimersByTime(4_000);
    expect(desk.made[0]?.isShown).toBe(false);
    vi.advanceTimersByTime(2_000);
    expect(desk.made[0]?.done).toEqual(['show']);
    desk.made[0]?.emit('ready-to-show');
    expect(desk.made[0]?.done).toEqual(['show']);
  });

  it('say where a list lies that could not be read', () => {
    const desk = fakeDesk({ putAside: '/home/x/desktop/windows.json.corrupt-1970' });
    desk.windows.restore(known);
    expect(hear(desk, 1)).toEqual([
      { kind: 'tell', text: 'The list of windows could not be read. It is kept as windows.json.corrupt-1970.' },
    ]);
  });
});

describe('what is kept of windows', () => {
  it('is written once they stand still, the last used one last, and not again when nothing changed', () => {
    const desk = fakeDesk();
    desk.windows.restore(known);
    desk.windows.open();
    for (const window of desk.made) window.emit('ready-to-show');
    for (let moves = 0; moves < 100; moves += 1) {
      desk.made[0]?.setBounds(at(moves, 0));
      vi.advanceTimersByTime(20);
    }
    desk.focus(desk.made[0] ?? null);
    expect(desk.saved).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(desk.saved.map(({ windows }) => windows.map(({ places }) => places[0]?.bounds.x))).toEqual([[352, 99]]);
    desk.made[0]?.emit('move');
    vi.advanceTimersByTime(1_000);
    expect(desk.saved).toHaveLength(1);
  });

  it('stays as it was when the app goes, whatever closes then', () => {
    const desk = fakeDesk();
    desk.windows.restore(known);
    desk.windows.popOut('api-7');
    for (const window of desk.made) window.emit('ready-to-show');
    desk.windows.freeze();
    for (const window of desk.made) window.close();
    vi.advanceTimersByTime(1_000);
    expect(desk.saved.map(({ windows }) => windows.map(({ kind }) => kind))).toEqual([['main', 'session']]);
    expect(desk.told.explained).toBe(0);
  });

  it('is no place to which the system moved a window while a display went', () => {
    const state = {
      windows: [kept(1, { places: [{ displays: arrangementOf([one, right]), bounds: at(3000, 500) }] })],
    };
    const desk = fakeDesk({ state, displays: [one, right] });
    desk.windows.restore(known);
    desk.made[0]?.emit('ready-to-show');
    desk.screen.displays = [one];
    desk.made[0]?.setBounds(at(1900, 500));
    vi.advanceTimersByTime(1_000);
    desk.windows.displaysChanged();
    vi.advanceTimersByTime(1_000);
    expect(desk.made[0]?.bounds).toEqual(at(1120, 480));
    desk.made[0]?.setBounds(at(5, 5));
    vi.advanceTimersByTime(1_000);

    desk.screen.displays = [one, right];
    desk.windows.displaysChanged();
    vi.advanceTimersByTime(1_000);
    expect(desk.made[0]?.bounds).toEqual(at(3000, 500));
    desk.screen.displays = [one];
    desk.windows.displaysChanged();
    vi.advanceTimersByTime(1_000);
    expect(desk.made[0]?.bounds).toEqual(at(5, 5));
  });
});

describe('opening', () => {
  it('puts each new window beside the one that was used last', () => {
    const desk = fakeDesk();
    desk.windows.restore(known);
    for (let count = 0; count < 3; count += 1) desk.windows.open();
    expect(desk.made.map(({ bounds: { x, y } }) => [x, y])).toEqual([
      [320, 130],
      [352, 162],
      [384, 194],
      [416, 226],
    ]);
  });

  it('gives a session one window, however often it is asked for', () => {
    const desk = fakeDesk();
    desk.windows.restore(known);
    desk.windows.popOut('api-7');
    for (const window of desk.made) window.emit('ready-to-show');
    desk.focus(desk.made[0] ?? null);
    desk.windows.popOut('api-7');
    desk.windows.show('api-7');
    expect(desk.made).toHaveLength(2);
    expect(desk.made[1]?.hasFocus).toBe(true);
    expect(hear(desk, 2)).toEqual([]);
  });

  it('ends somewhere', () => {
    const desk = fakeDesk();
    desk.windows.restore(known);
    for (let count = 0; count < 200; count += 1) desk.windows.open();
    for (let count = 0; count < 200; count += 1) desk.windows.popOut(`api-${count}`);
    expect(desk.made).toHaveLength(60);
  });

  it('takes the place of the main window that was closed last, and says once ever what goes on', () => {
    const desk = fakeDesk();
    desk.windows.restore(known);
    desk.made[0]?.emit('ready-to-show');
    desk.windows
      .withPage(1)
      ?.setLayout({ place: '#/settings', sidebar: 'open', inspector: false, closedProjects: [], conversations: [] });
    desk.made[0]?.setBounds(at(7, 8));
    desk.made[0]?.close();
    expect([desk.windows.views, desk.told.explained]).toEqual([[], 1]);
    desk.windows.focus();
    expect([desk.made[1]?.bounds, desk.made[1]?.loaded]).toEqual([at(7, 8), ['#/settings']]);
    desk.made[1]?.close();
    expect(desk.told.explained).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(desk.saved.at(-1)).toMatchObject({ windows: [], toldOfClosing: true, closed: { kind: 'main' } });
  });
});

describe('what a person chooses outside of the windows', () => {
  it('is done where they look: in the focused window, else in the one used last, brought forward', () => {
    const desk = fakeDesk();
    desk.windows.restore(known);
    desk.windows.open();
    for (const window of desk.made) window.emit('ready-to-show');
    desk.focus(desk.made[0] ?? null);
    desk.windows.command('settings');
    desk.focus(null);
    if (desk.made[0] !== undefined) desk.made[0].state = 'minimized';
    desk.windows.command('home');
    expect(hear(desk, 1)).toEqual([
      { kind: 'command', command: 'settings' },
      { kind: 'command', command: 'home' },
    ]);
    expect([desk.made[0]?.hasFocus, desk.made[0]?.state]).toEqual([true, 'normal']);
    expect(hear(desk, 2)).toEqual([]);
  });

  it('opens a window where that makes sense', () => {
    const desk = fakeDesk();
    for (const command of ['close-window', 'copy', 'toggle-sidebar', 'pop-out', 'font-larger'] as const)
      desk.windows.command(command);
    expect(desk.made).toHaveLength(0);
    desk.windows.command('new-session');
    expect(hear(desk, 1)).toEqual([{ kind: 'command', command: 'new-session' }]);
    desk.made[0]?.close();
    desk.windows.command('new-window');
    expect([desk.made.length, hear(desk, 2)]).toEqual([2, []]);
  });

  it('shows a session in its own window, else in a main one, which a pop-out is not', () => {
    const desk = fakeDesk();
    desk.windows.restore(known);
    desk.windows.popOut('api-7');
    for (const window of desk.made) window.emit('ready-to-show');
    desk.windows.show('web-1');
    desk.windows.runInMain('new-session');
    expect(hear(desk, 1)).toEqual([
      { kind: 'show', session: 'web-1' },
      { kind: 'command', command: 'new-session' },
    ]);
    expect(desk.made[0]?.hasFocus).toBe(true);
    desk.windows.bringBack('api-7');
    expect(hear(desk, 1)).toEqual([]);
    expect([desk.made[1]?.isGone, desk.windows.views.length]).toEqual([true, 1]);
  });
});

describe('what is in sight', () => {
  it('is what a shown and focused window says that it shows, until its page dies', () => {
    const desk = fakeDesk();
    desk.windows.restore(known);
    const changes = vi.fn<() => void>();
    desk.windows.onChange(changes);
    const window = desk.windows.withPage(1);
    window?.setShown('api-7');
    const seen = () => [desk.windows.isInSight('api-7'), desk.windows.isInSight('api-8')];
    expect(seen()).toEqual([false, false]);
    desk.made[0]?.emit('ready-to-show');
    expect([seen(), changes.mock.calls.length > 0]).toEqual([[true, false], true]);
    desk.focus(null);
    expect(seen()).toEqual([false, false]);
    desk.focus(desk.made[0] ?? null);
    if (desk.made[0] !== undefined) desk.made[0].state = 'minimized';
    expect(seen()).toEqual([false, false]);
    if (desk.made[0] !== undefined) desk.made[0].state = 'normal';
    expect(seen()).toEqual([true, false]);
    desk.made[0]?.webContents.forcefullyCrashRenderer();
    vi.runOnlyPendingTimers();
    expect(seen()).toEqual([false, false]);
    expect([window?.takeRestored(), window?.takeRestored()]).toEqual([true, false]);
  });
});
