// `app`: its life, from the lock of the only instance to the exit.
import { EventEmitter } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { app as ElectronApp } from 'electron';
import { openChromium, type Browser } from './chromium.ts';
import { fleet } from './fleet.ts';
import { listed, Preventable, type Part } from './listed.ts';
import { records } from './records.ts';
import { pageServices } from './window.ts';

const events = new EventEmitter();
const paths = new Map<string, string>();
let browser: Promise<Browser> | null = null;
let isLeaving = false;

/** Resolves with where a spec connects to. */
export const ready = Promise.withResolvers<string>();

async function whenReady(): Promise<void> {
  browser ??= openChromium();
  const { context, endpoint } = await browser;
  pageServices.context = async () => context;
  ready.resolve(endpoint);
}

/** The lock holds a process id; who comes second leaves its arguments beside it. */
function requestSingleInstanceLock(): boolean {
  const directory = join(paths.get('userData') ?? '', 'second-instances');
  const lock = join(paths.get('userData') ?? '', 'instance.pid');
  mkdirSync(directory, { recursive: true });
  if (isAlive(lock)) {
    writeFileSync(join(directory, `${process.pid}.json`), JSON.stringify(process.argv));
    return false;
  }
  writeFileSync(lock, String(process.pid));
  const look = (): void => {
    for (const name of readdirSync(directory)) {
      const text = readFileSync(join(directory, name), 'utf8');
      if (text === '') continue;
      rmSync(join(directory, name));
      events.emit('second-instance', new Preventable(), JSON.parse(text), '/');
    }
  };
  watch(directory, look).unref();
  return true;
}

function isAlive(lock: string): boolean {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    return pid !== process.pid && process.kill(pid, 0);
  } catch {
    return false; // No lock, or its process is gone.
  }
}

function quit(): void {
  const event = new Preventable();
  events.emit('before-quit', event);
  if (event.defaultPrevented) return;
  isLeaving = true;
  for (const window of [...fleet.windows]) window.close();
  if (fleet.windows.length === 0) willQuit();
}

function willQuit(): void {
  const event = new Preventable();
  events.emit('will-quit', event);
  if (!event.defaultPrevented) exit(0);
}

function exit(code = 0): void {
  if (browser === null) process.exit(code);
  void browser
    .then(({ context }) => context.close())
    .catch(() => undefined)
    .finally(() => process.exit(code));
}

pageServices.created = (contents) => void events.emit('web-contents-created', new Preventable(), contents);
pageServices.allClosed = () => {
  if (isLeaving) willQuit();
  else if (events.listenerCount('window-all-closed') > 0) events.emit('window-all-closed');
  else quit();
};

export const app = listed(
  'app',
  Object.assign(events, {
    isPackaged: false,
    whenReady,
    requestSingleInstanceLock,
    releaseSingleInstanceLock: (): void => rmSync(join(paths.get('userData') ?? '', 'instance.pid'), { force: true }),
    setPath: (name: string, path: string): void => void paths.set(name, path),
    getPath: (name: string): string => paths.get(name) ?? '',
    setName: (): void => undefined,
    setDesktopName: (): void => undefined,
    setAppUserModelId: (): void => undefined,
    setAsDefaultProtocolClient: (): boolean => true,
    enableSandbox: (): void => undefined,
    setBadgeCount: (count = 0): boolean => {
      records.badge = count;
      return true;
    },
    showAboutPanel: (): void => undefined,
    relaunch: (): void => undefined,
    quit,
    exit,
  }),
) satisfies Part<
  typeof ElectronApp,
  | 'whenReady'
  | 'requestSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'setPath'
  | 'getPath'
  | 'setName'
  | 'setDesktopName'
  | 'setAppUserModelId'
  | 'setAsDefaultProtocolClient'
  | 'enableSandbox'
  | 'setBadgeCount'
  | 'showAboutPanel'
  | 'relaunch'
  | 'isPackaged'
  | 'quit'
  | 'exit'
>;
