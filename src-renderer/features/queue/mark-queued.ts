// Snoozed and read: done at once, and taken back by the toast that tells of it.
import type { SessionView } from '#shared/domain/session.ts';
import { snoozeEnd, type SnoozeChoice } from '#shared/domain/snooze.ts';
import type { App } from '../../state/app.ts';

export const snoozeWords: Readonly<Record<SnoozeChoice, string>> = {
  '15m': '15 minutes',
  '1h': '1 hour',
  change: 'Until it changes',
  tomorrow: 'Tomorrow at 9',
};

export async function snooze(app: App, sessions: readonly SessionView[], choice: SnoozeChoice): Promise<void> {
  const until = snoozeEnd(choice, new Date());
  const calls = sessions.map(({ id }) => app.connection.call('session.snooze', { id, until }));
  const failed = (await Promise.all(calls)).find((call) => !call.ok);
  if (failed !== undefined && !failed.ok) return app.view.toast(failed.problem.what);
  const what = sessions.length === 1 ? (sessions[0]?.name ?? '') : `${sessions.length} sessions`;
  app.view.toast(`Snoozed ${what}: ${snoozeWords[choice].toLowerCase()}`, () => void wake(app, sessions));
}

export async function wake(app: App, sessions: readonly SessionView[]): Promise<void> {
  for (const { id } of sessions) {
    const woken = await app.connection.call('session.snooze', { id, until: null });
    if (!woken.ok) app.view.toast(woken.problem.what);
  }
}

export async function markRead(app: App, session: SessionView, on: boolean): Promise<void> {
  const marked = await app.connection.call('session.read', { id: session.id, on });
  if (!marked.ok) return app.view.toast(marked.problem.what);
  if (on) app.view.toast(`Read ${session.name}`, () => void markRead(app, session, false));
}
