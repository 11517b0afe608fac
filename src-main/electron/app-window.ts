// One window: what it shows, where it stands, and what waits for its page.
import type { BrowserWindow } from 'electron';
import type { Choice } from '#shared/contract/shell-contract.ts';
import type { Bounds, WindowLayout, WindowView } from '#shared/domain/window.ts';
import type { Log } from '../lib/log.ts';
import type { Ask } from './ask.ts';
import { Choices } from './choices.ts';
import { recoverPage } from './window-recovery.ts';
import { withPlace, type KeptWindow } from './window-state.ts';

/** What Electron does for a window; given by the main program. */
export interface WindowMaker {
  create(options: {
    readonly bounds: Bounds;
    readonly kind: WindowView['kind'];
    readonly alwaysOnTop: boolean;
  }): BrowserWindow;
  /** `place` is a fragment like `#/session/api-7`. Never rejects. */
  load(window: BrowserWindow, place: string): Promise<void>;
  /** Brings the app itself in front of others: on macOS its windows don't take it along. */
  activate(): void;
  readonly ask: Ask;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface WindowEvents {
  /** Who has the focus, what is in sight, or what others see of this window. */
  changed(): void;
  /** Where it stands or how it is arranged. */
  moved(): void;
  focused(): void;
  revealed(): void;
  /** It still stands, for the last time. */
  closing(): void;
  closed(): void;
  /** The person's session with the system ends (Windows). */
  sessionEnding(): void;
}

/** Milliseconds after which a page that did not draw is shown as it is, so that something is on the screen. */
const drawsWithin = 5_000;

export class AppWindow {
  readonly browserWindow: BrowserWindow;
  readonly choices = new Choices();
  #kept: KeptWindow;
  #restored = false;
  /** Session in sight, as the page tells. */
  #shown: string | null = null;
  #isRevealed = false;
  #wantsFocus: boolean;
  readonly #maker: WindowMaker;
  readonly #events: WindowEvents;

  constructor(
    kept: KeptWindow,
    { bounds, focus, maker, events }: { bounds: Bounds; focus: boolean; maker: WindowMaker; events: WindowEvents },
  ) {
    this.#kept = kept;
    this.#wantsFocus = focus;
    this.#maker = maker;
    this.#events = events;
    this.browserWindow = maker.create({ bounds, kind: kept.kind, alwaysOnTop: kept.alwaysOnTop });
    this.#listen();
    this.#load();
    const timer = setTimeout(() => this.#reveal(), drawsWithin);
    this.browserWindow.once('ready-to-show', () => this.#reveal());
    this.browserWindow.once('closed', () => clearTimeout(timer));
  }

  get view(): WindowView {
    const { id, alwaysOnTop } = this.#kept;
    if (this.#kept.kind === 'main') return { id, alwaysOnTop, kind: 'main' };
    return { id, alwaysOnTop, kind: 'session', session: this.#kept.session };
  }

  get kept(): KeptWindow {
    return this.#kept;
  }

  /** True once after its page was made anew because it died: a later reload by the person is none. */
  takeRestored(): boolean {
    const restored = this.#restored;
    this.#restored = false;
    return restored;
  }

  get isFocused(): boolean {
    const window = this.browserWindow;
    return this.#isRevealed && window.isFocused() && window.isVisible() && !window.isMinimized();
  }

  shows(session: string): boolean {
    return this.#shown === session;
  }

  setShown(session: string | null): void {
    if (this.#shown === session) return;
    this.#shown = session;
    this.#events.changed();
  }

  setLayout(layout: WindowLayout): void {
    this.#kept = { ...this.#kept, layout };
    this.#events.moved();
  }

  setAlwaysOnTop(on: boolean): void {
    this.browserWindow.setAlwaysOnTop(on);
    this.#kept = { ...this.#kept, alwaysOnTop: on };
    this.#events.changed();
    this.#events.moved();
  }

  choose(choice: Choice): void {
    this.choices.push(choice);
  }

  /** Only because a person wants to see it. */
  focus(): void {
    this.#wantsFocus = true;
    this.#maker.activate();
    if (!this.#isRevealed) return;
    const window = this.browserWindow;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** Above the other windows, without taking the focus. */
  raise(): void {
    if (this.#isRevealed) this.browserWindow.moveTop();
  }

  /** Writes down where it stands on these displays. */
  capture(displays: string): void {
    const window = this.browserWindow;
    if (window.isDestroyed() || window.isMinimized()) return;
    const { x, y, width, height } = window.getNormalBounds();
    const places = withPlace(this.#kept.places, displays, { x, y, width, height });
    const size = window.isFullScreen() ? 'full-screen' : window.isMaximized() ? 'maximized' : 'normal';
    // Before it is shown it has not taken its size yet.
    this.#kept = { ...this.#kept, places, ...(this.#isRevealed ? { size } : {}) };
  }

  close(): void {
    this.browserWindow.close();
  }

  #listen(): void {
    const window = this.browserWindow;
    const { changed, moved, focused, closing, closed, sessionEnding } = this.#events;
    for (const event of ['focus', 'blur', 'show', 'hide', 'minimize', 'restore'] as const)
      window.on(event as 'focus', changed);
    for (const event of ['move', 'resize', 'maximize', 'unmaximize', 'enter-full-screen', 'leave-full-screen'] as const)
      window.on(event as 'move', moved);
    window.on('focus', focused);
    window.on('session-end', sessionEnding);
    window.on('close', closing);
    window.on('closed', closed);
    const { ask, log, now } = this.#maker;
    const load = (): void => {
      this.#restored = true;
      this.#load();
    };
    recoverPage({ window, load, ask, log, now });
  }

  #load(): void {
    this.#shown = null;
    void this.#maker.load(this.browserWindow, this.#place());
  }

  #place(): string {
    if (this.#kept.kind === 'session') return `#/session/${this.#kept.session}`;
    return this.#kept.layout?.place ?? '#/';
  }

  #reveal(): void {
    const window = this.browserWindow;
    if (this.#isRevealed || window.isDestroyed()) return;
    this.#isRevealed = true;
    if (this.#kept.size === 'maximized') window.maximize();
    if (this.#wantsFocus) window.show();
    else window.showInactive();
    if (this.#kept.size === 'full-screen') window.setFullScreen(true);
    this.#events.revealed();
  }
}
