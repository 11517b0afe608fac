// Where a window may stand, whatever became of the displays since it stood there. Device-independent pixels.
import type { Bounds } from '#shared/domain/window.ts';

/** What is used of Electron's. */
export interface DisplayPlace {
  /** Without the panels and docks of the system. */
  readonly workArea: Bounds;
  readonly scaleFactor: number;
}

/** Below this a window shows nothing of use; a smaller display still counts. */
const smallest = { width: 480, height: 320 };

/**
 * The bounds themselves while displays show all of them, also when they span two; else the nearest place and size that one
 * display shows whole, its title bar therefore too. The displays are the primary one first, never none.
 */
export function clampBounds(bounds: Bounds, displays: readonly DisplayPlace[]): Bounds {
  const wanted = {
    ...bounds,
    width: Math.max(bounds.width, smallest.width),
    height: Math.max(bounds.height, smallest.height),
  };
  const shown = displays.reduce((sum, { workArea }) => sum + overlap(wanted, workArea), 0);
  const area = nearest(wanted, displays);
  if (area === null || shown >= wanted.width * wanted.height) return wanted;
  const width = Math.min(wanted.width, area.width);
  const height = Math.min(wanted.height, area.height);
  return {
    x: between(wanted.x, area.x, area.x + area.width - width),
    y: between(wanted.y, area.y, area.y + area.height - height),
    width,
    height,
  };
}

/** The work area that shows most of it, else the one whose middle is nearest to its middle. */
export function nearest(bounds: Bounds, displays: readonly DisplayPlace[]): Bounds | null {
  const areas = displays.map(({ workArea }) => workArea);
  const [best] = areas.toSorted(
    (a, b) => overlap(bounds, b) - overlap(bounds, a) || distance(bounds, a) - distance(bounds, b),
  );
  return best ?? null;
}

/** Names an arrangement of displays: the same text for the same ones in any order. */
export const arrangementOf = (displays: readonly DisplayPlace[]): string =>
  displays
    .map(({ workArea: { x, y, width, height }, scaleFactor }) => `${x},${y} ${width}x${height} @${scaleFactor}`)
    .toSorted()
    .join('; ')
    .slice(0, 1000);

function overlap(a: Bounds, b: Bounds): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

const distance = (a: Bounds, b: Bounds): number =>
  Math.hypot(a.x + a.width / 2 - (b.x + b.width / 2), a.y + a.height / 2 - (b.y + b.height / 2));

const between = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
