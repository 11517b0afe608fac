// One page of Chromium as the contents of a window: its worlds, its ports, and what it asks the network for.
import type { BrowserContext, CDPSession, Page, Route } from '@playwright/test';
import { toInside, toOutside } from './address.ts';
import { StandInPort, type PortMessage, type WireData } from './port.ts';
import { bindingName, mainWorldScript, preloadScript, worldName } from './preload-world.ts';
import { records } from './records.ts';

export interface PageEvents {
  ipc(channel: string, message: unknown, ports: readonly StandInPort[]): void;
  /** True when the page must stay where it is. */
  keeps(navigation: { readonly url: string; readonly isMainFrame: boolean }): boolean;
  answer(request: Request): Promise<Response>;
  /** True when the window that the page opened may stay. */
  mayOpen(url: string): boolean;
  /** The page asks for its window to be closed. */
  wantsClose(): void;
  crashed(): void;
  closed(): void;
}

type FromPage =
  | { readonly kind: 'ipc'; readonly channel: string; readonly message: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'message'; readonly port: number; readonly data: WireData }
  | { readonly kind: 'close'; readonly port: number }
  | { readonly kind: 'navigate'; readonly url: string; readonly isMainFrame: boolean }
  | { readonly kind: 'window-close' };

export class StandInPage {
  readonly page: Page;
  readonly target: string;
  readonly #session: CDPSession;
  readonly #events: PageEvents;
  #ports = new Map<number, StandInPort>();
  #world: number | null = null;
  #outbox: PortMessage[] = [];
  #isGone = false;
  /** The app itself loads: a page is not asked for that. */
  #isLoading = false;

  static async open(context: BrowserContext, preload: string, events: PageEvents): Promise<StandInPage> {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const { targetInfo } = await session.send('Target.getTargetInfo');
    const made = new StandInPage(page, session, targetInfo.targetId, events);
    await made.#prepare(preload);
    return made;
  }

  private constructor(page: Page, session: CDPSession, target: string, events: PageEvents) {
    this.page = page;
    this.#session = session;
    this.target = target;
    this.#events = events;
  }

  get url(): string {
    return toOutside(this.page.url());
  }

  async load(address: string): Promise<void> {
    this.#isLoading = true;
    await this.page.goto(toInside(address), { waitUntil: 'load' }).finally(() => (this.#isLoading = false));
  }

  async crash(): Promise<void> {
    await this.#session.send('Page.crash').catch(() => undefined);
  }

  async #prepare(preload: string): Promise<void> {
    const session = this.#session;
    session.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
      // Frames have such a world too; the main frame is called like its page.
      const { frameId } = auxData as { readonly frameId?: string };
      if (name !== worldName || frameId !== this.target) return;
      // A page that is loaded anew has a new world; ports of the one before went with it.
      this.#closePorts();
      this.#world = id;
    });
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === bindingName) this.#receive(JSON.parse(payload) as FromPage);
    });
    await session.send('Page.enable');
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: bindingName, executionContextName: worldName });
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript });
    const source = preloadScript(preload, records.files);
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName });
    await this.page.route('**/*', (route) => this.#route(route));
    this.page.on('popup', (popup) => {
      if (!this.#events.mayOpen(toOutside(popup.url()))) void popup.close();
    });
    this.page.on('crash', () => this.#end(() => this.#events.crashed()));
    this.page.on('close', () => this.#end(() => this.#events.closed()));
  }

  #end(tell: () => void): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#closePorts();
    tell();
  }

  #closePorts(): void {
    const ports = [...this.#ports.values()];
    this.#ports = new Map();
    for (const port of ports) port.closed();
  }

  #receive(message: FromPage): void {
    switch (message.kind) {
      case 'ipc': {
        const ports = message.ports.map((id) => new StandInPort(id, (out) => this.#post(out)));
        for (const port of ports) this.#ports.set(port.id, port);
        return this.#events.ipc(message.channel, message.message, ports);
      }
      case 'message':
        return this.#ports.get(message.port)?.received(message.data);
      case 'close':
        this.#ports.get(message.port)?.closed();
        this.#ports.delete(message.port);
        return undefined;
      case 'navigate':
        if (!this.#events.keeps(message)) records.foreignRequests.push(message.url);
        return undefined;
      case 'window-close':
        return this.#events.wantsClose();
    }
  }

  /** Together what is sent in one turn: a call to Chromium for each frame would be slow. */
  #post(message: PortMessage): void {
    this.#outbox.push(message);
    if (this.#outbox.length === 1) setImmediate(() => this.#flush());
  }

  #flush(): void {
    const messages = this.#outbox;
    this.#outbox = [];
    if (this.#world === null || this.#isGone) return;
    const expression = `atheneReceive(${JSON.stringify(messages)})`;
    // The world may be gone by then, and its ports with it.
    this.#session.send('Runtime.evaluate', { expression, contextId: this.#world }).catch(() => undefined);
  }

  async #route(route: Route): Promise<void> {
    const request = route.request();
    const url = toOutside(request.url());
    if (request.isNavigationRequest()) {
      const isMainFrame = request.frame() === this.page.mainFrame();
      const isOwn = isMainFrame && this.#isLoading;
      if (!isOwn && this.#events.keeps({ url, isMainFrame })) return route.abort('aborted');
    }
    if (!url.startsWith('athene:')) {
      records.foreignRequests.push(url);
      return route.abort('blockedbyclient');
    }
    const answer = await this.#events.answer(new Request(url, { method: request.method() }));
    const body = Buffer.from(await answer.arrayBuffer());
    await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body });
  }
}
