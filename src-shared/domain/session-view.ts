// From the stored record and what the runtime tells, to what a client sees. Pure: time comes in.
import { assertNever } from '../lib/assert-never.ts';
import { decide, isOpen, type Known } from './decide.ts';
import { ledBy } from './caller.ts';
import { frozenOf, isLostWhileFrozen, whileFrozen } from './frozen.ts';
import { isSpawnTerminal, withDecision, type Lifecycle } from './lifecycle.ts';
import type { SessionRecord, SessionView } from './session.ts';
import { isHidden, isUnread, nothingNoted, notesByNow, standingSnooze, type SessionNotes } from './session-notes.ts';
import { isUnderWay, setUpText, type SetUpState } from './set-up.ts';
import { screenStateOf, statusOf, type Status } from './status.ts';
import type { TerminalProbe } from './terminal-status.ts';
import { toldOf } from './told.ts';

export function toSessionView(
  record: SessionRecord,
  known: Known,
  now: number,
  noted: SessionNotes = nothingNoted,
): SessionView {
  const notes = notesByNow(noted, now);
  const { setUp, terminals } = notes;
  const bare = recordView(record, known, now);
  const isSettingUp = isUnderWay(setUp) && isOpen(record.lifecycle);
  const stands = isSettingUp ? { ...bare, ...whileSettingUp(setUp, bare) } : bare;
  const view = { ...stands, question: stands.status === 'needs_input' ? notes.question : null };
  const frozen = frozenOf(record);
  return {
    ...view,
    ...(frozen === null || isLostWhileFrozen(record) ? {} : whileFrozen({ ...frozen, at: Math.min(frozen.at, now) })),
    pinned: notes.pinned,
    archived: isHidden(notes.archivedAt, view),
    snooze: standingSnooze(notes.snooze, view),
    unread: isUnread(notes.readAt, view),
    muted: notes.muted,
    messages: [...notes.messages],
    setUp,
    terminals: [...terminals],
    inLine: notes.inLine,
    told: toldOf({ ...notes.reactions, ...view, now }),
    probe: probeView(record.lifecycle, notes.probe),
  };
}

const leadsOf = (record: SessionRecord): SessionView['leads'] => (record.kind === 'worker' ? null : [...ledBy(record)]);

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
  | 'terminals'
  | 'inLine'
  | 'told';

function recordView(record: SessionRecord, known: Known, now: number): Omit<SessionView, Noted> {
  const decided = decide(record.lifecycle, known, now);
  const lifecycle = decided === null ? record.lifecycle : withDecision(record.lifecycle, decided);
  return {
    id: record.id,
    project: record.project,
    kind: record.kind,
    owner: record.owner,
    spawnedBy: record.spawnedBy,
    depth: record.depth,
    leads: leadsOf(record),
    spawningPaused: record.spawningPaused,
    name: record.name,
    agent: record.agent,
    state: decided?.asks === 'permission' ? 'asks-permission' : screenStateOf(lifecycle, record.exit),
    // Derived like the state: the record keeps what was recorded.
    status: statusOf(lifecycle),
    because: [pullRequestWords(lifecycle), decided?.because ?? because(record)].filter(Boolean).join(' '),
    confidence: decided?.confidence ?? (lifecycle.session.state === 'detecting' ? 'unknown' : 'sure'),
    since: Math.min(sinceOf(lifecycle) ?? decided?.since ?? lifecycle.session.lastTransitionAt, now),
    issue: record.issue?.id ?? null,
    issueTitle: record.issueFacts?.title ?? null,
    issueUrl: record.issueUrl,
    issueNote: record.issueNote,
    pullRequest: pullRequestOf(lifecycle),
    branch: record.workspace?.branch ?? null,
    worktree: record.workspace?.path ?? null,
    workspace: record.workspace?.kind ?? record.place?.kind ?? 'worktree',
    sight: isOpen(record.lifecycle) ? (record.workspace?.sight ?? null) : null,
    ports: record.ports,
    terminal: record.terminal,
    prompt: record.prompt,
    promptDelivery: record.promptDelivery,
    permissions: record.permissions,
    command: record.command,
    exit: record.exit,
    lastOutputAt: known.terminal?.lastOutputAt ?? null,
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
  owner: { kind: 'project' },
  spawnedBy: null,
  depth: 0,
  leads: null,
  spawningPaused: false,
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
  sight: null,
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
  inLine: null,
  told: null,
  damaged: why,
});

function pullRequestOf({ pullRequest: { state, number, url } }: Lifecycle): SessionView['pullRequest'] {
  return state === 'none' || number === null || url === null ? null : { state, number, url };
}

/** What its pull request is at, where that is what the state says. */
function pullRequestWords(lifecycle: Lifecycle): string {
  const words = told[statusOf(lifecycle)];
  const { number } = lifecycle.pullRequest;
  return words === undefined ? '' : `Pull request ${number === null ? 'of this session' : `#${number}`} ${words}.`;
}

const told: Partial<Record<Status, string>> = {
  pr_open: 'is open',
  ci_failed: 'fails its checks',
  review_pending: 'waits for a review',
  changes_requested: 'is asked for changes',
  approved: 'is approved',
  mergeable: 'can be merged',
  merged: 'is merged',
};

/** Null: its pull request has nothing to do with its state. */
const sinceOf = (lifecycle: Lifecycle): number | null =>
  told[statusOf(lifecycle)] === undefined ? null : lifecycle.pullRequest.lastObservedAt;

function because(record: SessionRecord): string {
  const { session, runtime } = record.lifecycle;
  switch (session.state) {
    case 'not_started':
      return 'The session is being made.';
    case 'stuck':
      return record.escalationReason ?? `Recorded as ${session.reason.replaceAll('_', ' ')}.`;
    case 'working':
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

function endedBecause({ exit, lifecycle, stoppedBy }: SessionRecord): string {
  const { reason } = lifecycle.session;
  if (reason === 'manually_killed') return `${stopOf(stoppedBy)}; its worktree and branch are kept.`;
  if (reason === 'pr_merged') return 'It was ended, since its pull request is merged; its branch is kept.';
  if (reason === 'error_in_process') return 'It could not be started, and something of it was left over.';
  if (reason === 'runtime_lost')
    return 'Its process is gone, and nobody saw how it ended; its worktree and branch are kept.';
  if (exit === null) return `Ended: ${reason.replaceAll('_', ' ')}.`;
  if (exit.signal !== null && exit.signal !== 0) return `Its process was ended by signal ${exit.signal}.`;
  return exit.code === 0 ? 'Its process ended by itself (exit 0).' : `Its process ended with exit ${exit.code}.`;
}

function stopOf(by: SessionRecord['stoppedBy']): string {
  if (by === null) return 'It was stopped';
  return by === 'person' ? 'You stopped it' : `${by} stopped it`;
}
