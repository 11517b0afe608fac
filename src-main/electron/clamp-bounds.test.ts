import { describe, expect, it, test } from 'vitest';
import { arrangementOf, clampBounds, type DisplayPlace } from './clamp-bounds.ts';
import { cascade } from './cascade.ts';

const display = (x: number, y: number, width: number, height: number, scaleFactor = 1): DisplayPlace => ({
  workArea: { x, y, width, height },
  scaleFactor,
});
const one = [display(0, 25, 1440, 875)];
const two = [display(0, 0, 1920, 1080), display(1920, -200, 2560, 1440, 2)];
const left = [display(0, 0, 1920, 1080), display(-1280, 0, 1280, 1024)];
const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

describe('a window stands', () => {
  test.each([
    ['where it stood', box(100, 100, 800, 600), one, box(100, 100, 800, 600)],
    ['on a display to the left', box(-1200, 40, 800, 600), left, box(-1200, 40, 800, 600)],
    ['across two displays that show all of it', box(1500, 100, 900, 600), two, box(1500, 100, 900, 600)],
    ['on the display that is left when its own has gone', box(2500, 100, 800, 600), one, box(640, 100, 800, 600)],
    ['below the panel, its title bar within reach', box(100, -30, 800, 600), one, box(100, 25, 800, 600)],
    ['whole, when half of it was outside', box(1200, 600, 800, 600), one, box(640, 300, 800, 600)],
    ['smaller on a smaller display', box(0, 0, 3000, 2000), one, box(0, 25, 1440, 875)],
    ['with a size of use', box(10, 30, 20, 20), one, box(10, 30, 480, 320)],
    ['inside a display smaller than that', box(0, 0, 800, 600), [display(0, 0, 320, 240)], box(0, 0, 320, 240)],
    ['as it is when no display is known', box(9000, 9000, 800, 600), [], box(9000, 9000, 800, 600)],
  ])('%s', (_, wanted, displays, expected) => {
    expect(clampBounds(wanted, displays)).toEqual(expected);
  });

  it('inside one display wherever it stood, if displays show not all of it', () => {
    for (let x = -4000; x <= 5000; x += 370) {
      for (let y = -2000; y <= 2600; y += 290) {
        const at = clampBounds(box(x, y, 1280, 820), two);
        const shown = two.some(
          ({ workArea: area }) =>
            at.x >= area.x &&
            at.y >= area.y &&
            at.x + at.width <= area.x + area.width &&
            at.y + at.height <= area.y + area.height,
        );
        expect(shown || (at.x === x && at.y === y)).toBe(true);
      }
    }
  });
});

test('an arrangement has one name, whatever the order of its displays', () => {
  expect(arrangementOf(two)).toBe(arrangementOf(two.toReversed()));
  expect(arrangementOf(two)).not.toBe(arrangementOf(left));
});

describe('a new window', () => {
  it('stands in the middle of the primary display', () => {
    expect(cascade({ kind: 'main', after: null, taken: [], displays: two })).toEqual(box(320, 130, 1280, 820));
  });

  it('stands beside the one that was used last, with its size', () => {
    const bounds = box(100, 100, 900, 700);
    expect(cascade({ kind: 'main', after: { kind: 'main', bounds }, taken: [bounds], displays: two })).toEqual(
      box(132, 132, 900, 700),
    );
  });

  it('never stands exactly on another one while there is room', () => {
    const taken = [box(320, 130, 1280, 820)];
    for (let count = 0; count < 20; count += 1) {
      const last = taken.at(-1) ?? box(0, 0, 1, 1);
      taken.push(cascade({ kind: 'main', after: { kind: 'main', bounds: last }, taken, displays: two }));
    }
    expect(new Set(taken.map(({ x, y }) => `${x},${y}`)).size).toBe(taken.length);
  });
});
