// What stands around the windows: each records what it is told.
import { EventEmitter } from 'node:events';
import { basename } from 'node:path';
import type * as Electron from 'electron';
import type { MenuItemConstructorOptions, MessageBoxOptions, NotificationConstructorOptions } from 'electron';
import { listed, type Part } from './listed.ts';
import { dialogOf, records } from './records.ts';

export interface StandInImage {
  readonly path: string;
}
export const nativeImage = listed('nativeImage', {
  createFromPath: (path: string): StandInImage => ({ path: basename(path) }),
}) satisfies Part<typeof Electron.nativeImage, 'createFromPath'>;

export class Menu extends EventEmitter {
  items: readonly MenuItemConstructorOptions[] = [];
  static buildFromTemplate(items: readonly (MenuItemConstructorOptions | Electron.MenuItem)[]): Menu {
    const menu = new Menu();
    // The main program makes menus of descriptions only.
    menu.items = items as readonly MenuItemConstructorOptions[];
    return listed('Menu', menu);
  }
  static setApplicationMenu(menu: Menu | null): void {
    records.menu = menu?.items ?? [];
  }
  popup({ x = 0, y = 0 }: { x?: number; y?: number } = {}): void {
    records.popUps.push({ x, y });
  }
}

export class Tray extends EventEmitter {
  constructor(image: StandInImage) {
    super();
    records.tray = { image: image.path, tooltip: '', menu: [], emit: (event) => this.emit(event) };
    return listed('Tray', this);
  }
  setImage(image: StandInImage): void {
    if (records.tray !== null) records.tray.image = image.path;
  }
  setToolTip(text: string): void {
    if (records.tray !== null) records.tray.tooltip = text;
  }
  setTitle(): void {}
  setContextMenu(menu: Menu | null): void {
    if (records.tray !== null) records.tray.menu = menu?.items ?? [];
  }
  destroy(): void {
    records.tray = null;
  }
}

export class Notification extends EventEmitter {
  readonly record: (typeof records.notifications)[number];
  static isSupported = (): boolean => true;
  constructor({ title = '', body = '' }: NotificationConstructorOptions = {}) {
    super();
    this.record = { title, body, isOpen: false, emit: (event) => void this.emit(event) };
    return listed('Notification', this);
  }
  show(): void {
    Object.assign(this.record, { isOpen: true });
    records.notifications.push(this.record);
  }
  close(): void {
    Object.assign(this.record, { isOpen: false });
    this.emit('close');
  }
}

// Each member exists in Electron, and takes what Electron's takes.
Menu satisfies Part<typeof Electron.Menu, 'buildFromTemplate'>;
Menu.prototype satisfies Part<Electron.Menu, 'popup'>;
Tray.prototype satisfies Part<Electron.Tray, 'setToolTip' | 'setTitle' | 'destroy'>;
Notification satisfies Part<typeof Electron.Notification, 'isSupported'>;
Notification.prototype satisfies Part<Electron.Notification, 'show' | 'close'>;

type BoxAnswer = { response: number; checkboxChecked: boolean };

async function showMessageBox(...given: readonly unknown[]): Promise<BoxAnswer> {
  const options = given.at(-1) as MessageBoxOptions;
  return new Promise((resolve) => {
    const pending = dialogOf(options, (response, checkboxChecked) => {
      records.dialogs = records.dialogs.filter((one) => one !== pending);
      resolve({ response, checkboxChecked });
    });
    records.dialogs.push(pending);
    options.signal?.addEventListener('abort', () => pending.answer(options.cancelId ?? 0, false));
  });
}

export const dialog = listed('dialog', {
  showMessageBox,
  showErrorBox: (title: string, content: string): void => void process.stderr.write(`${title}\n${content}\n`),
  showOpenDialog: async () => ({
    canceled: records.chosenFolder === null,
    filePaths: records.chosenFolder === null ? [] : [records.chosenFolder],
  }),
}) satisfies Part<typeof Electron.dialog, 'showMessageBox' | 'showErrorBox' | 'showOpenDialog'>;

export const shell = listed('shell', {
  openExternal: async (url: string): Promise<void> => void records.opened.push(url),
  showItemInFolder: (path: string): void => void records.revealed.push(path),
}) satisfies Part<typeof Electron.shell, 'openExternal' | 'showItemInFolder'>;
