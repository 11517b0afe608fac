import { describe, expect, it } from 'vitest';
import { createScrollLock, type LineMark, type ScrollPort } from './scroll-lock.ts';

/** A history of lines, with a window of ten on it, that drops its oldest lines at a limit. */
function fakeBuffer(limit = 1000) {
  const height = 10;
  let lines: string[] = [];
  let viewport = 0;
  const marks = new Set<{ line: number; dispose: () => void }>();
  const bottom = () => Math.max(0, lines.length - height);
  const port: ScrollPort & { alternate: boolean } = {
    get viewport() {
      return viewport;
    },
    get bottom() {
      return bottom();
    },
    alternate: false,
    mark(line): LineMark {
      const mark = { line, dispose: () => void marks.delete(mark) };
      marks.add(mark);
      return mark;
    },
    textOf: (line) => lines[line] ?? '',
    scrollTo: (line) => {
      viewport = Math.max(0, Math.min(bottom(), line));
    },
  };
  return {
    port,
    scrollTo: (line: number) => (viewport = line),
    /** As the emulator does: a view at the bottom follows, another stays on its lines. */
    print(...added: string[]) {
      for (const line of added) {
        const follows = viewport === bottom();
        lines.push(line);
        if (lines.length > limit) {
          lines.shift();
          if (!follows) viewport = Math.max(0, viewport - 1);
          for (const mark of marks) mark.line -= 1;
        }
        if (follows) viewport = bottom();
      }
    },
    replace(next: string[]) {
      lines = next;
      viewport = bottom();
    },
    shift(by: number) {
      lines = [...Array.from({ length: by }, () => 'wrapped'), ...lines];
      for (const mark of marks) mark.line += by;
      viewport = bottom();
    },
    marks,
  };
}

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`);

function lockedAt(line: number, limit?: number) {
  const buffer = fakeBuffer(limit);
  buffer.print(...numbered(0, 99));
  const lock = createScrollLock(buffer.port);
  buffer.scrollTo(line);
  lock.look();
  return { buffer, lock };
}

describe('the scroll lock', () => {
  it('follows until somebody scrolls up', () => {
    const buffer = fakeBuffer();
    const lock = createScrollLock(buffer.port);
    buffer.print(...numbered(0, 50));
    lock.look();
    expect(lock.state.get()).toEqual({ kind: 'following' });
  });

  it('counts the lines that came below', () => {
    const { buffer, lock } = lockedAt(20);
    const before = lock.state.get();
    buffer.print(...numbered(100, 223));
    lock.look();
    expect([before, lock.state.get(), buffer.port.textOf(buffer.port.viewport)]).toEqual([
      { kind: 'locked', newLines: 0, orMore: false },
      { kind: 'locked', newLines: 124, orMore: false },
      'line 20',
    ]);
  });

  it('goes on counting when old lines are dropped, and says when the count is a lower bound', () => {
    const { buffer, lock } = lockedAt(20, 150);
    buffer.print(...numbered(100, 199));
    lock.look();
    const first = lock.state.get();
    buffer.print(...numbered(200, 499));
    lock.look();
    expect([first, lock.state.get()]).toEqual([
      { kind: 'locked', newLines: 100, orMore: false },
      { kind: 'locked', newLines: 100, orMore: true },
    ]);
  });

  it('ends at the bottom, in full-screen programs, and on demand; nothing is left marked', () => {
    const { buffer, lock } = lockedAt(20);
    buffer.scrollTo(buffer.port.bottom);
    lock.look();
    const atBottom = lock.state.get().kind;
    buffer.scrollTo(5);
    lock.look();
    buffer.port.alternate = true;
    lock.look();
    const fullScreen = lock.state.get().kind;
    buffer.port.alternate = false;
    lock.look();
    lock.follow();
    expect([atBottom, fullScreen, lock.state.get().kind, buffer.marks.size]).toEqual([
      'following',
      'following',
      'following',
      0,
    ]);
  });

  it('shows the same line on top after lines were wrapped anew', () => {
    const { buffer, lock } = lockedAt(20);
    buffer.shift(7);
    lock.resized();
    expect([buffer.port.textOf(buffer.port.viewport), lock.state.get().kind]).toEqual(['line 20', 'locked']);
  });

  it('finds its place again in a history that was drawn anew', () => {
    const { buffer, lock } = lockedAt(60);
    const rebuilt = lock.rebuilding();
    buffer.replace(numbered(40, 130));
    rebuilt();
    expect([buffer.port.textOf(buffer.port.viewport), lock.state.get().kind]).toEqual(['line 60', 'locked']);
  });

  it('follows when its place is in nobody’s history any more', () => {
    const { buffer, lock } = lockedAt(10);
    const rebuilt = lock.rebuilding();
    buffer.replace(numbered(400, 450));
    rebuilt();
    expect(lock.state.get()).toEqual({ kind: 'following' });
  });
});
