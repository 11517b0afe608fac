// The icon in the system's tray. Where there is no tray, everything else goes on.
import { Menu, nativeImage, nativeTheme, Tray } from 'electron';
import type { SettingsChange } from '#shared/domain/settings.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { answerFromOutside, answersTo } from './answers.ts';
import type { Desktop } from './desktop.ts';
import { imagePath, panelIsDark, trayImage } from './images.ts';
import { toTemplate } from './menu-entry.ts';
import { muteFor, trayView, type TrayAct, type TrayView } from './tray-menu.ts';

export interface TraySurroundings {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Milliseconds after which the ages in the menu are out of date. */
const ageing = 60_000;

export function openTray(
  desktop: Desktop,
  surroundings: TraySurroundings = { platform: process.platform, env: process.env, now: Date.now },
): { close(): void } {
  const { platform, now } = surroundings;
  const tray = newTray(desktop, imageFor('idle', surroundings));
  if (tray === null) return { close: () => undefined };
  let shown: TrayView | null = null;
  let image = '';
  let isOpen = false;
  let isClosed = false;

  const show = (): void => {
    if (isClosed) return;
    const { sessions, settings } = desktop.fleet;
    const view = trayView({ sessions: sessions ?? [], settings, now: now(), clockTime, answersTo });
    const name = imageFor(view.form, surroundings);
    if (name !== image) tray.setImage(nativeImage.createFromPath(imagePath(name)));
    image = name;
    if (view.tooltip !== shown?.tooltip) tray.setToolTip(view.tooltip);
    if (platform === 'darwin' && view.title !== shown?.title)
      tray.setTitle(view.title, { fontType: 'monospacedDigit' });
    // Where the system would close it under the pointer, an open menu stays as it is.
    const isSame = isOpen || JSON.stringify(view.entries) === JSON.stringify(shown?.entries);
    if (!isSame) tray.setContextMenu(menuOf(view));
    shown = isSame ? { ...view, entries: shown?.entries ?? [] } : view;
  };

  const menuOf = (view: TrayView): Menu => {
    const menu = Menu.buildFromTemplate(toTemplate(view.entries, { platform, act }));
    if (platform !== 'darwin' && platform !== 'win32') return menu;
    menu.on('menu-will-show', () => {
      isOpen = true;
    });
    menu.on('menu-will-close', () => {
      isOpen = false;
      // What was chosen is told after this, and belongs to the menu that was shown.
      setImmediate(show);
    });
    return menu;
  };

  const act = (what: TrayAct): void => {
    switch (what.kind) {
      case 'show':
        return desktop.windows.show(what.session);
      case 'answer':
        return void answerFromOutside(desktop, what.answer);
      case 'command':
        return desktop.windows.command(what.command);
      case 'set':
        return void change(desktop, what.change);
      case 'mute':
        return void change(desktop, { mutedUntil: now() + muteFor });
      case 'open':
        return desktop.windows.focus();
      case 'quit':
        return desktop.quit();
      default:
        return assertNever(what);
    }
  };

  show();
  // On macOS a click opens the menu.
  if (platform !== 'darwin') tray.on('click', () => desktop.windows.focus());
  // Just before it can be opened.
  tray.on('mouse-enter', show);
  nativeTheme.on('updated', show);
  const stop = desktop.fleet.onChange(show);
  const timer = setInterval(show, ageing);
  return {
    close: () => {
      isClosed = true;
      clearInterval(timer);
      stop();
      nativeTheme.off('updated', show);
      tray.destroy();
    },
  };
}

function newTray({ log }: Desktop, image: string): Tray | null {
  try {
    return new Tray(nativeImage.createFromPath(imagePath(image)));
  } catch (error) {
    log('warn', 'tray.missing', { error });
    return null;
  }
}

function imageFor(form: TrayView['form'], { platform, env }: TraySurroundings): string {
  const dark = { apps: nativeTheme.shouldUseDarkColors, system: nativeTheme.shouldUseDarkColorsForSystemIntegratedUI };
  return trayImage(form, {
    platform,
    isDark: panelIsDark({ platform, desktop: env['XDG_CURRENT_DESKTOP'] ?? '', dark }),
  });
}

async function change({ client, log }: Desktop, settings: SettingsChange): Promise<void> {
  const done = await client.call('settings.set', settings);
  if (!done.ok) log('warn', 'tray.setting-refused', { problem: done.problem });
}

const clockTime = (at: number): string =>
  new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hour12: false }).format(at);
