// The application menu.
import type { BrowserWindow } from 'electron';
import type { Desktop } from './desktop.ts';

export interface ApplicationMenu {
  /** Shows the menu at this point of the window. Device-independent pixels. */
  popUp(window: BrowserWindow, x: number, y: number): void;
  close(): void;
}

export function openApplicationMenu({ log }: Desktop): ApplicationMenu {
  log('debug', 'app-menu.open');
  return { popUp: () => undefined, close: () => undefined };
}
