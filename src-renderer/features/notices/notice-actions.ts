// What can be done with notices, and taken back.
import type { App } from '../../state/app.ts';

/** Their sessions are not touched. */
export async function clearNotices(app: App, ids: readonly string[]): Promise<void> {
  const done = await app.connection.call('notice.clear', { ids: [...ids], on: true });
  if (!done.ok) return app.view.toast(done.problem.what);
  const what = ids.length === 1 ? 'a notice' : `${ids.length} notices`;
  app.view.toast(`Cleared ${what}`, () => void app.connection.call('notice.clear', { ids: [...ids], on: false }));
}

export async function readNotices(app: App, ids: readonly string[]): Promise<void> {
  const done = await app.connection.call('notice.read', { ids: [...ids], on: true });
  if (!done.ok) app.view.toast(done.problem.what);
}
