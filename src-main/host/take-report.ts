// Takes an agent's report, and says from which status to which it led.
import type { Caller } from '#shared/domain/caller.ts';
import { reportSession, type SaidOfItself } from '../sessions/report.ts';
import type { HostParts } from './host.ts';
import { findSessionView } from './session-views.ts';

export async function takeReport(
  parts: Pick<HostParts, 'sessions' | 'watch' | 'known' | 'configuration'>,
  said: SaidOfItself,
  caller: Caller,
): ReturnType<typeof reportSession> {
  // A command has not looked yet at what its terminal tells.
  await parts.watch.refresh();
  const statusOf: Parameters<typeof reportSession>[2]['statusOf'] = (tx) =>
    findSessionView(parts, tx, said.id)?.status ?? 'terminated';
  return reportSession(parts.sessions, said, { caller, statusOf });
}
