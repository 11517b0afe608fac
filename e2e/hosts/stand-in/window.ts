// BrowserWindow over a page of Chromium: bounds, focus and life are kept here, since nothing shows them.
import { EventEmitter } from 'node:events';
import type { BrowserWindow as ElectronWindow, BrowserWindowConstructorOptions, WebContents } from 'electron';
import type { WindowRecord } from '../desktop-driver.ts';
import { fleet } from './fleet.ts';
import { listed, Preventable, type Part } from './listed.ts';
import { StandInPage } from './page.ts';
import type { StandInPort } from './port.ts';

type Bounds = WindowRecord['bounds'];

/** What the app's parts give a new page; set by the modules that own them. */
export const pageServices = {
  context: null as null | (() => Promise<import('@playwright/test').BrowserContext>),
  ipc: (_event: object, _channel: string, _message: unknown): void => undefined,
  answer: async (_request: Request): Promise<Response> => new Response(null, { status: 404 }),
  created: (_contents: object): void => undefined,
  allClosed: (): void => undefined,
};

let lastId = 0;

class Contents extends EventEmitter {
  readonly id: number;
  page: StandInPage | null = null;
  readonly window: StandInWindow;
  open: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });

  constructor(id: number, window: StandInWindow) {
    super();
    this.id = id;
    this.window = window;
  }
  get mainFrame() {
    const url = this.page?.url ?? '';
    const origin = url.startsWith('athene:') ? url.split('/', 3).join('/') : URL.parse(url)?.origin;
    return { parent: null, origin, url, isDestroyed: () => this.page === null };
  }
  setWindowOpenHandler(handler: Parameters<WebContents['setWindowOpenHandler']>[0]): void {
    this.open = handler as Contents['open'];
  }
  forcefullyCrashRenderer(): void {
    void this.page?.crash();
  }
  isDestroyed(): boolean {
    return this.page === null;
  }
  undo(): void {}
  redo(): void {}
  cut(): void {}
  copy(): void {}
  paste(): void {}
  selectAll(): void {}
}

export class StandInWindow extends EventEmitter {
  readonly id: number;
  readonly options: BrowserWindowConstructorOptions;
  readonly contents: Contents;
  readonly webContents: Contents;
  bounds: Bounds;
  state: 'normal' | 'maximized' | 'minimized' = 'normal';
  isFull = false;
  visible: boolean;
  onTop: boolean;
  destroyed = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    lastId += 1;
    this.id = lastId;
    this.options = options;
    const { x = 0, y = 0, width = 800, height = 600, show = true, alwaysOnTop = false } = options;
    this.bounds = { x, y, width, height };
    this.visible = show;
    this.onTop = alwaysOnTop;
    this.contents = new Contents(lastId, this);
    this.webContents = listed('webContents', this.contents) satisfies Part<
      WebContents,
      | 'setWindowOpenHandler'
      | 'forcefullyCrashRenderer'
      | 'isDestroyed'
      | 'undo'
      | 'redo'
      | 'cut'
      | 'paste'
      | 'selectAll'
    >;
    fleet.windows.push(this);
    pageServices.created(this.webContents);
    return listed('BrowserWindow', this);
  }

  static getAllWindows = (): StandInWindow[] => [...fleet.windows];
  static getFocusedWindow = (): StandInWindow | null => fleet.focused;

  async loadURL(url: string): Promise<void> {
    const page = await this.pageForLoading();
    try {
      await page.load(url);
    } catch (error) {
      if (this.destroyed || page !== this.contents.page) return;
      this.contents.emit('did-fail-load', new Preventable(), -2, String(error), url, true);
      throw error;
    }
    this.contents.emit('did-finish-load');
    this.emit('ready-to-show');
  }

  async pageForLoading(): Promise<StandInPage> {
    if (this.contents.page !== null) return this.contents.page;
    const { contents } = this;
    const context = await pageServices.context?.();
    if (context === undefined) throw new Error('The app is not ready');
    const page = await StandInPage.open(context, String(this.options.webPreferences?.preload), {
      ipc: (channel, message, ports) => this.hear(channel, message, ports),
      keeps: (navigation) => this.keeps(navigation),
      answer: (request) => pageServices.answer(request),
      mayOpen: (url) => contents.open({ url }).action === 'allow',
      wantsClose: () => this.close(),
      crashed: () => {
        contents.page = null;
        void page.page.close().catch(() => undefined);
        contents.emit('render-process-gone', new Preventable(), { reason: 'crashed', exitCode: 133 });
      },
      closed: () => {
        if (contents.page === page) this.gone();
      },
    });
    contents.page = page;
    await page.page.emulateMedia({ colorScheme: fleet.dark ? 'dark' : 'light' });
    await this.applySize();
    return page;
  }

  hear(channel: string, message: unknown, ports: readonly StandInPort[]): void {
    pageServices.ipc({ sender: this.contents, senderFrame: this.contents.mainFrame, ports }, channel, message);
  }

  keeps({ url, isMainFrame }: { readonly url: string; readonly isMainFrame: boolean }): boolean {
    const event = Object.assign(new Preventable(), { url, isMainFrame });
    this.contents.emit('will-frame-navigate', event);
    if (isMainFrame) this.contents.emit('will-navigate', event);
    return event.defaultPrevented;
  }

  async applySize(): Promise<void> {
    const { width, height } = this.getBounds();
    await this.contents.page?.page.setViewportSize({ width, height }).catch(() => undefined);
  }

  getBounds(): Bounds {
    return this.state === 'maximized' || this.isFull ? (fleet.displays[0]?.workArea ?? this.bounds) : this.bounds;
  }
  getNormalBounds(): Bounds {
    return this.bounds;
  }
  setBounds(bounds: Partial<Bounds>): void {
    this.bounds = { ...this.bounds, ...bounds };
    void this.applySize();
    this.emit('move');
    this.emit('resize');
  }
  maximize(): void {
    this.change('maximized', 'maximize');
  }
  minimize(): void {
    this.change('minimized', 'minimize');
  }
  restore(): void {
    this.change('normal', 'restore');
  }
  change(state: StandInWindow['state'], event: string): void {
    this.state = state;
    void this.applySize();
    this.emit(event);
  }
  setFullScreen(on: boolean): void {
    this.isFull = on;
    void this.applySize();
    this.emit(on ? 'enter-full-screen' : 'leave-full-screen');
  }
  isMaximized = (): boolean => this.state === 'maximized';
  isMinimized = (): boolean => this.state === 'minimized';
  isFullScreen = (): boolean => this.isFull;
  isVisible = (): boolean => this.visible;
  isFocused = (): boolean => fleet.focused === this.listedSelf();
  isDestroyed = (): boolean => this.destroyed;
  isAlwaysOnTop = (): boolean => this.onTop;
  setAlwaysOnTop(on: boolean): void {
    this.onTop = on;
  }
  setOverlayIcon(): void {}
  setTitleBarOverlay(): void {}
  moveTop(): void {}
  show(): void {
    this.showInactive();
    this.focus();
  }
  showInactive(): void {
    this.visible = true;
    this.emit('show');
  }
  focus(): void {
    if (this.visible) fleet.focus(this.listedSelf());
  }
  listedSelf(): StandInWindow {
    return fleet.windows.find(({ id }) => id === this.id) ?? this;
  }
  close(): void {
    const event = new Preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }
  destroy(): void {
    if (this.destroyed) return;
    const { page } = this.contents;
    this.gone();
    void page?.page.close().catch(() => undefined);
  }
  gone(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.contents.page = null;
    fleet.removed(this.listedSelf());
    this.contents.emit('destroyed');
    this.emit('closed');
    if (fleet.windows.length === 0) pageServices.allClosed();
  }
}

// Members that the main program uses exist in Electron, and take what Electron's take.
StandInWindow.prototype satisfies Part<
  ElectronWindow,
  | 'loadURL'
  | 'getBounds'
  | 'getNormalBounds'
  | 'setBounds'
  | 'maximize'
  | 'minimize'
  | 'restore'
  | 'isMaximized'
  | 'isMinimized'
  | 'isFullScreen'
  | 'isVisible'
  | 'isFocused'
  | 'isDestroyed'
  | 'setFullScreen'
  | 'setAlwaysOnTop'
  | 'setOverlayIcon'
  | 'setTitleBarOverlay'
  | 'moveTop'
  | 'show'
  | 'showInactive'
  | 'focus'
  | 'close'
  | 'destroy'
>;
