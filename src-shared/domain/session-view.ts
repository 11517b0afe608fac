// From the stored record and what the runtime tells, to what a client sees. Pure: time comes in.
import { assertNever } from '../lib/assert-never.ts';
import { activityOf, type Activity, type TerminalFacts } from './activity.ts';
import type { Confidence } from './confidence.ts';
import { frozenOf, whileFrozen } from './frozen.ts';
import { isSpawnTerminal, isTerminal, type Lifecycle } from './lifecycle.ts';
import type { SessionRecord, SessionView } from './session.ts';
import { isHidden, isUnread, nothingNoted, standingSnooze, type SessionNotes } from './session-notes.ts';
import { isUnderWay, setUpText, type SetUpState } from './set-up.ts';
import { screenStateOf, statusOf, type ScreenFacts } from './status.ts';
import type { TerminalProbe } from './terminal-status.ts';

/** @param facts null when the runtime has not said anything of its terminal */
export function toSessionView(
  record: SessionRecord,
  facts: TerminalFacts | null,
  now: number,
  notes: SessionNotes = nothingNoted,
): SessionView {
  const { setUp, terminals } = notes;
  const bare = recordView(record, facts, now);
  const question = mayAsk(record.lifecycle) ? notes.question : null;
  const stands = isUnderWay(setUp) && mayAsk(record.lifecycle) ? { ...bare, ...whileSettingUp(setUp, bare) } : bare;
  const view = { ...stands, question };
  const frozen = frozenOf(record);
  return {
    ...view,
    ...(frozen === null ? {} : whileFrozen(frozen)),
    pinned: notes.pinned,
    archived: isHidden(notes.archivedAt, view),
    snooze: standingSnooze(notes.snooze, view),
    unread: isUnread(notes.readAt, view),
    muted: notes.muted,
    messages: [...notes.messages],
    setUp,
    terminals: [...terminals],
    probe: probeView(record.lifecycle, notes.probe),
  };
}

/** One that ended, or is being made, has nothing in it that could be asked. */
function probeView(lifecycle: Lifecycle, probe: TerminalProbe | null): SessionView['probe'] {
  if (probe === null || isSpawnTerminal(lifecycle) || lifecycle.session.state === 'not_started') return null;
  return { answer: probe.kind, why: probe.kind === 'unknown' ? probe.why : null };
}

type Noted =
  | 'pinned'
  | 'archived'
  | 'snooze'
  | 'unread'
  | 'muted'
  | 'messages'
  | 'probe'
  | 'question'
  | 'setUp'
  | 'terminals';

function recordView(record: SessionRecord, facts: TerminalFacts | null, now: number): Omit<SessionView, Noted> {
  const { lifecycle } = record;
  const activity = activityOf(facts, lifecycle.session.startedAt, now);
  const asks = activity.kind === 'asks' && mayAsk(lifecycle) ? activity : null;
  return {
    id: record.id,
    project: record.project,
    kind: record.kind,
    name: record.name,
    agent: record.agent,
    state: asks === null ? screenStateOf(lifecycle, { exit: record.exit, output: outputOf(activity) }) : 'asks-you',
    // Derived like the state: the record keeps what was recorded.
    status: asks === null ? statusOf(lifecycle) : 'needs_input',
    because: asks?.because ?? because(record, activity),
    confidence: confidenceIn(lifecycle, activity),
    since: asks?.since ?? quietSince(lifecycle, activity) ?? lifecycle.session.lastTransitionAt,
    issue: record.issue?.id ?? null,
    issueTitle: record.issueFacts?.title ?? null,
    issueUrl: record.issueUrl,
    issueNote: record.issueNote,
    pullRequest: pullRequestOf(lifecycle),
    branch: record.workspace?.branch ?? null,
    worktree: record.workspace?.path ?? null,
    workspace: record.workspace?.kind ?? record.place?.kind ?? 'worktree',
    ports: record.ports,
    terminal: record.terminal,
    prompt: record.prompt,
    promptDelivery: record.promptDelivery,
    permissions: record.permissions,
    command: record.command,
    exit: record.exit,
    lastOutputAt: facts?.lastOutputAt ?? null,
    createdAt: record.createdAt,
    damaged: null,
  };
}

/** The agent has not been started: what its terminal shows is the set-up's. */
function whileSettingUp(
  setUp: SetUpState,
  { state, because }: Pick<SessionView, 'state' | 'because'>,
): Pick<SessionView, 'because'> & Partial<SessionView> {
  if (setUp.state === 'failed') return { state: 'asks-you', status: 'needs_input', because: setUpText(setUp) };
  if (state === 'asks-you') return { because: `${setUpText(setUp)}. ${because}` };
  return { state: 'starting', status: 'spawning', because: `${setUpText(setUp)}.` };
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
  confidence: 'unknown',
  since: 0,
  question: null,
  issue: null,
  issueTitle: null,
  issueUrl: null,
  issueNote: null,
  pullRequest: null,
  branch: null,
  worktree: null,
  workspace: 'worktree',
  ports: null,
  setUp: null,
  terminal: null,
  terminals: [],
  prompt: null,
  promptDelivery: 'none',
  permissions: 'ask',
  command: null,
  exit: null,
  lastOutputAt: null,
  createdAt: 0,
  pinned: false,
  archived: false,
  snooze: null,
  unread: false,
  muted: null,
  messages: [],
  probe: null,
  damaged: why,
});

function pullRequestOf({ pullRequest: { state, number, url } }: Lifecycle): SessionView['pullRequest'] {
  return state === 'none' || number === null || url === null ? null : { state, number, url };
}

/** One that ended, is being made or is lost has nobody in it who could ask. */
const mayAsk = (lifecycle: Lifecycle): boolean =>
  (lifecycle.session.state === 'working' || lifecycle.session.state === 'idle') && !isTerminal(lifecycle);

function outputOf({ kind }: Activity): ScreenFacts['output'] {
  return kind === 'asks' ? 'busy' : kind;
}

function confidenceIn({ session }: Lifecycle, { kind }: Activity): Confidence {
  if (session.state === 'detecting') return 'unknown';
  if (session.state !== 'working') return 'sure';
  return kind === 'busy' ? 'likely' : kind === 'unknown' ? 'unknown' : 'guessed';
}

const quietSince = (lifecycle: Lifecycle, activity: Activity): number | null =>
  activity.kind === 'quiet' && !isTerminal(lifecycle) ? activity.since : null;

function because(record: SessionRecord, activity: Activity): string {
  const { session, runtime } = record.lifecycle;
  switch (session.state) {
    case 'not_started':
      return 'The session is being made.';
    case 'working':
      return workingBecause(activity);
    case 'stuck':
      return record.escalationReason ?? `Recorded as ${session.reason.replaceAll('_', ' ')}.`;
    case 'idle':
    case 'needs_input':
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

function workingBecause(activity: Activity): string {
  if (activity.kind === 'unknown') return 'Its process was started; the terminal service has not said more yet.';
  if (activity.kind !== 'quiet') return 'Its process runs and prints.';
  return activity.since === null
    ? 'Its process runs and has printed nothing yet (inferred).'
    : 'Its process runs and has printed nothing for a while (inferred).';
}

function endedBecause({ exit, lifecycle }: SessionRecord): string {
  const { reason } = lifecycle.session;
  if (reason === 'manually_killed') return 'You stopped it; its worktree and branch are kept.';
  if (reason === 'error_in_process') return 'It could not be started, and something of it was left over.';
  if (reason === 'runtime_lost')
    return 'Its process is gone, and nobody saw how it ended; its worktree and branch are kept.';
  if (exit === null) return `Ended: ${reason.replaceAll('_', ' ')}.`;
  if (exit.signal !== null && exit.signal !== 0) return `Its process was ended by signal ${exit.signal}.`;
  return exit.code === 0 ? 'Its process ended by itself (exit 0).' : `Its process ended with exit ${exit.code}.`;
}
