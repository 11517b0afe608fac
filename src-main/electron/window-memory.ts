// Remembers the windows and where they stand, on these displays and on others.
import { arrangementOf, clampBounds, type DisplayPlace } from './clamp-bounds.ts';
import type { Bounds } from '#shared/domain/window.ts';
import type { AppWindow } from './app-window.ts';
import { cascade } from './cascade.ts';
import { placeOn, type KeptWindow, type WindowStateFile } from './window-state.ts';

export interface WindowMemoryParts {
  readonly file: WindowStateFile;
  /** The primary display first. */
  readonly displays: () => readonly DisplayPlace[];
  /** The window that was used last comes last. */
  readonly open: () => readonly AppWindow[];
}

/** Milliseconds for which windows and displays must have stood still before places are taken over. */
const settle = 400;

export class WindowMemory {
  readonly #parts: WindowMemoryParts;
  #arrangement: string;
  #closed: KeptWindow | null;
  #toldOfClosing: boolean;
  #isFrozen = false;
  #saved = '';
  #saving: NodeJS.Timeout | undefined;
  #settling: NodeJS.Timeout | undefined;

  constructor(parts: WindowMemoryParts) {
    this.#parts = parts;
    this.#arrangement = arrangementOf(parts.displays());
    this.#closed = parts.file.state.closed;
    this.#toldOfClosing = parts.file.state.toldOfClosing;
  }

  /** The main window that was closed last; null when none ever was. */
  get closed(): KeptWindow | null {
    return this.#closed;
  }

  /** Where the window stood on these displays, or as near as can be to where it stood on others. */
  boundsFor(kept: KeptWindow): Bounds {
    const displays = this.#parts.displays();
    const place = placeOn(kept, this.#arrangement) ?? kept.places.at(-1)?.bounds;
    if (place !== undefined) return clampBounds(place, displays);
    const others = this.#parts.open().map(({ view, browserWindow }) => ({
      kind: view.kind,
      bounds: browserWindow.getNormalBounds(),
    }));
    return cascade({
      kind: kept.kind,
      after: others.at(-1) ?? null,
      taken: others.map(({ bounds }) => bounds),
      displays,
    });
  }

  closing(window: AppWindow): void {
    if (!this.#isFrozen) this.#capture([window]);
  }

  /** Says whether the person is to be told that the app goes on without windows: once ever. */
  gone({ kept }: AppWindow): boolean {
    if (this.#isFrozen) return false;
    if (kept.kind === 'main') this.#closed = kept;
    this.changed();
    if (this.#toldOfClosing || this.#parts.open().length > 0) return false;
    this.#toldOfClosing = true;
    return true;
  }

  /** Written down once windows stand still. */
  changed(): void {
    if (this.#isFrozen) return;
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#save(), settle);
  }

  /** Windows go to where they stood on these displays, and none stays where nobody sees it. */
  displaysChanged(): void {
    if (this.#isFrozen) return;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#arrange(), settle);
  }

  /** From here on windows only go away, and the next run opens what is open now. */
  freeze(): void {
    if (this.#isFrozen) return;
    this.#save();
    this.#isFrozen = true;
    clearTimeout(this.#settling);
  }

  #arrange(): void {
    const displays = this.#parts.displays();
    const arrangement = arrangementOf(displays);
    if (arrangement === this.#arrangement) return;
    this.#arrangement = arrangement;
    for (const { kept, browserWindow } of this.#parts.open()) {
      const wanted = clampBounds(placeOn(kept, arrangement) ?? browserWindow.getNormalBounds(), displays);
      if (!browserWindow.isMaximized() && !browserWindow.isFullScreen()) browserWindow.setBounds(wanted);
    }
    this.changed();
  }

  #capture(windows: readonly AppWindow[]): void {
    // While displays come and go the system moves windows by itself: those are nobody's places.
    if (arrangementOf(this.#parts.displays()) !== this.#arrangement) return;
    for (const window of windows) window.capture(this.#arrangement);
  }

  #save(): void {
    clearTimeout(this.#saving);
    this.#capture(this.#parts.open());
    const windows = this.#parts.open().map(({ kept }) => kept);
    const state = { version: 1, windows, closed: this.#closed, toldOfClosing: this.#toldOfClosing } as const;
    const text = JSON.stringify(state);
    if (text !== this.#saved) this.#parts.file.save(state);
    this.#saved = text;
  }
}
