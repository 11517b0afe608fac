// The built desktop app in a process of its own, on the stand-in for Electron.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { DesktopAct, DesktopDriver, DesktopRecord } from './desktop-driver.ts';
import type { HostUnderTest } from './host.ts';

const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, '..', '..', 'dist', 'main', 'desktop.js');
const register = new URL('stand-in/register.ts', import.meta.url).href;
/** Milliseconds. */
const patience = 30_000;

export class StandInHost implements HostUnderTest, DesktopDriver {
  readonly name = 'stand-in';
  readonly address = /^https:\/\/app\.athene\.invalid\//;
  readonly #env: Readonly<Record<string, string>>;
  /** They stay when the app goes. */
  #displays: string | null = null;
  #child: ChildProcess | null = null;
  #browser: Browser | null = null;
  #said = '';
  #asked = 0;
  /** Windows that were handed out since the start. */
  #handedOut = 0;

  constructor({ env }: { readonly env: Readonly<Record<string, string>> }) {
    this.#env = env;
  }

  async start(...args: readonly string[]): Promise<void> {
    const child = this.run(args);
    this.#child = child;
    this.#handedOut = 0;
    const endpoint = await this.#answerOf<string>(child, 'endpoint', () => true);
    this.#browser = await chromium.connectOverCDP(endpoint);
    await poll(async () => this.#said.includes('Athene is open.'));
  }

  /** One more start, beside the one that runs. */
  run(args: readonly string[] = []): ChildProcess {
    const child = fork(main, args, {
      env: {
        ...this.#env,
        ...browserOf(process.env),
        ...(this.#displays === null ? {} : { ATHENE_STAND_IN_DISPLAYS: this.#displays }),
      },
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', register],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    return child;
  }

  async open(): Promise<Page> {
    const { windows } = await this.record();
    if (windows.length <= this.#handedOut) await this.act({ kind: 'menu', path: ['Window', 'New window'] });
    const index = this.#handedOut;
    this.#handedOut += 1;
    return this.window(index);
  }

  async again(): Promise<Page> {
    return this.open();
  }

  async pages(): Promise<readonly Page[]> {
    const { windows } = await this.record();
    return Promise.all(windows.map(({ target }) => this.page(async () => target)));
  }

  /** Of the windows as they are recorded, counted from 0; waits for it. */
  window(index: number): Promise<Page> {
    return this.page(async () => (await this.record()).windows[index]?.target);
  }

  /** The page of a window, as soon as it has one. */
  async page(target: () => Promise<string | undefined>): Promise<Page> {
    let found: Page | undefined;
    await poll(async () => {
      const wanted = await target();
      for (const context of this.#browser?.contexts() ?? [])
        for (const page of context.pages()) if (wanted !== '' && (await targetOf(page)) === wanted) found = page;
      return found !== undefined && found.url() !== 'about:blank';
    });
    if (found === undefined) throw new Error('The window has no page');
    // This connection has an emulation of its own, which would hide the app's.
    await found.emulateMedia({ colorScheme: (await this.record()).isDark ? 'dark' : 'light' });
    return found;
  }

  async record(): Promise<DesktopRecord> {
    return (await this.#ask({ kind: 'record' })) as DesktopRecord;
  }

  async act(act: DesktopAct): Promise<void> {
    await this.#ask(act);
    if (act.kind === 'displays') this.#displays = JSON.stringify(act.areas);
    if (act.kind !== 'theme') return;
    for (const page of await this.pages()) await page.emulateMedia({ colorScheme: act.dark ? 'dark' : 'light' });
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async kill9(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Of the main program. */
  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error('The app is not running');
    return pid;
  }

  /** Exit code and output of one more start that ends by itself, beside the app that runs. */
  async runAgain(...args: readonly string[]): Promise<{ readonly code: number | null; readonly said: string }> {
    const before = this.#said;
    const child = this.run(args);
    await once(child, 'close');
    const said = this.#said;
    this.#said = before;
    return { code: child.exitCode, said };
  }

  /** Resolves when the app has ended by itself. */
  async ended(): Promise<void> {
    const child = this.#child;
    if (child !== null && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await this.#disconnect();
  }

  async #ask(act: DesktopAct): Promise<unknown> {
    const child = this.#child;
    if (child === null) throw new Error('The app is not running');
    const number = (this.#asked += 1);
    const answered = this.#answerOf(child, 'value', (message) => message['number'] === number);
    child.send({ number, act });
    return answered;
  }

  async #answerOf<T>(
    child: ChildProcess,
    key: string,
    isIt: (message: Record<string, unknown>) => boolean,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = (): void => void child.off('message', hear).off('exit', gone);
      const gone = (): void => {
        stop();
        reject(new Error(`The app ended:\n${this.#said}`));
      };
      const hear = (message: unknown): void => {
        const record = message as Record<string, unknown>;
        if (!isIt(record) || !('number' in record || key in record)) return;
        stop();
        if ('error' in record) reject(new Error(String(record['error'])));
        else resolve(record[key] as T);
      };
      child.on('message', hear).on('exit', gone);
    });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child !== null && child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    }
    await this.#disconnect();
  }

  async #disconnect(): Promise<void> {
    const browser = this.#browser;
    this.#browser = null;
    await browser?.close().catch(() => undefined);
  }
}

const browserOf = ({ ATHENE_BROWSER: path }: NodeJS.ProcessEnv): Record<string, string> =>
  path === undefined ? {} : { ATHENE_BROWSER: path };

async function targetOf(page: Page): Promise<string | null> {
  try {
    const session = await page.context().newCDPSession(page);
    const { targetInfo } = await session.send('Target.getTargetInfo');
    await session.detach();
    return targetInfo.targetId;
  } catch {
    return null; // It was closed meanwhile.
  }
}

async function poll(isTrue: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + patience;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error('It did not come to pass in time');
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
