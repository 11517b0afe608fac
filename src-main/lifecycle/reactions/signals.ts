// What of a session triggers reactions now, from its record, the facts of its pull request and its last report. Pure.
import { createHash } from 'node:crypto';
import { isCoordinator } from '#shared/domain/coordinator.ts';
import { isOver } from '#shared/domain/lifecycle.ts';
import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import { sessionReactionKeys, type RuleInForce, type SessionReactionKey } from '#shared/domain/reaction.ts';
import type { Signal } from '#shared/domain/react.ts';
import { reportTrigger, type LastReport } from '#shared/domain/report-trigger.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { screenStateOf } from '#shared/domain/status.ts';
import { botThreads, changeReviews, failedChecks, humanThreads } from './pull-request-parts.ts';

export interface Seen {
  readonly record: SessionRecord;
  /** Of its pull request; null: nothing has been read of it. */
  readonly facts: PullRequestFacts | null;
  readonly report: LastReport | null;
  readonly rule: (key: SessionReactionKey) => RuleInForce | null;
  readonly now: number;
}

export type Signals = Readonly<Record<SessionReactionKey, Signal>>;

const off: Signal = { kind: 'off' };
const unknown = (why: string): Signal => ({ kind: 'unknown', why });
/** Milliseconds between two looks at comments: whoever reviews writes several. */
const reviewsGatherFor = 2 * 60_000;

/** One that leads others, and one that somebody stopped, triggers nothing. */
export function signalsOf(seen: Seen): Signals {
  const { kind, lifecycle, stoppedBy } = seen.record;
  if (isCoordinator(kind) || (isOver(lifecycle) && stoppedBy !== null)) return each(() => off);
  if (lifecycle.session.state === 'not_started') return each(() => unknown('Its agent is being started.'));
  return { ...ofPullRequest(seen), ...ofAgent(seen), ...ofReports(seen) };
}

const each = (signal: (key: SessionReactionKey) => Signal): Signals =>
  Object.fromEntries(sessionReactionKeys.map((key) => [key, signal(key)])) as Record<SessionReactionKey, Signal>;

type OfPullRequest =
  | 'pr-closed'
  | 'ci-failed'
  | 'changes-requested'
  | 'bugbot-comments'
  | 'merge-conflicts'
  | 'approved-and-green';

function ofPullRequest({ record, facts }: Seen): Pick<Signals, OfPullRequest> {
  const { state, reason, number } = record.lifecycle.pullRequest;
  const occasion = `#${number ?? '?'}`;
  const none = {
    'ci-failed': off,
    'changes-requested': off,
    'bugbot-comments': off,
    'merge-conflicts': off,
    'approved-and-green': off,
  };
  if (state !== 'open') {
    const isClosed = state === 'closed' && !isOver(record.lifecycle);
    return {
      ...none,
      'pr-closed': isClosed
        ? { kind: 'on', occasion, what: `Pull request ${occasion} was closed without being merged.` }
        : off,
    };
  }
  return {
    'pr-closed': off,
    ...ofFacts(facts !== null && facts.pullRequest.number === number ? facts : null),
    'approved-and-green':
      reason === 'merge_ready' ? { kind: 'on', occasion, what: `Pull request ${occasion} can be merged.` } : off,
  };
}

type OfFacts = 'ci-failed' | 'changes-requested' | 'bugbot-comments' | 'merge-conflicts';

/** Nothing is done upon what may not be so any more. */
function ofFacts(facts: PullRequestFacts | null): Pick<Signals, OfFacts> {
  const why =
    facts === null
      ? 'Nothing has been read of its pull request yet.'
      : facts.stale === null
        ? null
        : `Its pull request could not be read again: ${facts.stale.why}`;
  if (facts === null || why !== null) {
    const signal = unknown(why ?? '');
    return { 'ci-failed': signal, 'changes-requested': signal, 'bugbot-comments': signal, 'merge-conflicts': signal };
  }
  return {
    'ci-failed': ofChecks(facts),
    'changes-requested': ofReviews(facts),
    'bugbot-comments': ofBots(facts),
    'merge-conflicts': ofConflicts(facts),
  };
}

function ofChecks(facts: PullRequestFacts): Signal {
  if (facts.ci !== 'failing')
    return { kind: 'off', remembers: { greenAt: facts.ci === 'passing' ? facts.readAt : null } };
  const failed = failedChecks(facts).map(({ name }) => name);
  if (failed.length === 0) return unknown('Its checks could not be read.');
  const what = failed.length === 1 ? 'A check fails.' : `${failed.length} checks fail.`;
  return { kind: 'on', occasion: digest([facts.commit, ...failed.toSorted()]), what };
}

function ofReviews(facts: PullRequestFacts): Signal {
  const threads = humanThreads(facts);
  const asked = facts.decision === 'changes_requested';
  if (!asked && threads.length === 0) return off;
  const ids = [...threads.flatMap(commentIds), ...changeReviews(facts).map(({ id }) => id)];
  const what = asked
    ? 'Changes are requested.'
    : threads.length === 1
      ? 'A review thread is open.'
      : `${threads.length} review threads are open.`;
  return { kind: 'on', occasion: digest(ids.toSorted()), what, phase: facts.decision, gathersFor: reviewsGatherFor };
}

function ofBots(facts: PullRequestFacts): Signal {
  const threads = botThreads(facts);
  if (threads.length === 0) return off;
  const what = threads.length === 1 ? 'A bot commented.' : `Bots opened ${threads.length} threads.`;
  return { kind: 'on', occasion: digest(threads.flatMap(commentIds).toSorted()), what, gathersFor: reviewsGatherFor };
}

const commentIds = ({ comments }: PullRequestFacts['threads'][number]): readonly string[] =>
  comments.map(({ id }) => id);

function ofConflicts({ conflicts, base, commit }: PullRequestFacts): Signal {
  if (conflicts === 'unknown') return unknown('Whether it conflicts is not known yet.');
  return conflicts === 'no'
    ? off
    : { kind: 'on', occasion: digest([base, commit]), what: `It conflicts with ${base}.` };
}

function ofAgent({
  record,
  rule,
  now,
}: Seen): Pick<Signals, 'agent-idle' | 'agent-stuck' | 'agent-needs-input' | 'agent-exited'> {
  const { state, reason, lastTransitionAt } = record.lifecycle.session;
  const on = (what: string): Signal => ({ kind: 'on', occasion: String(lastTransitionAt), what });
  const screen = screenStateOf(record.lifecycle, record.exit);
  const rested = now - lastTransitionAt >= (rule('agent-idle')?.thresholdMs ?? 0);
  const isIdle = state === 'idle' && rested && reason !== 'research_complete' && reason !== 'awaiting_external_review';
  return {
    'agent-idle': isIdle ? on('It rests, and its work is not said to be done.') : off,
    'agent-stuck': state === 'stuck' ? on('It does not get on by itself.') : off,
    'agent-needs-input': state === 'needs_input' ? on('It waits for an answer.') : off,
    'agent-exited': screen === 'crashed' || screen === 'lost' ? on('It is gone, and nobody stopped it.') : off,
  };
}

function ofReports({
  record,
  report,
  now,
}: Seen): Pick<Signals, 'report-no-acknowledge' | 'report-stale' | 'report-needs-input'> {
  const { createdAt, restoredAt, lifecycle } = record;
  const lives = !isOver(lifecycle) && lifecycle.pullRequest.state !== 'merged';
  const trigger = lives ? reportTrigger(restoredAt ?? createdAt, report, now) : null;
  const of = (key: SessionReactionKey): Signal =>
    trigger?.key === key ? { kind: 'on', occasion: trigger.occasion, what: trigger.what } : off;
  return {
    'report-no-acknowledge': of('report-no-acknowledge'),
    'report-stale': of('report-stale'),
    'report-needs-input': of('report-needs-input'),
  };
}

/** Of what others wrote, short and in the same form. */
const digest = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
