// Runs the built app in Electron until it is quit, and tells whether a window ever showed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { isOpen, wasOpen } from '../src-main/electron/announcement.ts';
import { whyItEnded } from './desktop-obstacle.ts';
import { cleanEnvironment } from './run.ts';

export interface DesktopRun {
  /** Path of Electron's program. */
  readonly electron: string;
  /** Folder of the app: the checkout. */
  readonly app: string;
  /** What the app gets besides the cleaned environment of this process. */
  readonly env: Record<string, string>;
  /** Milliseconds after which an end is no failed start any more, also when the app did not say that it is open. */
  readonly patience: number;
  /** Gets what Electron printed when it fails. */
  readonly log: string;
  readonly say: (line: string) => void;
  /** Quits the app as a signal would. */
  readonly stop?: AbortSignal;
}

export type DesktopOutcome =
  | { readonly kind: 'ended'; readonly code: number }
  | { readonly kind: 'not-opened'; readonly why: string };

/** Resolves when the app has ended. Signals to this process quit the app; a second one ends it at once. */
export async function openDesktop(run: DesktopRun): Promise<DesktopOutcome> {
  const child = spawn(run.electron, [run.app], {
    cwd: run.app,
    env: desktopEnvironment(run.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stopped = passSignalsTo(child);
  const stop = (): void => stopped.stop();
  run.stop?.addEventListener('abort', stop, { once: true });
  const start = follow(child, run);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    if (stopped.asked || code === 0) return { kind: 'ended', code: 0 };
    if (start.opened()) {
      run.say(
        `The app ended unexpectedly (${signal ?? `code ${code}`}). The agents go on; \`npm start\` shows them again.`,
      );
      return { kind: 'ended', code: code ?? 1 };
    }
    mkdirSync(dirname(run.log), { recursive: true });
    writeFileSync(run.log, start.printed());
    return { kind: 'not-opened', why: whyItEnded({ code, signal, printed: start.printed(), electron: run.electron }) };
  } catch (error) {
    return { kind: 'not-opened', why: `Electron could not be started: ${error instanceof Error ? error.message : ''}` };
  } finally {
    run.stop?.removeEventListener('abort', stop);
    start.end();
    stopped.end();
  }
}

/** Nothing that turns Electron into something else: ELECTRON_RUN_AS_NODE, NODE_OPTIONS, its logging to other places. */
export function desktopEnvironment(added: Record<string, string>): NodeJS.ProcessEnv {
  const own = Object.entries(cleanEnvironment(added)).filter(
    ([name]) => !/^(ELECTRON_(?!OZONE_PLATFORM_HINT$)|NODE_|CHROME_DESKTOP$|INIT_CWD$)/i.test(name) || name in added,
  );
  return Object.fromEntries(own);
}

/** Chromium's own log, like `[123:0101/120000.000:ERROR:bus.cc(399)] …`: of no use to whoever started Athene. */
const chromiumLine = /^\[\d+:[\d/.:]+:[A-Z]+\d*:[^\]]*\]/;

function follow(child: ChildProcess, { patience, say }: DesktopRun) {
  let opened = false;
  let printed = '';
  const timer = setTimeout(() => (opened = true), patience);
  const [out, err] = [child.stdout, child.stderr];
  if (out === null || err === null) throw new Error('Electron was started without pipes');
  createInterface({ input: out }).on('line', (line) => {
    opened ||= line === isOpen || line === wasOpen;
    say(line === isOpen ? `${line} Ctrl+C quits it; the agents go on.` : line);
  });
  createInterface({ input: err }).on('line', (line) => {
    printed = `${printed}${line}\n`.slice(-64 * 1024);
    if (opened && line !== '' && !chromiumLine.test(line)) console.error(line);
  });
  return { opened: () => opened, printed: () => printed, end: () => clearTimeout(timer) };
}

interface Stopping {
  readonly asked: boolean;
  stop(): void;
  end(): void;
}

function passSignalsTo(child: ChildProcess): Stopping {
  let asked = false;
  const stop = (): void => {
    child.kill(asked ? 'SIGKILL' : 'SIGTERM');
    asked = true;
  };
  // A terminal sends Ctrl+C to the app as well.
  const interrupted = (): void => {
    if (asked || !process.stdin.isTTY) stop();
    asked = true;
  };
  process.on('SIGINT', interrupted);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  return {
    get asked() {
      return asked;
    },
    stop,
    end: () => {
      process.off('SIGINT', interrupted);
      for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.off(signal, stop);
    },
  };
}
