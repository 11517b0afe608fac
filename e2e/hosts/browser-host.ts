// `athene serve` and a tab of Chromium.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { BrowserContext, Page } from '@playwright/test';
import type { HostUnderTest } from './host.ts';

export interface BrowserHostOptions {
  /** Absolute path of the command. */
  readonly athene: string;
  /** The whole environment of the host; names its home. */
  readonly env: Readonly<Record<string, string>>;
  readonly context: BrowserContext;
}

export class BrowserHost implements HostUnderTest {
  readonly name = 'browser';
  readonly address = /^http:\/\/127\.0\.0\.1:\d+\//;
  readonly #options: BrowserHostOptions;
  #child: ChildProcess | null = null;
  #port: string | null = null;
  /** Holds a ticket that works once. */
  #address: string | null = null;

  constructor(options: BrowserHostOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const isAgain = this.#port !== null;
    const port = this.#port === null ? [] : ['--port', this.#port];
    const child = spawn(this.#options.athene, ['serve', ...port], {
      env: this.#options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(line);
      this.#address = /https?:\/\/\S+/.exec(line)?.[0] ?? null;
      if (this.#address !== null) break;
    }
    if (this.#address === null) throw new Error(`athene serve printed no address:\n${said.join('\n')}`);
    child.stdout.resume();
    this.#port = new URL(this.#address).port;
    // Cookies end with their host: the person opens the new address, and the tabs that were open may come back.
    if (isAgain) await this.#options.context.request.get(this.#address);
  }

  /** The first tab redeems the ticket; those after it have the cookie. */
  async open(): Promise<Page> {
    if (this.#address === null) throw new Error('The host is not running');
    const page = await this.#options.context.newPage();
    const signedIn = (await this.#options.context.cookies(this.#address)).length > 0;
    await page.goto(signedIn ? new URL('/', this.#address).href : this.#address);
    return page;
  }

  async again(page: Page): Promise<Page> {
    await page.reload();
    return page;
  }

  async pages(): Promise<readonly Page[]> {
    return this.#options.context.pages();
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

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}
