// The one transaction of a claim: the pull request's new session and those that had it, together.
import { isTerminal, withPullRequest, withoutPullRequest } from '#shared/domain/lifecycle.ts';
import type { PullRequest } from '#shared/domain/pull-request.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CheckedOut } from '../../plugins/code-hosts/code-host.ts';
import { getSession, listSessions, updateSession } from '../../storage/sessions.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { unknownSession } from '../session-record.ts';
import { endedMeanwhile, type ClaimProblem } from './claim-refusals.ts';

interface Claim {
  readonly pullRequest: PullRequest;
  readonly checkedOut: CheckedOut;
}

/** Ids of the sessions that gave it up. */
export async function takeOver(
  { store, now }: Pick<SessionDependencies, 'store' | 'now'>,
  id: string,
  claim: Claim,
): Promise<Result<readonly string[], ClaimProblem>> {
  return store.write('claim pull request', (tx) => {
    const stored = getSession(tx, id);
    if (stored === null || 'damaged' in stored) return fail(unknownSession(id));
    if (isTerminal(stored.record.lifecycle)) return fail(endedMeanwhile(id, claim.checkedOut.branch));
    const rivals = listSessions(tx).sessions.filter(({ record }) => isRival(record, stored.record, claim));
    for (const { record, rev } of rivals) updateSession(tx, record.id, rev, displaced(record, now()));
    updateSession(tx, id, stored.rev, claimed(stored.record, claim, now()));
    return ok(rivals.map(({ record }) => record.id));
  });
}

/** Other workers of the project that have this pull request, or would find it again by their branch. */
const isRival = (other: SessionRecord, claimant: SessionRecord, { pullRequest, checkedOut }: Claim): boolean =>
  other.id !== claimant.id &&
  other.kind === 'worker' &&
  other.project === claimant.project &&
  (other.lifecycle.pullRequest.url === pullRequest.url ||
    (other.pullRequestAutoDetect && other.workspace?.branch === checkedOut.branch));

const displaced = (record: SessionRecord, now: number): SessionRecord => ({
  ...record,
  pullRequestAutoDetect: false,
  lifecycle: withoutPullRequest(record.lifecycle, now),
});

/** The branch that the session was made with stays in the repository; the new one is not its own to delete. */
function claimed(record: SessionRecord, { pullRequest, checkedOut }: Claim, now: number): SessionRecord {
  const { workspace } = record;
  const { branch, commit } = checkedOut;
  return {
    ...record,
    pullRequestAutoDetect: true,
    workspace:
      workspace === null || workspace.branch === branch
        ? workspace
        : { ...workspace, branch, baseCommit: commit, branchCreated: false },
    lifecycle: withPullRequest(record.lifecycle, pullRequest, now),
  };
}
