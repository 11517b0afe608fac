// What facts of its pull request mean for a session. Pure. What could not be read changes nothing.
import type { Lifecycle } from './lifecycle.ts';
import type { PullRequestFacts } from './pull-request-facts.ts';

type PullRequest = Lifecycle['pullRequest'];

/** First match wins, as in a poll of the reference. */
export function reasonOf(facts: PullRequestFacts): PullRequest['reason'] {
  const { pullRequest, ci, checks, decision, blockers } = facts;
  if (pullRequest.state === 'merged') return 'merged';
  if (pullRequest.state === 'closed') return 'closed_unmerged';
  // Checks that could not be read keep it from being merged, and are nobody's to mend.
  if (ci === 'failing' && checks.length > 0) return 'ci_failing';
  if (decision === 'changes_requested') return 'changes_requested';
  if (blockers.length === 0) return 'merge_ready';
  if (decision === 'approved') return 'approved';
  return decision === 'pending' && !pullRequest.draft ? 'review_pending' : 'in_progress';
}

/** The same object when nothing is new: the session goes on as it was. Facts of another pull request than its own are not its affair. */
export function withPullRequestFacts(lifecycle: Lifecycle, facts: PullRequestFacts, now: number): Lifecycle {
  const { pullRequest: own, session } = lifecycle;
  const { number, url, state } = facts.pullRequest;
  // What is merged stays merged, whatever is told later.
  if (own.number !== number || own.state === 'merged' || own.state === 'none') return lifecycle;
  const reason = facts.checksRead || state !== 'open' ? reasonOf(facts) : own.reason;
  if (own.state === state && own.reason === reason) return lifecycle;
  const isDone = state === 'merged' && restsAt.has(session.state);
  return {
    ...lifecycle,
    session: isDone ? { ...session, state: 'idle', reason: 'merged_waiting_decision', lastTransitionAt: now } : session,
    pullRequest: { state, reason, number, url: url === '' ? own.url : url, lastObservedAt: now },
  };
}

/** Of one whose pull request is merged nothing more is decided, so that it must not stay at a question for ever. */
const restsAt = new Set<Lifecycle['session']['state']>(['working', 'idle', 'needs_input', 'stuck']);
