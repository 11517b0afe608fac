// The one way out of the app, whoever asks for it: tray, menu, the system's own key, a signal, the end of the person's session.
import { app, BrowserWindow, powerMonitor } from 'electron';
import type { Log } from '../lib/log.ts';

export interface Leaving {
  /** Asks first what becomes of running agents, where the settings say so. */
  quit(): void;
  /** Without a question: agents go on. */
  leave(): void;
}

export interface LeavingParts {
  /** True when the app may go. */
  readonly mayQuit: () => Promise<boolean>;
  /** The windows that are open now are those of the next run. */
  readonly freeze: () => void;
  /** Ends everything that was started. */
  readonly close: () => Promise<void>;
  readonly log: Log;
}

/** Milliseconds: a page that does not answer is not waited for. */
const windowsWithin = 2_000;
/** Milliseconds: what a spawn has not finished then is taken up from its journal by the next host. */
const closedWithin = 10_000;

/** To be called when the app is ready: before that Electron puts its own signal handlers over ours. */
export function openWayOut({ mayQuit, freeze, close, log }: LeavingParts): Leaving {
  let isAsking = false;
  let isLeaving = false;
  let isClosing = false;

  const leave = (): void => {
    if (isLeaving) return;
    isLeaving = true;
    freeze();
    app.quit();
    setTimeout(() => {
      for (const window of BrowserWindow.getAllWindows()) window.destroy();
    }, windowsWithin);
  };

  const quit = (): void => {
    if (isAsking || isLeaving) return;
    isAsking = true;
    mayQuit()
      .then((may) => {
        if (may) leave();
      })
      .catch((error: unknown) => {
        log('error', 'quit.failed', { error });
        leave();
      })
      .finally(() => {
        isAsking = false;
      });
  };

  app.on('before-quit', (event) => {
    if (isLeaving) return;
    event.preventDefault();
    quit();
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (isClosing) return;
    isClosing = true;
    // Whoever starts Athene now gets an app of its own, not one that is going.
    app.releaseSingleInstanceLock();
    const late = new Promise<void>((resolve) => setTimeout(resolve, closedWithin));
    Promise.race([close(), late])
      .catch((error: unknown) => log('error', 'close.failed', { error }))
      .finally(() => app.exit(0));
  });
  powerMonitor.on('shutdown', leave);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, leave);
  return { quit, leave };
}
