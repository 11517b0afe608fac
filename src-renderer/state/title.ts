// The title of the window or tab: how many wait, what is shown, and that it is Athene.
import { fleetOf } from '#shared/domain/attention.ts';
import type { App } from './app.ts';
import type { Place } from './view.ts';
import { placeIn } from './windows.ts';

/** `(3) rate-limit – Athene`; no number while nobody waits, and no name on the queue. */
export const titleOf = (name: string | null, waiting: number): string =>
  `${waiting === 0 ? '' : `(${waiting}) `}${name === null ? '' : `${name} – `}Athene`;

/** Returns the way to stop. */
export function keepTitle(app: App, page: Pick<Document, 'title'> = document): () => void {
  const write = (): void => {
    const place = placeIn(app.windows.self.get(), app.view.get());
    const title = titleOf(nameOf(place, app), fleetOf(app.sessions.get() ?? [], app.clock.get()).waiting.length);
    if (page.title !== title) page.title = title;
  };
  const stops = [app.view, app.sessions, app.spawns, app.windows.self, app.clock].map((store) =>
    store.subscribe(write),
  );
  write();
  return () => {
    for (const stop of stops) stop();
  };
}

function nameOf(place: Place, { sessions, spawns }: Pick<App, 'sessions' | 'spawns'>): string | null {
  switch (place.kind) {
    case 'home':
      return null;
    case 'session':
      return sessions.get()?.find(({ id }) => id === place.id)?.name ?? place.id;
    case 'spawn':
      return spawns.get()?.find(({ request }) => request === place.request)?.name ?? 'New session';
    case 'welcome':
      return 'Welcome';
    case 'settings':
      return 'Settings';
  }
}
