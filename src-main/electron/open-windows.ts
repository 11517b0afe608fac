// The windows with Electron behind them.
import { randomBytes } from 'node:crypto';
import { app, nativeTheme, screen } from 'electron';
import { Scope } from '#shared/lib/scope.ts';
import { uuidV7 } from '#shared/lib/uuid-v7.ts';
import type { Log } from '../lib/log.ts';
import { isOpen } from './announcement.ts';
import { loadApp } from './app-protocol.ts';
import { askWithBox } from './ask.ts';
import type { DisplayPlace } from './clamp-bounds.ts';
import { createWindow } from './create-window.ts';
import { explainClosing } from './explain-closing.ts';
import { openWindowState } from './window-state.ts';
import { Windows } from './windows.ts';

export interface OpenWindows {
  /** Where the list of windows is kept. */
  readonly directory: string;
  readonly devUrl: string | null;
  readonly sessionEnding: () => void;
  readonly scope: Scope;
  readonly log: Log;
}

export function openWindows({ directory, devUrl, sessionEnding, scope, log }: OpenWindows): Windows {
  const file = openWindowState({ directory, log, now: Date.now });
  const windows = new Windows({
    maker: {
      create: (options) => createWindow({ ...options, background: pageColour(), show: false }),
      load: async (window, fragment) => {
        // Why it failed is told by an event of the page, which is loaded again then.
        await loadApp(window, { devUrl, fragment }).catch(() => undefined);
      },
      activate: () => {
        if (process.platform === 'darwin') app.focus({ steal: true });
      },
      ask: askWithBox,
      log,
      now: Date.now,
    },
    file,
    displays: displaysInOrder,
    newId: () => uuidV7(Date.now(), randomBytes(10)),
    opened: () => process.stdout.write(`${isOpen}\n`),
    explainClosing: () => explainClosing({ ask: askWithBox, open: () => windows.focus(), scope }),
    sessionEnding,
  });
  const look = (): void => windows.displaysChanged();
  screen.on('display-added', look).on('display-removed', look).on('display-metrics-changed', look);
  scope.add(
    () => void screen.off('display-added', look).off('display-removed', look).off('display-metrics-changed', look),
  );
  scope.add(() => windows.freeze());
  return windows;
}

function displaysInOrder(): readonly DisplayPlace[] {
  const primary = screen.getPrimaryDisplay();
  return [primary, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id)];
}

/** `--bg-0` of the page, so that nothing flashes before it is drawn. */
const pageColour = (): string => (nativeTheme.shouldUseDarkColors ? '#0e1116' : '#f4f6f8');
