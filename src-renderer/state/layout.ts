// The layout of this browser. Losing it costs nothing, so it may live in the browser's own store.
import type { View } from './view.ts';

type Layout = Pick<View, 'sidebar' | 'inspector' | 'closedProjects'>;
const key = 'athene.layout';

export function rememberLayout(
  storage: Pick<Storage, 'setItem'>,
  { sidebar, inspector, closedProjects }: Layout,
): void {
  try {
    storage.setItem(key, JSON.stringify({ sidebar, inspector, closedProjects: [...closedProjects] }));
  } catch {
    // Storage full or forbidden: the layout starts afresh next time, and nothing else depends on it.
  }
}

export function rememberedLayout(storage: Pick<Storage, 'getItem'>): Partial<Layout> {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    const { sidebar, inspector, closedProjects } = kept as Record<string, unknown>;
    return {
      ...(sidebar === 'open' || sidebar === 'rail' ? { sidebar } : {}),
      ...(typeof inspector === 'boolean' ? { inspector } : {}),
      ...(Array.isArray(closedProjects)
        ? { closedProjects: new Set(closedProjects.filter((id) => typeof id === 'string')) }
        : {}),
    };
  } catch {
    // Written by somebody else, or storage forbidden: as if nothing had been kept.
    return {};
  }
}
