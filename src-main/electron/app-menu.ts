// The application menu: menu bar, or popped up by a window that shows none.
import { app, BaseWindow, BrowserWindow, Menu } from 'electron';
import { assertNever } from '#shared/lib/assert-never.ts';
import type { Desktop } from './desktop.ts';
import { toTemplate } from './menu-entry.ts';
import { applicationMenu, type Edit, type MenuAct } from './menu-template.ts';

export interface ApplicationMenu {
  /** Shows the menu at this point of the window. Device-independent pixels. */
  popUp(window: BrowserWindow, x: number, y: number): void;
  close(): void;
}

export function openApplicationMenu(desktop: Desktop, platform: NodeJS.Platform = process.platform): ApplicationMenu {
  const { fleet, windows } = desktop;
  let shown = '';
  let menu: Menu | null = null;

  const show = (): void => {
    const entries = applicationMenu({ platform, windows: windows.views, sessions: fleet.sessions ?? [] });
    if (JSON.stringify(entries) === shown) return;
    shown = JSON.stringify(entries);
    menu = Menu.buildFromTemplate(toTemplate(entries, { platform, act }));
    Menu.setApplicationMenu(menu);
  };

  const act = (what: MenuAct): void => {
    switch (what.kind) {
      case 'command':
        return windows.command(what.command);
      case 'edit':
        return editPage(what.edit);
      case 'window':
        return windows.focusWindow(what.id);
      case 'minimize':
        return BaseWindow.getFocusedWindow()?.minimize();
      case 'full-screen':
        return toggleFullScreen(BaseWindow.getFocusedWindow());
      case 'about':
        return app.showAboutPanel();
      case 'quit':
        return desktop.quit();
      default:
        return assertNever(what);
    }
  };

  show();
  const stops = [fleet.onChange(show), windows.onChange(show)];
  return {
    popUp: (window, x, y) => menu?.popup({ window, x, y }),
    close: () => {
      for (const stop of stops) stop();
    },
  };
}

function editPage(edit: Edit): void {
  BrowserWindow.getFocusedWindow()?.webContents[edit]();
}

function toggleFullScreen(window: BaseWindow | null): void {
  window?.setFullScreen(!window.isFullScreen());
}
