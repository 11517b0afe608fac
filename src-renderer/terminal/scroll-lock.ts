// Scrolling up locks the view: output goes on below, and what is being read stays where it is.
import type { ScrollMark } from '../lib/scroll-mark.ts';
import { createStore, type Readable } from '../lib/store.ts';

/** A line that keeps its identity while lines before it are dropped and lines are wrapped anew. */
export interface LineMark {
  /** Index in the buffer now; -1 when the line was dropped. */
  readonly line: number;
  dispose(): void;
}

export interface ScrollPort {
  /** Index of the first line that is shown, and of the first line of the bottom screen. */
  readonly viewport: number;
  readonly bottom: number;
  /** Full-screen programs have no history, so there is nothing to lock. */
  readonly alternate: boolean;
  mark(line: number): LineMark | null;
  textOf(line: number): string;
  scrollTo(line: number): void;
}

export type ScrollState =
  | { readonly kind: 'following' }
  /** Lines that came below since. `orMore`: so many that the first of them were dropped again. */
  | { readonly kind: 'locked'; readonly newLines: number; readonly orMore: boolean };

export interface ScrollLock {
  readonly state: Readable<ScrollState>;
  /** Something was printed or scrolled. */
  look(): void;
  /** Lines were wrapped anew: shows the line again that was on top. */
  resized(): void;
  /** What is being read, to be found again in another view of the same terminal; null while it follows the output. */
  mark(): ScrollMark | null;
  /** Shows again what was marked. False when it is not there (yet). */
  restore(mark: ScrollMark): boolean;
  /** Everything is about to be drawn again from a snapshot. Returns what to call when it was. */
  rebuilding(): () => void;
  follow(): void;
}

/** Lines by which a place in a rebuilt history is recognised. */
const fingerprint = 3;

export function createScrollLock(port: ScrollPort): ScrollLock {
  const state = createStore<ScrollState>({ kind: 'following' });
  let top: LineMark | null = null;
  let last: LineMark | null = null;
  let lines = 0;

  return {
    state,
    look,
    resized() {
      if (top === null || top.line < 0) return look();
      port.scrollTo(top.line);
      look();
    },
    mark,
    restore,
    rebuilding() {
      const marked = mark();
      if (marked === null) return () => undefined;
      unlock();
      return () => void restore(marked);
    },
    follow() {
      port.scrollTo(port.bottom);
      look();
    },
  };

  function mark(): ScrollMark | null {
    if (state.get().kind === 'following') return null;
    const text = Array.from({ length: fingerprint }, (_, index) => port.textOf(port.viewport + index));
    return { text, fromBottom: port.bottom - port.viewport };
  }

  function restore({ text, fromBottom }: ScrollMark): boolean {
    const found = find(text, port.bottom - fromBottom);
    if (found !== null) port.scrollTo(found);
    look();
    return found !== null;
  }

  function look(): void {
    if (port.alternate || port.viewport >= port.bottom) return unlock();
    if (top === null) last = port.mark(port.bottom);
    if (top?.line !== port.viewport) {
      top?.dispose();
      top = port.mark(port.viewport);
    }
    const known = last !== null && last.line >= 0;
    if (known) lines = port.bottom - (last?.line ?? 0);
    const before = state.get();
    if (before.kind === 'locked' && before.newLines === lines && before.orMore === !known) return;
    state.set({ kind: 'locked', newLines: lines, orMore: !known });
  }

  function unlock(): void {
    top?.dispose();
    last?.dispose();
    top = last = null;
    lines = 0;
    if (state.get().kind !== 'following') state.set({ kind: 'following' });
  }

  /** The nearest line at which the same text stands; null when it is in nobody's history any more. */
  function find(wanted: readonly string[], near: number): number | null {
    const matches = (line: number): boolean =>
      line >= 0 && line <= port.bottom && wanted.every((text, index) => port.textOf(line + index) === text);
    for (let distance = 0; distance <= port.bottom; distance += 1) {
      if (matches(near - distance)) return near - distance;
      if (matches(near + distance)) return near + distance;
    }
    return null;
  }
}
