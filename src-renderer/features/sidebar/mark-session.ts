// Pin, archive, mute: done at once, and taken back by the toast that tells of it.
import { isMuted } from '#shared/domain/mute.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { isEnded } from '../../state/sidebar-rows.ts';
import type { useApp } from '../app-context.tsx';

type App = ReturnType<typeof useApp>;

export async function togglePin(app: App, session: SessionView): Promise<void> {
  const { id, name, pinned } = session;
  const done = await app.connection.call('session.pin', { id, on: !pinned });
  if (!done.ok) app.view.toast(done.problem.what);
  // That it is on top now can be seen.
  else if (pinned) app.view.toast(`Unpinned ${name}`, () => void togglePin(app, { ...session, pinned: false }));
}

export async function toggleArchive(app: App, session: SessionView): Promise<void> {
  const { id, name, archived } = session;
  const done = await app.connection.call('session.archive', { id, on: !archived });
  if (!done.ok) return app.view.toast(done.problem.what);
  if (archived) return;
  const goesOn = isEnded(session) ? '' : '; its agent runs on';
  app.view.toast(`Archived ${name}${goesOn}`, () => void toggleArchive(app, { ...session, archived: true }));
}

/** @param now milliseconds since the epoch */
export async function toggleMute(app: App, session: SessionView, now: number): Promise<void> {
  const { id, name, muted } = session;
  const mute = isMuted(muted, now) ? null : { until: null };
  const done = await app.connection.call('session.mute', { id, mute });
  if (!done.ok) return app.view.toast(done.problem.what);
  app.view.toast(
    mute === null ? `Unmuted ${name}` : `Muted ${name}: nobody is notified of it`,
    () => void app.connection.call('session.mute', { id, mute: muted }),
  );
}
