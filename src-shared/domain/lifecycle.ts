// What a session, its runtime and its pull request are known to be; the words are those of the record, not the screen.
import { z } from 'zod';
import { timestampSchema } from './identifier.ts';

export const sessionKindSchema = z.enum(['worker', 'orchestrator', 'meta-orchestrator']);
export type SessionKind = z.infer<typeof sessionKindSchema>;

const sessionStates = [
  'not_started',
  'working',
  'idle',
  'needs_input',
  'stuck',
  'detecting',
  'done',
  'terminated',
] as const;
const sessionReasons = [
  'spawn_requested',
  'agent_acknowledged',
  'task_in_progress',
  'pr_created',
  'pr_closed_waiting_decision',
  'fixing_ci',
  'resolving_review_comments',
  'awaiting_user_input',
  'awaiting_external_review',
  'research_complete',
  'merged_waiting_decision',
  'manually_killed',
  'pr_merged',
  'auto_cleanup',
  'runtime_lost',
  'agent_process_exited',
  'probe_failure',
  'error_in_process',
] as const;
const pullRequestStates = ['none', 'open', 'merged', 'closed'] as const;
const pullRequestReasons = [
  'not_created',
  'in_progress',
  'ci_failing',
  'review_pending',
  'changes_requested',
  'approved',
  'merge_ready',
  'merged',
  'closed_unmerged',
  'cleared_on_restore',
] as const;
const runtimeStates = ['unknown', 'alive', 'exited', 'missing', 'probe_failed'] as const;
const runtimeReasons = [
  'spawn_incomplete',
  'process_running',
  'process_missing',
  'tmux_missing',
  'manual_kill_requested',
  'pr_merged_cleanup',
  'auto_cleanup',
  'probe_error',
] as const;

export const lifecycleSchema = z.strictObject({
  session: z.strictObject({
    state: z.enum(sessionStates),
    reason: z.enum(sessionReasons),
    startedAt: timestampSchema.nullable(),
    completedAt: timestampSchema.nullable(),
    terminatedAt: timestampSchema.nullable(),
    lastTransitionAt: timestampSchema,
  }),
  pullRequest: z.strictObject({
    state: z.enum(pullRequestStates),
    reason: z.enum(pullRequestReasons),
    number: z.int().positive().nullable(),
    url: z.string().max(2000).nullable(),
    lastObservedAt: timestampSchema.nullable(),
  }),
  runtime: z.strictObject({
    state: z.enum(runtimeStates),
    reason: z.enum(runtimeReasons),
    lastObservedAt: timestampSchema.nullable(),
  }),
});
export type Lifecycle = z.infer<typeof lifecycleSchema>;

export const initialLifecycle = (now: number): Lifecycle => ({
  session: {
    state: 'not_started',
    reason: 'spawn_requested',
    startedAt: null,
    completedAt: null,
    terminatedAt: null,
    lastTransitionAt: now,
  },
  pullRequest: { state: 'none', reason: 'not_created', number: null, url: null, lastObservedAt: null },
  runtime: { state: 'unknown', reason: 'spawn_incomplete', lastObservedAt: null },
});

/** The agent's terminal was created and its process runs. */
export const withRuntimeStarted = (lifecycle: Lifecycle, now: number): Lifecycle => ({
  ...lifecycle,
  session: {
    ...lifecycle.session,
    state: 'working',
    reason: 'task_in_progress',
    startedAt: lifecycle.session.startedAt ?? now,
    completedAt: null,
    terminatedAt: null,
    lastTransitionAt: now,
  },
  runtime: { state: 'alive', reason: 'process_running', lastObservedAt: now },
});

/** What was concluded of one that lives. The same object when nothing is new. */
export const withDecision = (
  lifecycle: Lifecycle,
  { state, reason, since }: Pick<Lifecycle['session'], 'state' | 'reason'> & { readonly since: number },
): Lifecycle =>
  lifecycle.session.state === state && lifecycle.session.reason === reason
    ? lifecycle
    : { ...lifecycle, session: { ...lifecycle.session, state, reason, lastTransitionAt: since } };

/** Written before its processes are ended, so that whoever sees them go knows why. */
export const withKillRequested = (lifecycle: Lifecycle): Lifecycle => ({
  ...lifecycle,
  runtime: { ...lifecycle.runtime, reason: 'manual_kill_requested' },
});

/** Somebody asked for the end of the session, or it has come. */
export const isStopWanted = (lifecycle: Lifecycle): boolean =>
  isSpawnTerminal(lifecycle) || lifecycle.runtime.reason === 'manual_kill_requested';

/** The request could not be carried out. */
export const withKillWithdrawn = (lifecycle: Lifecycle): Lifecycle => ({
  ...lifecycle,
  runtime: { ...lifecycle.runtime, reason: reasonWithout(lifecycle.runtime.state) },
});

function reasonWithout(state: Lifecycle['runtime']['state']): Lifecycle['runtime']['reason'] {
  if (state === 'alive') return 'process_running';
  return state === 'unknown' ? 'spawn_incomplete' : 'probe_error';
}

/** The agent's process ended, seen twice: its exit status and its absence. By itself, unless somebody had asked for it. */
export const withAgentExited = (lifecycle: Lifecycle, now: number): Lifecycle =>
  lifecycle.runtime.reason === 'manual_kill_requested'
    ? withKilled(lifecycle, now)
    : {
        ...withTerminated(lifecycle, 'agent_process_exited', now),
        runtime: { state: 'exited', reason: 'process_missing', lastObservedAt: now },
      };

/** It was taken for lost, and it lives: a late report is believed. */
export const withRuntimeFound = (lifecycle: Lifecycle, now: number): Lifecycle =>
  lifecycle.session.state === 'detecting' || isEscalated(lifecycle) ? withRuntimeStarted(lifecycle, now) : lifecycle;

/** A person was asked to look at it. */
export const isEscalated = ({ session }: Lifecycle): boolean =>
  session.state === 'stuck' && session.reason === 'probe_failure';

/** What is known of it does not fit together: a person has to look. Not an ending, and never taken for one. */
export const withEscalated = (lifecycle: Lifecycle, now: number): Lifecycle => ({
  ...lifecycle,
  session: { ...lifecycle.session, state: 'stuck', reason: 'probe_failure', lastTransitionAt: now },
  runtime: { state: 'probe_failed', reason: 'probe_error', lastObservedAt: now },
});

/** Nobody saw its process end, and it is gone by two proofs. By itself, unless somebody had asked for it. */
export const withAgentVanished = (lifecycle: Lifecycle, now: number): Lifecycle =>
  lifecycle.runtime.reason === 'manual_kill_requested'
    ? withKilled(lifecycle, now)
    : {
        ...withTerminated(lifecycle, 'runtime_lost', now),
        runtime: { state: 'missing', reason: 'process_missing', lastObservedAt: now },
      };

/** Somebody asked for the end of the session, and its processes are gone. */
export const withKilled = (lifecycle: Lifecycle, now: number): Lifecycle => ({
  ...withTerminated(lifecycle, 'manually_killed', now),
  runtime: {
    state: lifecycle.runtime.state === 'unknown' ? 'exited' : 'missing',
    reason: 'manual_kill_requested',
    lastObservedAt: now,
  },
});

/** Its pull request is merged, and its processes were ended. */
export const withEndedForMerge = (lifecycle: Lifecycle, now: number): Lifecycle => ({
  ...withTerminated(lifecycle, 'pr_merged', now),
  runtime: { state: 'missing', reason: 'pr_merged_cleanup', lastObservedAt: now },
});

/**
 * The session has opened a pull request. One that is open or merged stays the one on record: a session may have several, and the record
 * shows the first.
 */
export const withPullRequestOpened = (
  lifecycle: Lifecycle,
  { number, url }: { readonly number: number; readonly url: string },
  now: number,
): Lifecycle =>
  lifecycle.pullRequest.state === 'open' || lifecycle.pullRequest.state === 'merged'
    ? lifecycle
    : { ...lifecycle, pullRequest: { state: 'open', reason: 'in_progress', number, url, lastObservedAt: now } };

/** The runtime no longer knows the session: not an ending, only a question. */
export const withRuntimeLost = (lifecycle: Lifecycle, now: number): Lifecycle =>
  lifecycle.session.state === 'detecting' || isSpawnTerminal(lifecycle)
    ? lifecycle
    : {
        ...lifecycle,
        session: { ...lifecycle.session, state: 'detecting', reason: 'runtime_lost', lastTransitionAt: now },
        runtime: { state: 'missing', reason: 'process_missing', lastObservedAt: now },
      };

function withTerminated(
  lifecycle: Lifecycle,
  reason: 'agent_process_exited' | 'manually_killed' | 'runtime_lost' | 'pr_merged',
  now: number,
): Lifecycle {
  return {
    ...lifecycle,
    session: { ...lifecycle.session, state: 'terminated', reason, terminatedAt: now, lastTransitionAt: now },
  };
}

/** The session has an open pull request from now on; a state of the work on an earlier one is over. */
export const withPullRequest = (
  lifecycle: Lifecycle,
  { number, url }: { readonly number: number; readonly url: string },
  now: number,
): Lifecycle => ({
  ...workingAgain(lifecycle, now),
  pullRequest: { state: 'open', reason: 'in_progress', number, url, lastObservedAt: now },
});

/** Another session has its pull request now. */
export const withoutPullRequest = (lifecycle: Lifecycle, now: number): Lifecycle => ({
  ...workingAgain(lifecycle, now),
  pullRequest: { state: 'none', reason: 'not_created', number: null, url: null, lastObservedAt: now },
});

/** What a session that lives is at, when it is at its pull request. */
const atPullRequest = new Set<Lifecycle['session']['reason']>([
  'pr_created',
  'fixing_ci',
  'resolving_review_comments',
  'awaiting_external_review',
  'pr_closed_waiting_decision',
]);

function workingAgain(lifecycle: Lifecycle, now: number): Lifecycle {
  const { session, pullRequest } = lifecycle;
  const lives = session.state === 'working' || session.state === 'idle';
  if (!lives || (pullRequest.state !== 'open' && !atPullRequest.has(session.reason))) return lifecycle;
  return { ...lifecycle, session: { ...session, state: 'working', reason: 'task_in_progress', lastTransitionAt: now } };
}

/** Ended for claims: the issue is free again. Narrower than {@link isTerminal}: a lost runtime still owns its issue. */
export const isSpawnTerminal = ({ session, pullRequest }: Lifecycle): boolean =>
  session.state === 'done' || session.state === 'terminated' || pullRequest.state === 'merged';

/** Its agent is gone for good, by what was seen: narrower than both others, since with a merged pull request it may still work. */
export const isOver = ({ session }: Lifecycle): boolean => session.state === 'done' || session.state === 'terminated';

/** Ended for everything else: nothing runs that could be typed at. */
export const isTerminal = (lifecycle: Lifecycle): boolean =>
  isSpawnTerminal(lifecycle) || lifecycle.runtime.state === 'missing' || lifecycle.runtime.state === 'exited';
