// What a menu shows, as values: they can be compared and tested, and become Electron's menu only when it is shown.
import type { MenuItemConstructorOptions } from 'electron';
import { assertNever } from '#shared/lib/assert-never.ts';

/** `Act` says what a click does. Labels are plain text. */
export type MenuEntry<Act> =
  | { readonly kind: 'separator' }
  | { readonly kind: 'heading'; readonly label: string }
  | { readonly kind: 'item'; readonly label: string; readonly does: Act; readonly accelerator?: string }
  | { readonly kind: 'role'; readonly role: SystemRole; readonly label?: string }
  | {
      readonly kind: 'submenu';
      readonly label: string;
      readonly role?: 'help';
      readonly entries: readonly MenuEntry<Act>[];
    };

/** Items that macOS does by itself, with its own keys. No other system gets one: there they would take keys from terminals. */
export type SystemRole =
  | 'about'
  | 'services'
  | 'hide'
  | 'hideOthers'
  | 'unhide'
  | 'quit'
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'selectAll'
  | 'minimize'
  | 'zoom'
  | 'front'
  | 'togglefullscreen';

/** On Linux and Windows no item takes its key: the page does, so that a terminal can have it. */
export function toTemplate<Act>(
  entries: readonly MenuEntry<Act>[],
  { platform, act }: { readonly platform: NodeJS.Platform; readonly act: (what: Act) => void },
): MenuItemConstructorOptions[] {
  const takesKeys = platform === 'darwin';
  return entries.map((entry): MenuItemConstructorOptions => {
    switch (entry.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'heading':
        return { label: literal(entry.label), enabled: false, registerAccelerator: false };
      case 'role':
        return {
          role: entry.role,
          registerAccelerator: takesKeys,
          ...(entry.label === undefined ? {} : { label: literal(entry.label) }),
        };
      case 'submenu':
        return {
          label: literal(entry.label),
          submenu: toTemplate(entry.entries, { platform, act }),
          ...(entry.role === undefined ? {} : { role: entry.role }),
        };
      case 'item':
        return {
          label: literal(entry.label),
          click: () => act(entry.does),
          registerAccelerator: takesKeys,
          ...(entry.accelerator === undefined ? {} : { accelerator: entry.accelerator }),
        };
      default:
        return assertNever(entry);
    }
  });
}

/** A single `&` marks a letter that opens the item with Alt (macOS drops it): names have none, and terminals need Alt. */
const literal = (label: string): string => label.replaceAll('&', '&&');
