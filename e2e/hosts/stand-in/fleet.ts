// Windows, displays and theme of the made-up desktop.
import { EventEmitter } from 'node:events';
import type { WindowRecord } from '../desktop-driver.ts';
import type { StandInWindow } from './window.ts';

export interface MadeUpDisplay {
  readonly id: number;
  readonly workArea: WindowRecord['bounds'];
  readonly bounds: WindowRecord['bounds'];
  readonly scaleFactor: number;
}

const display = (area: WindowRecord['bounds'], index: number): MadeUpDisplay => ({
  id: index + 1,
  workArea: area,
  bounds: area,
  scaleFactor: 1,
});

/** As a spec has set them in an earlier run. */
function displaysAtStart(): readonly WindowRecord['bounds'][] {
  const set = process.env['ATHENE_STAND_IN_DISPLAYS'];
  if (set === undefined) return [{ x: 0, y: 0, width: 1920, height: 1080 }];
  return JSON.parse(set) as readonly WindowRecord['bounds'][];
}

class Fleet {
  windows: StandInWindow[] = [];
  focused: StandInWindow | null = null;
  dark = true;
  source: 'system' | 'dark' | 'light' = 'system';
  systemIsDark = true;
  displays: readonly MadeUpDisplay[] = displaysAtStart().map(display);
  readonly screenEvents = new EventEmitter();
  readonly themeEvents = new EventEmitter();

  setDisplays(areas: readonly WindowRecord['bounds'][]): void {
    this.displays = areas.map(display);
    this.screenEvents.emit('display-metrics-changed');
  }

  applyTheme(): void {
    const dark = this.source === 'system' ? this.systemIsDark : this.source === 'dark';
    if (dark === this.dark) return;
    this.dark = dark;
    for (const { contents } of this.windows)
      void contents.page?.page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' }).catch(() => undefined);
    this.themeEvents.emit('updated');
  }

  focus(window: StandInWindow | null): void {
    if (this.focused === window) return;
    const before = this.focused;
    this.focused = window;
    before?.emit('blur');
    window?.emit('focus');
  }

  removed(window: StandInWindow): void {
    this.windows = this.windows.filter((one) => one !== window);
    if (this.focused === window) this.focus(this.windows.findLast((one) => one.visible) ?? null);
  }
}

export const fleet = new Fleet();
