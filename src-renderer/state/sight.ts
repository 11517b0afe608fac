// Which session's terminal this window shows to somebody, so that nobody is notified of what they see.
import { createStore, type Readable } from '../lib/store.ts';
import type { View } from './view.ts';
import { sessionInSight, type Windows } from './windows.ts';

export type SightPage = Pick<Document, 'hidden' | 'hasFocus' | 'addEventListener'> & {
  readonly defaultView: Pick<Window, 'addEventListener'> | null;
};

/** @param needsFocus whether a window in the background counts as seen by nobody; the desktop app knows that by itself */
export function watchSight({
  view,
  windows,
  needsFocus,
  page = document,
}: {
  readonly view: Readable<View>;
  readonly windows: Pick<Windows, 'self' | 'all'>;
  readonly needsFocus: boolean;
  readonly page?: SightPage;
}): Readable<string | null> {
  const look = (): string | null =>
    sessionInSight({
      view: view.get(),
      self: windows.self.get(),
      all: windows.all.get(),
      hidden: page.hidden || (needsFocus && !page.hasFocus()),
    });
  const sight = createStore(look());
  const update = (): void => sight.set(look());
  for (const store of [view, windows.self, windows.all]) store.subscribe(update);
  page.addEventListener('visibilitychange', update);
  for (const event of ['focus', 'blur']) page.defaultView?.addEventListener(event, update);
  return sight;
}
