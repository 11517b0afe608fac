// What the main program told the system, for the specs to read.
import type { MenuItemConstructorOptions, MessageBoxOptions } from 'electron';
import type { DialogRecord, MenuRecord, NotificationRecord } from '../desktop-driver.ts';

interface PendingDialog extends DialogRecord {
  readonly answer: (response: number, checked: boolean) => void;
}

interface LiveNotification extends NotificationRecord {
  readonly emit: (event: 'click' | 'close') => void;
}

export const records = {
  badge: 0,
  tray: null as null | {
    image: string;
    tooltip: string;
    menu: readonly MenuItemConstructorOptions[];
    readonly emit: (event: 'click') => void;
  },
  menu: [] as readonly MenuItemConstructorOptions[],
  /** Application menus that a window popped up. */
  popUps: [] as { x: number; y: number }[],
  notifications: [] as LiveNotification[],
  dialogs: [] as PendingDialog[],
  opened: [] as string[],
  revealed: [] as string[],
  chosenFolder: null as string | null,
  /** Requests that the app's protocol did not answer. */
  foreignRequests: [] as string[],
  switches: [] as string[],
  files: {} as Record<string, string>,
};

export const menuRecord = (items: readonly MenuItemConstructorOptions[]): readonly MenuRecord[] =>
  items.map((item) => ({
    label: item.label ?? item.role ?? '',
    type: item.type ?? 'normal',
    enabled: item.enabled ?? true,
    checked: item.checked ?? false,
    accelerator: item.accelerator ?? null,
    registersAccelerator:
      item.accelerator !== undefined && item.accelerator !== null && item.registerAccelerator !== false,
    role: item.role ?? null,
    submenu: Array.isArray(item.submenu) ? menuRecord(item.submenu) : null,
  }));

export function clickItem(items: readonly MenuItemConstructorOptions[], path: readonly string[]): void {
  const [label, ...rest] = path;
  const item = items.find((one) => (one.label ?? '').replaceAll('&&', '&').startsWith(label ?? ''));
  if (item === undefined) throw new Error(`No ${label}; there are ${items.map((one) => one.label).join(', ')}`);
  if (rest.length > 0) return clickItem(Array.isArray(item.submenu) ? item.submenu : [], rest);
  if (item.enabled === false) throw new Error(`${label} can't be chosen`);
  (item.click as undefined | (() => void))?.();
}

export function dialogOf(options: MessageBoxOptions, answer: PendingDialog['answer']): PendingDialog {
  const { message, detail = '', buttons = [], checkboxLabel = null, defaultId = 0 } = options;
  return { message, detail, buttons, checkbox: checkboxLabel, defaultButton: buttons[defaultId] ?? '', answer };
}
