// All windows of the app: opened, found, restored, and kept from one run to the next.
import { basename } from 'node:path';
import type { Choice } from '#shared/contract/shell-contract.ts';
import type { CommandName } from '#shared/domain/key-map.ts';
import type { WindowView } from '#shared/domain/window.ts';
import { Emitter } from '#shared/lib/emitter.ts';
import { AppWindow, type WindowMaker } from './app-window.ts';
import type { DisplayPlace } from './clamp-bounds.ts';
import type { DesktopWindows } from './desktop.ts';
import { WindowMemory } from './window-memory.ts';
import type { KeptWindow, WindowStateFile } from './window-state.ts';

export interface WindowsParts {
  readonly maker: WindowMaker;
  readonly file: WindowStateFile;
  /** The primary display first. */
  readonly displays: () => readonly DisplayPlace[];
  /** Makes a UUIDv7. */
  readonly newId: () => string;
  /** The first window shows. */
  readonly opened: () => void;
  /** The last window was closed for the first time ever: the person is told what goes on. */
  readonly explainClosing: () => void;
  readonly sessionEnding: () => void;
}

/** A page that opens windows without end is stopped here. */
const most = 60;
/** What is worth a window when there is none. */
const opening: ReadonlySet<CommandName> = new Set(['new-session', 'next-attention', 'settings', 'home']);

type Wish = Choice extends infer Each ? (Each extends Choice ? Omit<Each, 'id'> : never) : never;

export class Windows implements DesktopWindows {
  readonly #parts: WindowsParts;
  /** The one that was used last comes last. */
  #open: readonly AppWindow[] = [];
  readonly #changes = new Emitter<void>();
  readonly #memory: WindowMemory;
  #hasOpened = false;

  constructor(parts: WindowsParts) {
    this.#parts = parts;
    this.#memory = new WindowMemory({ file: parts.file, displays: parts.displays, open: () => this.#open });
  }

  get views(): readonly WindowView[] {
    return this.#open.map(({ view }) => view).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  onChange(listener: () => void): () => void {
    return this.#changes.on(listener);
  }

  /** The windows of the last run, the last used one in front; one window when there were none. */
  restore(isKnown: (session: string) => boolean): void {
    const { state, putAside } = this.#parts.file;
    const kept = state.windows.filter((one) => one.kind === 'main' || isKnown(one.session));
    if (!kept.some(({ kind }) => kind === 'main')) this.#openMain({ focus: kept.length === 0 });
    for (const [index, one] of kept.entries()) this.#show(one, { focus: index === kept.length - 1 });
    if (putAside !== null) this.tell(`The list of windows could not be read. It is kept as ${basename(putAside)}.`);
  }

  open(): void {
    this.#openMain();
  }

  focus(): void {
    (this.#open.at(-1) ?? this.#openMain()).focus();
  }

  focusWindow(id: string): void {
    this.find(id)?.focus();
  }

  show(session: string): void {
    const own = this.#ownWindow(session);
    if (own !== undefined) own.focus();
    else this.#inMain({ kind: 'show', session });
  }

  command(command: CommandName): void {
    const window = this.#open.find(({ isFocused }) => isFocused) ?? this.#open.at(-1);
    if (window !== undefined) {
      window.focus();
      this.#choose(window, { kind: 'command', command });
    } else if (command === 'new-window') this.open();
    else if (opening.has(command)) this.#inMain({ kind: 'command', command });
  }

  isInSight(session: string): boolean {
    return this.#open.some((window) => window.isFocused && window.shows(session));
  }

  find(id: string): AppWindow | undefined {
    return this.#open.find(({ view }) => view.id === id);
  }

  /** The window whose page has this number among all pages. */
  withPage(contents: number): AppWindow | null {
    return this.#open.find(({ browserWindow }) => browserWindow.webContents.id === contents) ?? null;
  }

  /** The session must exist. */
  popOut(session: string): void {
    const own = this.#ownWindow(session);
    if (own !== undefined) return own.focus();
    if (this.#isFull()) return;
    this.#show({ ...this.#newWindow(), kind: 'session', session }, { focus: true });
  }

  bringBack(session: string): void {
    const own = this.#ownWindow(session);
    this.#inMain({ kind: 'show', session });
    own?.close();
  }

  runInMain(command: CommandName): void {
    this.#inMain({ kind: 'command', command });
  }

  /** One line for the window that was used last. */
  tell(text: string): void {
    const window = this.#open.at(-1);
    if (window !== undefined) this.#choose(window, { kind: 'tell', text: text.slice(0, 300) });
  }

  /** Displays came, went or changed. */
  displaysChanged(): void {
    this.#memory.displaysChanged();
  }

  /** The windows that are open now are those of the next run, whatever closes from here on. */
  freeze(): void {
    this.#memory.freeze();
  }

  #ownWindow(session: string): AppWindow | undefined {
    return this.#open.find(({ view }) => view.kind === 'session' && view.session === session);
  }

  #inMain(wish: Wish): void {
    const window = this.#open.findLast(({ view }) => view.kind === 'main') ?? this.#openMain();
    window.focus();
    this.#choose(window, wish);
  }

  #choose(window: AppWindow, wish: Wish): void {
    window.choose({ ...wish, id: this.#parts.newId() });
  }

  /** Without another main window it takes the place of the one that was closed last. */
  #openMain({ focus } = { focus: true }): AppWindow {
    const main = this.#open.findLast(({ view }) => view.kind === 'main');
    if (main !== undefined && this.#isFull()) return main;
    const closed = main === undefined ? this.#memory.closed : null;
    const kept = closed ?? { ...this.#newWindow(), kind: 'main' as const };
    return this.#show(kept, { focus });
  }

  #isFull(): boolean {
    return this.#open.length >= most;
  }

  #newWindow(): Omit<KeptWindow, 'kind' | 'session'> {
    return { id: this.#parts.newId(), places: [], size: 'normal', alwaysOnTop: false, layout: null };
  }

  #show(kept: KeptWindow, { focus }: { readonly focus: boolean }): AppWindow {
    const window: AppWindow = new AppWindow(kept, {
      bounds: this.#memory.boundsFor(kept),
      focus,
      maker: this.#parts.maker,
      events: {
        changed: () => this.#changed(),
        moved: () => this.#memory.changed(),
        focused: () => this.#used(window),
        revealed: () => this.#revealed(),
        closing: () => this.#memory.closing(window),
        closed: () => this.#gone(window),
        sessionEnding: () => this.#parts.sessionEnding(),
      },
    });
    this.#open = [...this.#open, window];
    this.#changed();
    this.#memory.changed();
    return window;
  }

  #revealed(): void {
    // Others that were drawn later must not cover the one that was used last.
    const front = this.#open.at(-1);
    if (this.#open.length > 1) front?.raise();
    if (this.#hasOpened) return;
    this.#hasOpened = true;
    this.#parts.opened();
  }

  #used(window: AppWindow): void {
    if (this.#open.at(-1) === window || !this.#open.includes(window)) return;
    this.#open = [...this.#open.filter((one) => one !== window), window];
    this.#memory.changed();
  }

  #gone(window: AppWindow): void {
    this.#open = this.#open.filter((one) => one !== window);
    if (this.#memory.gone(window)) this.#parts.explainClosing();
    this.#changed();
  }

  #changed(): void {
    this.#changes.emit();
  }
}
