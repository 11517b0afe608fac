// Takes what an agent says of itself, or refuses it; both are kept.
import type { Caller } from '#shared/domain/caller.ts';
import type { ReportState } from '#shared/domain/fact.ts';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import { fittingLine } from '#shared/domain/plain-line.ts';
import type { Problem } from '#shared/domain/problem.ts';
import {
  readReportedPullRequest,
  withReportedPullRequest,
  type ReportedPullRequest,
} from '#shared/domain/reported-pull-request.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { Status } from '#shared/domain/status.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { redact } from '../lib/log.ts';
import { insertReport, noteAfter } from '../storage/reports.ts';
import { getSession, updateSession } from '../storage/sessions.ts';
import type { ReadTransaction } from '../storage/store.ts';
import type { SessionDependencies } from './dependencies.ts';
import { damagedSession, unknownSession } from './session-record.ts';

type ReportProblem = Problem<'session-unknown' | 'session-damaged' | 'report-refused'>;

export interface SaidOfItself {
  readonly id: string;
  readonly state: ReportState;
  readonly note: string | null;
  readonly source: 'report' | 'acknowledge';
  /** Both null: it names none. */
  readonly pullRequest: ReportedPullRequest;
}

interface Around {
  readonly caller: Caller;
  /** The status of the session as it is seen in this transaction. */
  readonly statusOf: (tx: ReadTransaction) => Status;
}

interface Reported {
  readonly before: Status;
  readonly after: Status;
}

/** UTF-16 units, as the contract takes them. */
const longestNote = 500;

export async function reportSession(
  { store, newId }: Pick<SessionDependencies, 'store' | 'newId'>,
  { id, state, note, source, pullRequest }: SaidOfItself,
  { caller, statusOf }: Around,
): Promise<Result<Reported, ReportProblem>> {
  return store.write('session: report', (tx) => {
    const stored = getSession(tx, id);
    if (stored === null) return fail(unknownSession(id));
    if ('damaged' in stored) return fail(damagedSession(id, stored.damaged.why));
    const { record, rev } = stored;
    const named = readReportedPullRequest(state, pullRequest);
    const refusal = refusalOf(record) ?? (named.ok ? null : named.problem);
    const actor = caller.kind === 'session' ? caller.session : 'person';
    const said = note === null ? null : fittingLine(redact(note, 0) as string, longestNote);
    const [report, before] = [newId(), statusOf(tx)];
    insertReport(tx, {
      ...{ id: report, session: id, terminal: record.terminal, at: tx.now, actor, state, note: said },
      ...{ refusal, source, before, pullRequest: named.ok ? named.value : pullRequest },
    });
    if (refusal !== null) return fail(refused(id, refusal));
    const given = named.ok ? named.value : null;
    const lifecycle = withReportedPullRequest(record.lifecycle, { state, given, now: tx.now });
    if (lifecycle !== record.lifecycle) updateSession(tx, id, rev, { ...record, lifecycle }, 'report');
    const after = statusOf(tx);
    noteAfter(tx, report, after);
    return ok({ before, after });
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
