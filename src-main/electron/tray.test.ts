import { beforeEach, expect, it, vi } from 'vitest';
import { recordedDesktop } from './fixtures/recorded-desktop.ts';
import { recordedSurroundings, type RecordedMenu, type RecordedTray } from './fixtures/recorded-surroundings.ts';
import { sampleSession } from './fixtures/sample-session.ts';

const { electron, record, nativeTheme } = recordedSurroundings();
vi.doMock('electron', () => electron);
const { openTray } = await import('./tray.ts');

const start = 1_800_000_000_000;
let now = start;
const on = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}) => ({ platform, env, now: () => now });

beforeEach(() => {
  now = start;
  record.trays.length = 0;
  record.trayFails = false;
  nativeTheme.shouldUseDarkColors = true;
  nativeTheme.shouldUseDarkColorsForSystemIntegratedUI = true;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setImmediate'] });
  return () => vi.useRealTimers();
});

const only = (): RecordedTray => {
  const [tray] = record.trays;
  if (tray === undefined || record.trays.length > 1) throw new Error(`There are ${record.trays.length} trays`);
  return tray;
};
const shownMenu = (): RecordedMenu => {
  const menu = only().menus.at(-1);
  if (menu === undefined) throw new Error('The tray has no menu');
  return menu;
};
const labels = (): string[] => shownMenu().template.flatMap(({ label }) => label ?? []);
const choose = (label: string): void => {
  const item = shownMenu().template.find((one) => one.label === label);
  if (item?.click === undefined) throw new Error(`Nothing to choose is called ${label}`);
  (item.click as unknown as () => void)();
};

it('changes icon, tooltip and menu with the sessions, and only then', () => {
  const { desktop, be } = recordedDesktop();
  const tray = openTray(desktop, on('linux'));
  be({ sessions: [sampleSession('a', 'working', { since: start })] });
  const working = only().image;
  be({ sessions: [sampleSession('a', 'asks-you', { since: start })] });
  be({ sessions: [sampleSession('a', 'asks-you', { since: start, lastOutputAt: start })] });
  expect([working, only().image, only().tooltips, only().menus.length]).toEqual([
    'tray-working-on-dark-22.png',
    'tray-waiting-on-dark-22.png',
    ['Athene: no agent works', 'Athene: 1 working', 'Athene: 1 waiting'],
    3,
  ]);
  tray.close();
});

it.each([
  ['linux', { XDG_CURRENT_DESKTOP: 'KDE' }, 'tray-idle-on-light-22.png'],
  ['linux', { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' }, 'tray-idle-on-dark-22.png'],
  ['win32', {}, 'tray-idle-on-dark.png'],
  ['darwin', {}, 'tray-idle-Template.png'],
] as const)('has a glyph for the panel of %s %j when apps are light and the system is dark', (platform, env, image) => {
  nativeTheme.shouldUseDarkColors = false;
  const { desktop } = recordedDesktop();
  openTray(desktop, on(platform, env)).close();
  expect(only().image).toBe(image);
});

it('follows the theme while it is open', () => {
  const { desktop } = recordedDesktop();
  const tray = openTray(desktop, on('win32'));
  nativeTheme.shouldUseDarkColorsForSystemIntegratedUI = false;
  nativeTheme.emit('updated');
  tray.close();
  expect(only().image).toBe('tray-idle-on-light.png');
});

it('says the number beside the icon on macOS', () => {
  const { desktop, be } = recordedDesktop();
  const tray = openTray(desktop, on('darwin'));
  be({ sessions: [sampleSession('a', 'asks-you'), sampleSession('b', 'asks-permission')] });
  be({ sessions: [] });
  tray.close();
  expect(only().titles).toEqual(['', '2', '']);
});

it('does what is chosen', () => {
  const { desktop, be, asked } = recordedDesktop();
  const tray = openTray(desktop, on('linux'));
  be({ sessions: [sampleSession('a', 'asks-you', { since: start, name: 'R&D' })] });
  for (const label of [
    'Asks you · R&&D · now',
    'New session…',
    'Queue',
    'Pause new spawns',
    'Mute for 1 hour',
    'Open Athene',
    'Quit…',
  ])
    choose(label);
  only().emit('click');
  tray.close();
  expect(asked).toEqual([
    'show a',
    'command new-session',
    'command home',
    'settings.set {"spawnsPaused":true}',
    `settings.set {"mutedUntil":${start + 3_600_000}}`,
    'focus',
    'quit',
    'focus',
  ]);
});

it('lets the ages grow, each minute and just before it is opened', () => {
  const { desktop, be } = recordedDesktop();
  const tray = openTray(desktop, on('darwin'));
  be({ sessions: [sampleSession('a', 'asks-you', { since: start })] });
  const seen = [labels()[1]];
  now += 60_000;
  vi.advanceTimersByTime(60_000);
  seen.push(labels()[1]);
  now += 60_000;
  only().emit('mouse-enter');
  seen.push(labels()[1]);
  tray.close();
  expect(seen).toEqual(['Asks you · a · now', 'Asks you · a · 1m', 'Asks you · a · 2m']);
});

it.each(['darwin', 'win32'] as const)(
  'leaves an open menu as it is on %s, and catches up when it closes',
  (platform) => {
    const { desktop, be } = recordedDesktop();
    const tray = openTray(desktop, on(platform));
    shownMenu().emit('menu-will-show');
    be({ sessions: [sampleSession('a', 'asks-you', { since: start })] });
    const meanwhile = [only().menus.length, only().image.includes('waiting')];
    shownMenu().emit('menu-will-close');
    vi.runAllTicks();
    vi.advanceTimersByTime(1);
    expect([meanwhile, only().menus.length, labels()[0]]).toEqual([[1, true], 2, '1 waiting · oldest now']);
    tray.close();
  },
);

it('ends with everything that it started', () => {
  const { desktop, be, listening } = recordedDesktop();
  const tray = openTray(desktop, on('darwin'));
  shownMenu().emit('menu-will-close');
  tray.close();
  vi.advanceTimersByTime(120_000);
  be({ sessions: [sampleSession('a', 'asks-you')] });
  nativeTheme.emit('updated');
  expect([
    only().isDestroyed,
    only().menus.length,
    listening(),
    nativeTheme.listenerCount('updated'),
    vi.getTimerCount(),
  ]).toEqual([true, 1, 0, 0, 0]);
});

it('is done without where the system has none', () => {
  record.trayFails = true;
  const { desktop, be, logged, listening } = recordedDesktop();
  const tray = openTray(desktop, on('linux'));
  be({ sessions: [sampleSession('a', 'asks-you')] });
  tray.close();
  expect([logged, listening()]).toEqual([['warn tray.missing'], 0]);
});
