// A window whose page died gets it back; one whose page keeps dying asks instead of trying for ever.
import type { BrowserWindow } from 'electron';
import type { Log } from '../lib/log.ts';
import type { Ask, Question } from './ask.ts';

export interface Recovery {
  readonly window: BrowserWindow;
  /** Loads the page anew. */
  readonly load: () => void;
  readonly ask: Ask;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** More failures than this within this many milliseconds are a loop. */
const mostFailures = 3;
const within = 60_000;
/** Chromium's number for a load that another one replaced. */
const aborted = -3;

const keepsFailing: Question<'reload' | 'close'> = {
  kind: 'error',
  message: 'This window keeps failing.',
  detail: 'Its page stopped several times within a minute. Agents and terminals are not affected.',
  answers: { reload: 'Reload', close: 'Close window' },
  cancel: 'close',
};

export function recoverPage({ window, load, ask, log, now }: Recovery): void {
  const page = window.webContents;
  let failures: readonly number[] = [];
  let isAsking = false;

  const failed = (): void => {
    failures = recent([...failures, now()], now());
    // Not inside the event: the page's frame is still being taken apart.
    setImmediate(() => {
      if (window.isDestroyed()) return;
      if (failures.length <= mostFailures) load();
      else askToReload().catch((error: unknown) => log('error', 'window.question-failed', { error }));
    });
  };

  const askToReload = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    const { answer } = await ask(keepsFailing, window).finally(() => {
      isAsking = false;
    });
    if (window.isDestroyed()) return;
    if (answer === 'close') return window.destroy();
    failures = [];
    load();
  };

  page.on('render-process-gone', (_event, { reason, exitCode }) => {
    log('warn', 'window.page-gone', { reason, exitCode });
    if (reason !== 'clean-exit') failed();
  });
  page.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    if (!isMainFrame || code === aborted) return;
    log('warn', 'window.load-failed', { code, description });
    failed();
  });
  askWhileStuck({ window, ask, log });
}

/** The question goes away when the page answers again. */
function askWhileStuck({ window, ask, log }: Pick<Recovery, 'window' | 'ask' | 'log'>): void {
  let asked: AbortController | null = null;
  const takeBack = (): void => asked?.abort();
  window.on('responsive', takeBack);
  window.on('closed', takeBack);
  window.on('unresponsive', () => {
    if (asked !== null) return;
    asked = new AbortController();
    void (async ({ signal }) => {
      const { answer } = await ask(
        {
          kind: 'warning',
          message: 'This window does not answer.',
          detail: 'Agents and terminals are not affected.',
          answers: { wait: 'Wait', reload: 'Reload' },
          cancel: 'wait',
          signal,
        },
        window,
      );
      asked = null;
      if (answer === 'wait' || signal.aborted || window.isDestroyed()) return;
      // A page that is stuck can't be asked to reload; as a dead one it is loaded anew.
      window.webContents.forcefullyCrashRenderer();
    })(asked).catch((error: unknown) => log('error', 'window.question-failed', { error }));
  });
}

const recent = (times: readonly number[], now: number): readonly number[] => times.filter((at) => now - at < within);
