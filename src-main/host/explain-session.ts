// All that a session's state was concluded from, as this host knows it.
import type { Problem } from '#shared/domain/problem.ts';
import { traceOf, type TraceLine } from '#shared/domain/trace.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { damagedSession, unknownSession } from '../sessions/session-record.ts';
import { getSession } from '../storage/sessions.ts';
import type { HostParts } from './host.ts';

export function explainSession(
  { sessions, known }: Pick<HostParts, 'sessions' | 'known'>,
  id: string,
): Result<TraceLine[], Problem<'session-unknown' | 'session-damaged'>> {
  return sessions.store.read((tx) => {
    const stored = getSession(tx, id);
    if (stored === null) return fail(unknownSession(id));
    if ('damaged' in stored) return fail(damagedSession(id, stored.damaged.why));
    const { agent, lifecycle } = stored.record;
    return ok([...traceOf({ session: id, agent, lifecycle }, known(tx, stored.record), sessions.now())]);
  });
}
