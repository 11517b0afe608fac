// Where a window stands that never stood anywhere.
import type { Bounds, WindowView } from '#shared/domain/window.ts';
import { clampBounds, nearest, type DisplayPlace } from './clamp-bounds.ts';

const sizes: Readonly<Record<WindowView['kind'], { readonly width: number; readonly height: number }>> = {
  main: { width: 1280, height: 820 },
  session: { width: 820, height: 560 },
};
/** About the height of a title bar, so that the one below stays within reach. */
const step = 32;

/**
 * In the middle of the primary display, or down and right of the window that was used last, and never exactly on one of
 * `taken`. A main window takes the size of the last main one.
 */
export function cascade({
  kind,
  after,
  taken,
  displays,
}: {
  readonly kind: WindowView['kind'];
  readonly after: { readonly kind: WindowView['kind']; readonly bounds: Bounds } | null;
  readonly taken: readonly Bounds[];
  readonly displays: readonly DisplayPlace[];
}): Bounds {
  const size = after?.kind === kind ? { width: after.bounds.width, height: after.bounds.height } : sizes[kind];
  const first =
    after === null ? middle(size, displays) : { ...size, x: after.bounds.x + step, y: after.bounds.y + step };
  const area = nearest(first, displays);
  if (area === null) return first;
  // One that would leave the display begins anew at its corner; after that many the display is full anyway.
  for (let tries = 0, place = first; tries <= taken.length; tries += 1) {
    const clamped = clampBounds(place, displays);
    const stands =
      clamped.x === place.x && clamped.y === place.y
        ? clamped
        : clampBounds({ ...size, ...corner(area, tries) }, displays);
    if (!taken.some(({ x, y }) => x === stands.x && y === stands.y)) return stands;
    place = { ...stands, x: stands.x + step, y: stands.y + step };
  }
  return clampBounds(first, displays);
}

const corner = ({ x, y }: Bounds, tries: number): { x: number; y: number } => ({
  x: x + step * tries,
  y: y + step * tries,
});

function middle(size: { readonly width: number; readonly height: number }, displays: readonly DisplayPlace[]): Bounds {
  const area = displays[0]?.workArea ?? { x: 0, y: 0, ...size };
  return {
    ...size,
    x: area.x + Math.max(0, Math.round((area.width - size.width) / 2)),
    y: area.y + Math.max(0, Math.round((area.height - size.height) / 2)),
  };
}
