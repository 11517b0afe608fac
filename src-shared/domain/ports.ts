// A block of ports for each session, so that the servers of several worktrees can run side by side. Pure.
import { z } from 'zod';

/** Below are ports that only the system's own services may open. */
const [lowest, highest] = [1024, 65_535];

export const portBaseSchema = z.int().min(lowest).max(60_000);
export const portCountSchema = z.int().min(1).max(100);
export const portBlockSchema = z.strictObject({ base: z.int().min(lowest).max(highest), count: portCountSchema });
/** `count` ports from `base` on. */
export type PortBlock = z.infer<typeof portBlockSchema>;

export const overlap = (a: PortBlock, b: PortBlock): boolean => a.base < b.base + b.count && b.base < a.base + a.count;

/** The blocks of this size from `first` on that meet none of `taken`, lowest first. */
export function* freeBlocks(first: PortBlock, taken: readonly PortBlock[]): Generator<PortBlock> {
  const { count } = first;
  const blockOf = (port: number): number => Math.floor((port - first.base) / count);
  const met = new Set<number>();
  for (const other of taken) {
    for (let index = blockOf(other.base); index <= blockOf(other.base + other.count - 1); index += 1) met.add(index);
  }
  for (let { base } = first; base + count - 1 <= highest; base += count) {
    if (!met.has(blockOf(base))) yield { base, count };
  }
}

/** `ATHENE_PORT` itself is the app's own. */
export const portVariables = ({ base, count }: PortBlock): Record<string, string> => ({
  ATHENE_PORT_BASE: String(base),
  ATHENE_PORT_COUNT: String(count),
  ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`ATHENE_PORT_${index}`, String(base + index)])),
});

export const portsText = ({ base, count }: PortBlock): string =>
  count === 1 ? String(base) : `${base}–${base + count - 1}`;
