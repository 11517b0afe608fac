// From the stored record and what the runtime tells, to what a client sees. Pure: time comes in.
import { assertNever } from '../lib/assert-never.ts';
import { isTerminal } from './lifecycle.ts';
import type { SessionRecord, SessionView } from './session.ts';
import { screenStateOf, statusOf } from './status.ts';

/** What the runtime says of a session's terminal right now; null when it has not said anything. */
export interface TerminalFacts {
  readonly lastOutputAt: number | null;
}

/** Milliseconds without output after which a running agent is called quiet. */
export const quietAfter = 10_000;

export function toSessionView(record: SessionRecord, facts: TerminalFacts | null, now: number): SessionView {
  const lastOutputAt = facts?.lastOutputAt ?? null;
  const output = facts === null ? 'unknown' : isQuiet(record, lastOutputAt, now) ? 'quiet' : 'busy';
  const quietSince = output === 'quiet' && !isTerminal(record.lifecycle) ? lastOutputAt : null;
  return {
    id: record.id,
    project: record.project,
    kind: record.kind,
    name: record.name,
    agent: record.agent,
    state: screenStateOf(record.lifecycle, { exit: record.exit, output }),
    status: statusOf(record.lifecycle),
    because: because(record, output, quietSince === null ? null : now - quietSince),
    since: quietSince ?? record.lifecycle.session.lastTransitionAt,
    issue: record.issue?.id ?? null,
    branch: record.workspace?.branch ?? null,
    worktree: record.workspace?.path ?? null,
    terminal: record.terminal,
    prompt: record.prompt,
    promptDelivery: record.promptDelivery,
    permissions: record.permissions,
    command: record.command,
    exit: record.exit,
    lastOutputAt,
    createdAt: record.createdAt,
    damaged: null,
  };
}

/** A record that can't be read is shown, and nothing is done to it. */
export const damagedSessionView = (id: string, project: string, why: string): SessionView => ({
  id,
  project,
  kind: 'worker',
  name: id,
  agent: '',
  state: 'unknown',
  status: 'detecting',
  because: `The stored record can't be read: ${why}`,
  since: 0,
  issue: null,
  branch: null,
  worktree: null,
  terminal: null,
  prompt: null,
  promptDelivery: 'none',
  permissions: 'ask',
  command: null,
  exit: null,
  lastOutputAt: null,
  createdAt: 0,
  damaged: why,
});

const isQuiet = (record: SessionRecord, lastOutputAt: number | null, now: number): boolean =>
  now - (lastOutputAt ?? record.lifecycle.session.startedAt ?? now) > quietAfter;

function because(record: SessionRecord, output: 'busy' | 'quiet' | 'unknown', quietFor: number | null): string {
  const { session, runtime } = record.lifecycle;
  switch (session.state) {
    case 'not_started':
      return 'The session is being made.';
    case 'working':
      if (output === 'unknown') return 'Its process was started; the terminal service has not said more yet.';
      return quietFor === null
        ? 'Its process runs and prints.'
        : `Its process runs; nothing was printed for ${Math.round(quietFor / 1000)} s (inferred).`;
    case 'idle':
    case 'needs_input':
    case 'stuck':
      return `Recorded as ${session.reason.replaceAll('_', ' ')}.`;
    case 'detecting':
      return runtime.state === 'missing'
        ? 'The terminal service no longer knows it, and its process was not seen to end.'
        : `We can't tell: ${session.reason.replaceAll('_', ' ')}.`;
    case 'done':
    case 'terminated':
      return endedBecause(record);
    default:
      return assertNever(session.state);
  }
}

function endedBecause({ exit, lifecycle }: SessionRecord): string {
  const { reason } = lifecycle.session;
  if (reason === 'manually_killed') return 'You stopped it; its worktree and branch are kept.';
  if (reason === 'error_in_process') return 'It could not be started, and something of it was left over.';
  if (exit === null) return `Ended: ${reason.replaceAll('_', ' ')}.`;
  if (exit.signal !== null && exit.signal !== 0) return `Its process was ended by signal ${exit.signal}.`;
  return exit.code === 0 ? 'Its process ended by itself (exit 0).' : `Its process ended with exit ${exit.code}.`;
}
