// The menu's side of the key contract: one table, one router, and nothing that a terminal would miss.
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { keyMap, type Chord, type Platform } from '#shared/domain/key-map.ts';
import { acceleratorOf } from './accelerator.ts';
import { sampleSession } from './fixtures/sample-session.ts';
import { toTemplate } from './menu-entry.ts';
import { applicationMenu, type MenuAct, type MenuFacts } from './menu-template.ts';

const platforms = ['linux', 'win32', 'darwin'] as const;
const own: MenuFacts['windows'] = [
  { id: '0', kind: 'main', alwaysOnTop: false },
  { id: '1', kind: 'main', alwaysOnTop: true },
  { id: '2', kind: 'session', session: 's1', alwaysOnTop: true },
  { id: '3', kind: 'session', session: 'gone', alwaysOnTop: false },
];
const sessions = [sampleSession('s1', 'asks-you', { name: 'rate & limit' })];

function menuOf(platform: NodeJS.Platform): {
  items: (MenuItemConstructorOptions & { readonly menu: string })[];
  acts: MenuAct[];
} {
  const acts: MenuAct[] = [];
  const entries = applicationMenu({ platform, windows: own, sessions });
  const template = toTemplate(entries, { platform, act: (what) => acts.push(what) });
  return { items: template.flatMap((item) => walk(item, item.label ?? '')), acts };
}

function walk(item: MenuItemConstructorOptions, menu: string): (MenuItemConstructorOptions & { menu: string })[] {
  const below = Array.isArray(item.submenu) ? item.submenu.flatMap((one) => walk(one, menu)) : [];
  return [{ ...item, menu }, ...below];
}

const click = ({ click }: MenuItemConstructorOptions): void => (click as unknown as (() => void) | undefined)?.();

const tableOf = (platform: Platform): Set<string> =>
  new Set(keyMap.flatMap((binding) => binding[platform].map((chord) => acceleratorOf(chord, platform))));

describe('the key contract', () => {
  it.each(['linux', 'win32'] as const)('on %s no item takes a key, and no role brings one', (platform) => {
    const leaves = menuOf(platform).items.filter(({ type, submenu }) => type !== 'separator' && submenu === undefined);
    expect(leaves.length).toBeGreaterThan(keyMap.length);
    expect(
      leaves.filter(({ registerAccelerator, role }) => registerAccelerator !== false || role !== undefined),
    ).toEqual([]);
    // Also no menu: a role there may bring items of its own.
    expect(menuOf(platform).items.filter(({ role }) => role !== undefined)).toEqual([]);
  });

  it('on macOS every key has Command, and every role is one that macOS does with such a key or none', () => {
    const { items } = menuOf('darwin');
    expect(
      items.flatMap(({ accelerator }) => accelerator ?? []).filter((keys) => !keys.split('+').includes('Command')),
    ).toEqual([]);
    // Their keys: Command with H, Q, Z, X, C, V, A, M; Alt+Command+H; Control+Command+F.
    expect(new Set(items.flatMap(({ role }) => role ?? []))).toEqual(
      new Set([
        ...[
          'about',
          'services',
          'hide',
          'hideOthers',
          'unhide',
          'quit',
          'undo',
          'redo',
          'cut',
          'copy',
          'paste',
          'selectAll',
        ],
        ...['minimize', 'zoom', 'front', 'togglefullscreen', 'help'],
      ]),
    );
  });

  it.each(platforms)('every key that is shown on %s stands in the key table, once', (platform) => {
    const shown = menuOf(platform).items.flatMap(({ accelerator }) => accelerator ?? []);
    const table = tableOf(platform === 'darwin' ? 'mac' : 'other');
    expect([shown.filter((keys) => !table.has(keys)), new Set(shown).size]).toEqual([[], shown.length]);
  });

  it.each(platforms)(
    'every command of the table is in the menu of %s, with its first key, and leaves it to the page',
    (platform) => {
      const { items, acts } = menuOf(platform);
      const system = platform === 'darwin' ? 'mac' : 'other';
      const wanted = keyMap
        // The system copies what is selected, wherever the focus is.
        .filter(({ command }) => platform !== 'darwin' || command !== 'copy')
        .map(({ command, [system]: [chord] }) => [
          command,
          chord === undefined ? undefined : acceleratorOf(chord, system),
        ]);
      const found = items.flatMap((item) => {
        const before = acts.length;
        click(item);
        const [act] = acts.slice(before);
        return act?.kind === 'command' && item.menu !== 'Help' ? [[act.command, item.accelerator]] : [];
      });
      expect(new Map(found as [string, string][])).toEqual(new Map(wanted as [string, string][]));
      expect(found.length).toBe(wanted.length);
    },
  );

  it.each(platforms)('no letter of a label on %s is opened with Alt', (platform) => {
    const labels = menuOf(platform).items.flatMap(({ label }) => label ?? []);
    expect(labels.filter((label) => label.replaceAll('&&', '').includes('&'))).toEqual([]);
    expect(labels).toContain('rate && limit · Asks you');
  });
});

describe('chords in Electron’s words', () => {
  it.each<[Chord, Platform, string]>([
    [{ meta: true, key: 'n' }, 'mac', 'Command+N'],
    [{ meta: true, alt: true, key: 'ArrowDown' }, 'mac', 'Command+Alt+Down'],
    [{ meta: true, shift: true, key: 'a' }, 'mac', 'Command+Shift+A'],
    [{ meta: true, key: '+' }, 'mac', 'Command+Plus'],
    [{ ctrl: true, shift: true, key: 'PageDown' }, 'other', 'Ctrl+Shift+PageDown'],
    [{ ctrl: true, key: ',' }, 'other', 'Ctrl+,'],
    [{ ctrl: true, key: '=' }, 'other', 'Ctrl+='],
    [{ ctrl: true, key: '-' }, 'other', 'Ctrl+-'],
  ])('%j on %s is %s', (chord, platform, text) => {
    expect(acceleratorOf(chord, platform)).toBe(text);
  });

  it('are words that Electron knows', () => {
    const known = /^((Command|Control|Ctrl|Alt|Shift)\+)+([A-Z0-9,.=\-[\]]|Plus|Up|Down|Left|Right|PageUp|PageDown)$/;
    expect([...tableOf('mac'), ...tableOf('other')].filter((keys) => !known.test(keys))).toEqual([]);
  });
});

describe('the menus', () => {
  it.each([
    ['linux', ['File', 'Edit', 'View', 'Go', 'Session', 'Window', 'Help']],
    ['win32', ['File', 'Edit', 'View', 'Go', 'Session', 'Window', 'Help']],
    ['darwin', ['Athene', 'File', 'Edit', 'View', 'Go', 'Session', 'Window', 'Help']],
  ] as const)('of %s', (platform, names) => {
    expect(
      applicationMenu({ platform, windows: [], sessions: [] }).map((menu) => 'label' in menu && menu.label),
    ).toEqual(names);
  });

  it.each(platforms)('list the windows on %s by what they show, and bring them forward', (platform) => {
    const { items, acts } = menuOf(platform);
    const labels = items.flatMap((item) => {
      const before = acts.length;
      click(item);
      return acts[before]?.kind === 'window' ? [item.label] : [];
    });
    expect([labels, acts.filter(({ kind }) => kind === 'window')]).toEqual([
      ['Athene 1', 'Athene 2', 'rate && limit · Asks you', 'gone'],
      own.map(({ id }) => ({ kind: 'window', id })),
    ]);
  });

  it('quit, minimise and edit by themselves where macOS does not do it', () => {
    const { items, acts } = menuOf('linux');
    for (const item of items) click(item);
    expect(acts.filter(({ kind }) => kind !== 'command' && kind !== 'window')).toEqual([
      { kind: 'quit' },
      ...['undo', 'redo', 'cut', 'paste', 'selectAll'].map((edit) => ({ kind: 'edit', edit })),
      { kind: 'full-screen' },
      { kind: 'minimize' },
      { kind: 'about' },
    ]);
  });
});
