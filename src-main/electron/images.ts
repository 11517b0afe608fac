// The pictures of the desktop app; `build/draw-icons.ts` draws them.
import { join } from 'node:path';
import { packageRoot } from '../lib/package-root.ts';

export type TrayForm = 'idle' | 'working' | 'waiting';

/** Absolute path of a picture; the sizes for finer displays stand beside it as `@2x`. */
export const imagePath = (name: string): string => join(packageRoot(), 'src-main', 'electron', 'images', name);

/** The app's own icon, for windows and notifications where the system doesn't know it from the package. */
export const appImage = 'athene.png';

export interface Panel {
  readonly platform: NodeJS.Platform;
  /** The panel that the icon stands on; macOS colours the icon itself. */
  readonly isDark: boolean;
}

export function trayImage(form: TrayForm, { platform, isDark }: Panel): string {
  if (platform === 'darwin') return `tray-${form}-Template.png`;
  const panel = isDark ? 'on-dark' : 'on-light';
  return platform === 'win32' ? `tray-${form}-${panel}.png` : `tray-${form}-${panel}-22.png`;
}

/** The number on the taskbar of Windows. */
export const overlayImage = (count: number): string => `overlay-${count > 9 ? '9-plus' : count}.png`;

/** GNOME's panel is dark whatever the theme of its apps. `desktop` as in XDG_CURRENT_DESKTOP. */
export function panelIsDark(surroundings: {
  readonly platform: NodeJS.Platform;
  readonly desktop: string;
  readonly dark: { readonly apps: boolean; readonly system: boolean };
}): boolean {
  const { platform, desktop, dark } = surroundings;
  if (platform === 'win32') return dark.system;
  return dark.apps || /\b(GNOME|Unity)\b/i.test(desktop);
}
