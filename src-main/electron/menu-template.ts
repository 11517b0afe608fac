// The application menu: commands of the key table, edits, windows. One router in the page does the commands.
import { keyMap, type Chord, type CommandName } from '#shared/domain/key-map.ts';
import { plainLine } from '#shared/domain/plain-line.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { stateWords } from '#shared/domain/state-words.ts';
import type { WindowView } from '#shared/domain/window.ts';
import { acceleratorOf } from './accelerator.ts';
import type { MenuEntry, SystemRole } from './menu-entry.ts';

/** Done to the page that has the focus; on macOS the system does it. */
export type Edit = 'undo' | 'redo' | 'cut' | 'paste' | 'selectAll';

export type MenuAct =
  | { readonly kind: 'command'; readonly command: CommandName }
  | { readonly kind: 'edit'; readonly edit: Edit }
  | { readonly kind: 'window'; readonly id: string }
  | { readonly kind: 'minimize' }
  | { readonly kind: 'full-screen' }
  | { readonly kind: 'about' }
  | { readonly kind: 'quit' };

export interface MenuFacts {
  readonly platform: NodeJS.Platform;
  readonly windows: readonly WindowView[];
  readonly sessions: readonly SessionView[];
}

type Entry = MenuEntry<MenuAct>;

/** Code points. */
const longestName = 40;
const line: Entry = { kind: 'separator' };

export function applicationMenu(facts: MenuFacts): Entry[] {
  const isMac = facts.platform === 'darwin';
  const run = (command: CommandName, label?: string): Entry => commandEntry(command, isMac, label);
  const settings = run('settings', 'Settings…');
  const menus: [string, Entry[]][] = [
    [
      'File',
      [
        run('new-session', 'New session…'),
        line,
        run('close-window'),
        ...(isMac ? [] : [line, settings, line, item('Quit', { kind: 'quit' })]),
      ],
    ],
    [
      'Edit',
      isMac
        ? [...macEdits]
        : [edit('undo'), edit('redo'), line, edit('cut'), run('copy'), edit('paste'), line, edit('selectAll')],
    ],
    [
      'View',
      [
        run('toggle-sidebar'),
        run('toggle-inspector'),
        line,
        run('font-larger'),
        run('font-smaller'),
        run('font-reset'),
        line,
        run('scroll-to-bottom'),
        line,
        isMac ? role('togglefullscreen') : item('Full screen', { kind: 'full-screen' }),
      ],
    ],
    [
      'Go',
      [
        run('home'),
        run('next-attention'),
        run('back-to-origin'),
        line,
        run('next-session'),
        run('previous-session'),
        run('next-tab'),
        run('previous-tab'),
        line,
        run('back'),
        run('forward'),
        line,
        run('leave-terminal'),
      ],
    ],
    [
      'Session',
      [
        run('quick-reply'),
        run('message'),
        run('orchestrator'),
        line,
        run('pop-out'),
        run('bring-back'),
        line,
        run('pause-all'),
        run('continue-all'),
      ],
    ],
    [
      'Window',
      [
        ...(isMac ? [role('minimize'), role('zoom')] : [item('Minimize', { kind: 'minimize' })]),
        line,
        run('new-window'),
        run('always-on-top'),
        line,
        ...windowEntries(facts),
        ...(isMac ? [line, role('front')] : []),
      ],
    ],
  ];
  const help = [
    item('Settings and checks…', { kind: 'command', command: 'settings' }),
    ...(isMac ? [] : [line, item('About Athene', { kind: 'about' })]),
  ];
  return [
    ...(isMac ? [submenu('Athene', macApp(settings))] : []),
    ...menus.map(([label, entries]) => submenu(label, entries)),
    isMac ? { kind: 'submenu', label: 'Help', role: 'help', entries: help } : submenu('Help', help),
  ];
}

const role = (role: SystemRole): Entry => ({ kind: 'role', role });
const item = (label: string, does: MenuAct): Entry => ({ kind: 'item', label, does });
const submenu = (label: string, entries: readonly Entry[]): Entry => ({ kind: 'submenu', label, entries });

/** With the words and the first chord of the key table. */
function commandEntry(command: CommandName, isMac: boolean, label?: string): Entry {
  const binding = keyMap.find((one) => one.command === command);
  const chord: Chord | undefined = isMac ? binding?.mac[0] : binding?.other[0];
  return {
    kind: 'item',
    label: label ?? binding?.title ?? command,
    does: { kind: 'command', command },
    ...(chord === undefined ? {} : { accelerator: acceleratorOf(chord, isMac ? 'mac' : 'other') }),
  };
}

const editLabels: Readonly<Record<Edit, string>> = {
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  paste: 'Paste',
  selectAll: 'Select all',
};

const edit = (edit: Edit): Entry => item(editLabels[edit], { kind: 'edit', edit });

const macEdits: readonly Entry[] = [
  role('undo'),
  role('redo'),
  line,
  role('cut'),
  role('copy'),
  role('paste'),
  line,
  role('selectAll'),
];

const macApp = (settings: Entry): Entry[] => [
  role('about'),
  line,
  settings,
  line,
  role('services'),
  line,
  role('hide'),
  role('hideOthers'),
  role('unhide'),
  line,
  role('quit'),
];

/** Main windows are numbered when they are several; a session's window is called by its name and state. */
function windowEntries({ windows, sessions }: MenuFacts): Entry[] {
  const mains = windows.filter(({ kind }) => kind === 'main');
  return windows.map((window) => {
    if (window.kind === 'session') {
      const session = sessions.find(({ id }) => id === window.session);
      return item(session === undefined ? window.session : labelOf(session), { kind: 'window', id: window.id });
    }
    const number = mains.length > 1 ? ` ${mains.indexOf(window) + 1}` : '';
    return item(`Athene${number}`, { kind: 'window', id: window.id });
  });
}

const labelOf = ({ id, name, state }: SessionView): string =>
  `${plainLine(name, longestName) || id} · ${stateWords[state]}`;
