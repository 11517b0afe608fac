// The other end of the spec's driver: the parent process asks, this one acts and answers.
import type { DesktopAct, DesktopRecord } from '../desktop-driver.ts';
import { app, ready } from './app.ts';
import { fleet } from './fleet.ts';
import { Preventable } from './listed.ts';
import { clickItem, menuRecord, records } from './records.ts';
import type { StandInWindow } from './window.ts';

interface Asked {
  readonly number: number;
  readonly act: DesktopAct;
}

export function answerTheDriver(): void {
  if (process.send === undefined) return;
  process.on('message', (message) => {
    const { number, act } = message as Asked;
    void answer(act).then(
      (value) => process.send?.({ number, value }),
      (error: unknown) => process.send?.({ number, error: String(error) }),
    );
  });
  // The parent decides how this process ends; a closed channel is no reason to live on or to die.
  process.channel?.unref();
  void ready.promise.then((endpoint) => process.send?.({ endpoint }));
}

async function answer(act: DesktopAct): Promise<unknown> {
  switch (act.kind) {
    case 'record':
      return await recordNow();
    case 'menu':
      return clickItem(records.menu, act.path);
    case 'tray':
      return clickItem(records.tray?.menu ?? [], act.path);
    case 'click-tray':
      return records.tray?.emit('click');
    case 'activate':
      return void app.emit('activate', new Preventable());
    case 'quit':
      return app.quit();
    case 'click-notification':
      return records.notifications[act.index]?.emit('click');
    case 'answer':
      return answerDialog(act.button, act.checked ?? false);
    case 'folder':
      records.chosenFolder = act.path;
      return undefined;
    case 'displays':
      return fleet.setDisplays(act.areas);
    case 'bounds':
      return windowOf(act.window).setBounds(act.bounds);
    case 'focus':
      return windowOf(act.window).focus();
    case 'blur':
      return fleet.focus(null);
    case 'crash':
      return windowOf(act.window).contents.forcefullyCrashRenderer();
    case 'close':
      return windowOf(act.window).close();
    case 'open-url':
      return void app.emit('open-url', new Preventable(), act.url);
    case 'theme':
      fleet.systemIsDark = act.dark;
      return fleet.applyTheme();
  }
}

function windowOf(index: number): StandInWindow {
  const window = fleet.windows[index];
  if (window === undefined) throw new Error(`There is no window ${index}`);
  return window;
}

function answerDialog(button: string, checked: boolean): void {
  const [dialog] = records.dialogs;
  const index = dialog?.buttons.indexOf(button) ?? -1;
  if (dialog === undefined || index < 0) throw new Error(`No dialog has ${button}: ${JSON.stringify(records.dialogs)}`);
  dialog.answer(index, checked);
}

async function recordNow(): Promise<DesktopRecord> {
  const windows = fleet.windows.map(async ({ contents, bounds, visible, onTop, isFocused }) => ({
    target: contents.page?.target ?? '',
    title: (await contents.page?.page.title().catch(() => '')) ?? '',
    bounds,
    isVisible: visible,
    isFocused: isFocused(),
    isAlwaysOnTop: onTop,
  }));
  const { tray, notifications, dialogs } = records;
  return {
    isDark: fleet.dark,
    badge: records.badge,
    tray: tray === null ? null : { image: tray.image, tooltip: tray.tooltip, menu: menuRecord(tray.menu) },
    menu: menuRecord(records.menu),
    popUps: records.popUps.length,
    notifications: notifications.map(({ title, body, isOpen }) => ({ title, body, isOpen })),
    dialogs: dialogs.map(({ answer: _answer, ...shown }) => shown),
    opened: records.opened,
    revealed: records.revealed,
    foreignRequests: records.foreignRequests,
    windows: await Promise.all(windows),
  };
}
