// The pull request that an agent names in a report. It opens the record of one; what a code host tells of it comes before and after that.
import { z } from 'zod';
import type { ReportState } from './fact.ts';
import type { Lifecycle } from './lifecycle.ts';
import { fail, ok, type Result } from '../lib/result.ts';

export const reportedPullRequestSchema = z.strictObject({
  number: z.int().positive().nullable(),
  url: z.string().max(2000).nullable(),
});
export type ReportedPullRequest = z.infer<typeof reportedPullRequestSchema>;

const aboutOne: ReadonlySet<ReportState> = new Set(['pr_created', 'draft_pr_created', 'ready_for_review']);

/** Null: the report names none. The failure is a sentence. */
export function readReportedPullRequest(
  state: ReportState,
  { number, url }: ReportedPullRequest,
): Result<ReportedPullRequest | null, string> {
  if (number === null && url === null) return ok(null);
  if (!aboutOne.has(state)) return fail(`only ${[...aboutOne].join(', ')} name a pull request`);
  if (url === null) return ok({ number, url });
  const named = numberIn(url);
  if (named === null) return fail(`${JSON.stringify(url)} is no address of a pull request`);
  if (number !== null && number !== named) return fail(`the address names ${named}, and not ${number}`);
  return ok({ number: named, url });
}

/** Of GitHub, GitLab and those that are like them; any host. */
function numberIn(url: string): number | null {
  const found = /^https:\/\/[^\s/?#@]+\/\S+\/(?:pull|pulls|merge_requests)\/([1-9]\d{0,8})(?:[/?#]\S*)?$/.exec(
    url,
  )?.[1];
  return found === undefined ? null : Number(found);
}

/** Source: system.md 5.4. Only where it is known which one it is; the same object when nothing is new. */
export function withReportedPullRequest(
  lifecycle: Lifecycle,
  {
    state,
    given,
    now,
  }: { readonly state: ReportState; readonly given: ReportedPullRequest | null; readonly now: number },
): Lifecycle {
  if (!aboutOne.has(state)) return lifecycle;
  const before = lifecycle.pullRequest;
  const number = given?.number ?? before.number;
  const url = given === null || (given.url === null && given.number === before.number) ? before.url : given.url;
  if (number === null && url === null) return lifecycle;
  const reason = state === 'ready_for_review' ? 'review_pending' : 'in_progress';
  const same = before.state === 'open' && before.number === number && before.url === url;
  // What the code host told of it says more than that it exists.
  if (same && (state !== 'ready_for_review' || before.reason !== 'in_progress')) return lifecycle;
  return { ...lifecycle, pullRequest: { state: 'open', reason, number, url, lastObservedAt: now } };
}
