// Takes what an agent says of itself, or refuses it; both are kept.
import type { Caller } from '#shared/domain/caller.ts';
import type { ReportState } from '#shared/domain/fact.ts';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import { fittingLine } from '#shared/domain/plain-line.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { redact } from '../lib/log.ts';
import { insertReport } from '../storage/reports.ts';
import { getSession } from '../storage/sessions.ts';
import type { SessionDependencies } from './dependencies.ts';
import { damagedSession, unknownSession } from './session-record.ts';

type ReportProblem = Problem<'session-unknown' | 'session-damaged' | 'report-refused'>;

export interface SaidOfItself {
  readonly id: string;
  readonly state: ReportState;
  readonly note: string | null;
}

/** UTF-16 units, as the contract takes them. */
const longestNote = 500;

export async function reportSession(
  { store, newId }: Pick<SessionDependencies, 'store' | 'newId'>,
  { id, state, note }: SaidOfItself,
  caller: Caller,
): Promise<Result<null, ReportProblem>> {
  return store.write('session: report', (tx) => {
    const stored = getSession(tx, id);
    if (stored === null) return fail(unknownSession(id));
    if ('damaged' in stored) return fail(damagedSession(id, stored.damaged.why));
    const refusal = refusalOf(stored.record);
    const actor = caller.kind === 'session' ? caller.session : 'person';
    const { terminal } = stored.record;
    const said = note === null ? null : fittingLine(redact(note, 0) as string, longestNote);
    insertReport(tx, { id: newId(), session: id, terminal, at: tx.now, actor, state, note: said, refusal });
    return refusal === null ? ok(null) : fail(refused(id, refusal));
  });
}

/** Null: it counts. Source: system.md 5.4. */
function refusalOf({ kind, lifecycle }: SessionRecord): string | null {
  if (kind !== 'worker') return 'it leads others, and reports to nobody';
  if (lifecycle.pullRequest.state === 'merged' || lifecycle.pullRequest.state === 'closed')
    return `its pull request is ${lifecycle.pullRequest.state}`;
  return isTerminal(lifecycle) ? 'it has ended' : null;
}

const refused = (id: string, why: string): ReportProblem => ({
  code: 'report-refused',
  what: `${id} can't report: ${why}.`,
  kept: 'The report was kept, and changes nothing.',
});
