// The one place that makes a window, so that each has the same guards.
import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, type WebPreferences } from 'electron';
import type { Bounds, WindowView } from '#shared/domain/window.ts';
import { packageRoot } from '../lib/package-root.ts';
import { appImage, imagePath } from './images.ts';
import { overlay, titleBarOptions } from './title-bar.ts';

export interface WindowOptions {
  readonly bounds: Bounds;
  readonly kind: WindowView['kind'];
  readonly alwaysOnTop: boolean;
  /** CSS colour of what is shown before the page draws. */
  readonly background: string;
  readonly show: boolean;
}

const smallest = {
  main: { minWidth: 480, minHeight: 320 },
  session: { minWidth: 360, minHeight: 160 },
} as const;

export function createWindow({ bounds, kind, alwaysOnTop, background, show }: WindowOptions): BrowserWindow {
  const { platform } = process;
  const window = new BrowserWindow({
    ...bounds,
    ...smallest[kind],
    ...titleBarOptions(kind, { platform, dark: nativeTheme.shouldUseDarkColors }),
    ...(platform === 'linux' ? { icon: imagePath(appImage) } : {}),
    title: 'Athene',
    alwaysOnTop,
    backgroundColor: background,
    show,
    webPreferences: webPreferences(),
  });
  if (platform !== 'darwin') followTheme(window, kind);
  return window;
}

const webPreferences = (): WebPreferences => ({
  preload: join(packageRoot(), 'dist', 'preload', 'preload.cjs'),
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  plugins: false,
  spellcheck: false,
  // The page has dialogs of its own; the system's would hold up every window.
  disableDialogs: true,
  devTools: !app.isPackaged,
});

/** The system's buttons are drawn in the colours of the bar that they lie on. */
function followTheme(window: BrowserWindow, kind: WindowView['kind']): void {
  const paint = (): void => window.setTitleBarOverlay(overlay(kind, nativeTheme.shouldUseDarkColors));
  // One for each window, of which there may be more than the ten that Node takes for a leak.
  nativeTheme.setMaxListeners(0).on('updated', paint);
  window.once('closed', () => nativeTheme.off('updated', paint));
}
