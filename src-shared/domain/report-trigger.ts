// What an agent's own reports, or their absence, ask for. Source: system.md 5.5.
import type { ReportState } from './fact.ts';
import type { SessionReactionKey } from './reaction.ts';

/** Milliseconds after its start without any report, and after its last one. */
const [acknowledgesWithin, reportsWithin] = [10 * 60_000, 30 * 60_000];

/** Whoever reported one of these is not expected to report again by itself. */
const waits: ReadonlySet<ReportState> = new Set(['waiting', 'needs_input', 'ready_for_review', 'completed']);

export interface LastReport {
  readonly id: string;
  readonly at: number;
  readonly state: ReportState;
}

export interface ReportTrigger {
  readonly key: Extract<SessionReactionKey, `report-${string}`>;
  readonly occasion: string;
  readonly what: string;
}

/** At most one at a time; null: none. @param startedAt when the agent was started last */
export function reportTrigger(startedAt: number, report: LastReport | null, now: number): ReportTrigger | null {
  if (report === null || report.at < startedAt) {
    const what = 'It has not reported since it was started.';
    return now - startedAt < acknowledgesWithin
      ? null
      : { key: 'report-no-acknowledge', occasion: String(startedAt), what };
  }
  if (report.state === 'needs_input')
    return { key: 'report-needs-input', occasion: report.id, what: 'It reported that it needs input.' };
  if (waits.has(report.state) || now - report.at < reportsWithin) return null;
  return { key: 'report-stale', occasion: report.id, what: 'Its last report is older than half an hour.' };
}
