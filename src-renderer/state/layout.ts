// How this window stands, kept over its end: by the desktop app for each of its windows, in a browser by the browser.
import { windowLayoutSchema, type WindowLayout } from '#shared/domain/window.ts';
import type { Readable } from '../lib/store.ts';
import { placeFromHash, placeToHash, type View } from './view.ts';

const key = 'athene.layout';
/** Milliseconds after a change. */
const pause = 300;

type Arranged = Pick<View, 'place' | 'sidebar' | 'inspector' | 'closedProjects' | 'conversations'>;

export const layoutOf = ({ place, sidebar, inspector, closedProjects, conversations }: Arranged): WindowLayout => ({
  place: placeToHash(place),
  sidebar,
  inspector,
  closedProjects: [...closedProjects].slice(0, 500),
  conversations: [...conversations].slice(-500),
});

export const arranged = ({ place, sidebar, inspector, closedProjects, conversations }: WindowLayout): Arranged => ({
  place: placeFromHash(place),
  sidebar,
  inspector,
  closedProjects: new Set(closedProjects),
  conversations: new Set(conversations),
});

/** Saves what changes, a moment later and at the latest when the page goes. Returns the way to stop. */
export function keepLayout({
  view,
  save,
  page = window,
}: {
  readonly view: Readable<View>;
  readonly save: (layout: WindowLayout) => void;
  readonly page?: Pick<Window, 'addEventListener' | 'removeEventListener'>;
}): () => void {
  let saved = JSON.stringify(layoutOf(view.get()));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    const layout = layoutOf(view.get());
    const text = JSON.stringify(layout);
    if (text === saved) return;
    saved = text;
    save(layout);
  };
  const unsubscribe = view.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(flush, pause);
  });
  page.addEventListener('pagehide', flush);
  return () => {
    flush();
    unsubscribe();
    page.removeEventListener('pagehide', flush);
  };
}

/** In a browser the address holds the place. Losing the rest costs nothing, so the browser's own store may have it. */
export function rememberLayout(storage: Pick<Storage, 'setItem'>, layout: WindowLayout): void {
  try {
    storage.setItem(key, JSON.stringify(layout));
  } catch {
    // Storage full or forbidden: the layout starts afresh next time, and nothing else depends on it.
  }
}

export function rememberedLayout(storage: Pick<Storage, 'getItem'>): Partial<Omit<Arranged, 'place'>> {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? 'null');
    const layout = windowLayoutSchema.safeParse(kept);
    if (!layout.success) return {};
    const { place: _, ...rest } = arranged(layout.data);
    return rest;
  } catch {
    // Written by somebody else, or storage forbidden: as if nothing had been kept.
    return {};
  }
}
