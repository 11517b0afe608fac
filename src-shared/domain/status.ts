// The one table between the record, the command's 18 status words, and the state words of the screen.
import { z } from 'zod';
import { assertNever } from '../lib/assert-never.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { TerminalExit } from './terminal.ts';

export const statusSchema = z.enum([
  'spawning',
  'working',
  'detecting',
  'pr_open',
  'ci_failed',
  'review_pending',
  'changes_requested',
  'approved',
  'mergeable',
  'merged',
  'cleanup',
  'needs_input',
  'stuck',
  'errored',
  'killed',
  'idle',
  'done',
  'terminated',
]);
/** The word that the command prints. */
export type Status = z.infer<typeof statusSchema>;

export const screenStateSchema = z.enum([
  'starting',
  'working',
  'idle',
  'asks-permission',
  'asks-you',
  'stuck',
  'pr-open',
  'review-pending',
  'ci-running',
  'ci-failing',
  'changes-requested',
  'conflict',
  'ready-to-land',
  'landing',
  'merged',
  'done',
  'stopped',
  'crashed',
  'lost',
  'paused',
  'removing',
  'unknown',
]);
/** The one headline state that a session shows on screen. */
export type ScreenState = z.infer<typeof screenStateSchema>;

export function statusOf({ session, pullRequest }: Lifecycle): Status {
  switch (session.state) {
    case 'not_started':
      return 'spawning';
    case 'needs_input':
    case 'stuck':
    case 'done':
    case 'detecting':
      return session.state;
    case 'terminated':
      return terminatedStatus(session.reason);
    case 'working':
    case 'idle':
      return pullRequestStatus(pullRequest) ?? session.state;
    default:
      return assertNever(session.state);
  }
}

function terminatedStatus(reason: Lifecycle['session']['reason']): Status {
  if (reason === 'manually_killed' || reason === 'runtime_lost') return 'killed';
  if (reason === 'auto_cleanup' || reason === 'pr_merged') return 'cleanup';
  if (reason === 'error_in_process' || reason === 'probe_failure') return 'errored';
  return 'terminated';
}

function pullRequestStatus({ state, reason }: Lifecycle['pullRequest']): Status | null {
  if (state === 'merged') return 'merged';
  if (state !== 'open') return null;
  if (reason === 'ci_failing') return 'ci_failed';
  if (reason === 'merge_ready') return 'mergeable';
  if (reason === 'changes_requested' || reason === 'review_pending' || reason === 'approved') return reason;
  return 'pr_open';
}

/** @param exit how its process ended, which only the screen tells apart */
export function screenStateOf(lifecycle: Lifecycle, exit: Pick<TerminalExit, 'code' | 'signal'> | null): ScreenState {
  const status = statusOf(lifecycle);
  switch (status) {
    case 'spawning':
      return 'starting';
    case 'working':
    case 'idle':
    case 'stuck':
    case 'merged':
    case 'done':
      return status;
    case 'detecting':
      return lifecycle.session.reason === 'runtime_lost' ? 'lost' : 'unknown';
    case 'needs_input':
      return 'asks-you';
    case 'pr_open':
      return 'pr-open';
    case 'ci_failed':
      return 'ci-failing';
    case 'review_pending':
      return 'review-pending';
    case 'changes_requested':
      return 'changes-requested';
    case 'approved':
    case 'mergeable':
      return 'ready-to-land';
    case 'killed':
      // Nobody has stopped it.
      return lifecycle.session.reason === 'runtime_lost' ? 'crashed' : 'stopped';
    case 'cleanup':
      return 'stopped';
    case 'errored':
      return 'crashed';
    case 'terminated':
      return exit !== null && (exit.code !== 0 || (exit.signal ?? 0) !== 0) ? 'crashed' : 'done';
    default:
      return assertNever(status);
  }
}
