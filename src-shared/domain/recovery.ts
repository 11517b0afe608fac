// From what several witnesses say of a session to what it is after something died, and to what is done about it. Pure.
import { assertNever } from '../lib/assert-never.ts';

export type Liveness = 'alive' | 'gone' | 'unknown';

export interface SessionEvidence {
  /** What is recorded: being made, running, running but doubted (lost, escalated), ended. */
  readonly record: 'making' | 'running' | 'doubted' | 'over';
  /** The process that makes or restores it just now; null when nobody is on record as doing so. */
  readonly maker: Liveness | null;
  /** What the runtime says of the agent's terminal; `absent`: it answers, and has none. `none`: the record names no terminal. */
  readonly terminal: 'shown' | 'exited' | 'absent' | 'unknown' | 'none';
  /** The process that held the terminal (the pty host). */
  readonly keeper: Liveness;
  /** The terminal's first process. */
  readonly agent: Liveness;
  /** Processes that carry the terminal's marker; null where they could not be looked at. */
  readonly marked: number | null;
  readonly workspace: 'there' | 'missing' | 'unknown' | 'none';
}

export const recoveryClasses = ['live', 'dead', 'partial', 'unrecoverable', "can't-tell"] as const;
export type RecoveryClass = (typeof recoveryClasses)[number];

/** Why it is of its class; each belongs to one. */
const classOf = {
  runs: 'live',
  exited: 'dead',
  vanished: 'dead',
  'never-ran': 'dead',
  'runs-without-terminal': 'partial',
  'worktree-missing': 'partial',
  'signals-disagree': 'partial',
  'no-terminal-on-record': 'partial',
  'ended-but-runs': 'partial',
  over: 'unrecoverable',
  'in-work': "can't-tell",
  'runtime-silent': "can't-tell",
  'keeper-silent': "can't-tell",
  'process-unknown': "can't-tell",
  'not-looked-at': "can't-tell",
} as const satisfies Record<string, RecoveryClass>;
export type RecoveryReason = keyof typeof classOf;

export interface Classification {
  readonly class: RecoveryClass;
  readonly reason: RecoveryReason;
}

/** `dead` takes two independent proofs: the runtime's (it saw the end, or it is gone itself) and the process table's. */
export function classify(evidence: SessionEvidence): Classification {
  const reason = reasonOf(evidence);
  return { class: classOf[reason], reason };
}

function reasonOf(evidence: SessionEvidence): RecoveryReason {
  const { record, maker, terminal, agent } = evidence;
  if (record === 'over') return terminal === 'shown' && agent !== 'gone' ? 'ended-but-runs' : 'over';
  if (maker !== null && maker !== 'gone') return 'in-work';
  switch (terminal) {
    case 'shown':
      if (agent === 'gone') return 'signals-disagree';
      return evidence.workspace === 'missing' ? 'worktree-missing' : 'runs';
    case 'exited':
      // Whoever was its parent saw it end; that it is also absent is checked where the exit is recorded.
      return agent === 'alive' ? 'signals-disagree' : 'exited';
    case 'absent':
      return reasonOfAbsent(evidence);
    case 'none':
      return reasonWithoutTerminal(evidence);
    case 'unknown':
      return 'runtime-silent';
    default:
      return assertNever(terminal);
  }
}

function reasonOfAbsent({ keeper, agent, marked }: SessionEvidence): RecoveryReason {
  // A pty host that lives and is not found (its socket was swept away, say) still shows its terminals to somebody.
  if (keeper !== 'gone') return 'keeper-silent';
  if (agent === 'alive' || (marked ?? 0) > 0) return 'runs-without-terminal';
  if (agent === 'unknown') return 'process-unknown';
  return marked === null ? 'not-looked-at' : 'vanished';
}

function reasonWithoutTerminal({ record, marked }: SessionEvidence): RecoveryReason {
  if (record !== 'making') return 'no-terminal-on-record';
  if (marked === null) return 'not-looked-at';
  return marked > 0 ? 'no-terminal-on-record' : 'never-ran';
}

export const recoveryActs = ['none', 'believe', 'end', 'reap', 'stop', 'escalate'] as const;
/** `believe`: it lives, the record says so again. `reap`: end what nobody can see any more, then the session. `stop`: carry out an earlier stop. */
export type RecoveryAct = (typeof recoveryActs)[number];

export interface RecoveryRecord {
  readonly state: SessionEvidence['record'];
  /** How often it was believed again since it was last started. */
  readonly recoveries: number;
  /** Why it was escalated; null when it is not. */
  readonly escalatedFor: string | null;
  /** Somebody had asked for its end. */
  readonly stopped: boolean;
}

/** Of a session that is believed again and again something is wrong that a person should see. */
export const mostRecoveries = 3;

export interface ReapLeave {
  /** Its name is one that Athene gives to workers, of a project that is configured: nobody's own. */
  readonly ours: boolean;
  /** It has been without terminal for long enough, or a person asked for it. */
  readonly due: boolean;
}

/** What is done about it; doubt never ends, frees or deletes anything. */
export function actFor({ class: kind, reason }: Classification, record: RecoveryRecord, leave: ReapLeave): RecoveryAct {
  switch (kind) {
    case 'live':
      if (record.state === 'running') return 'none';
      if (record.recoveries < mostRecoveries) return 'believe';
      return record.escalatedFor === null ? 'escalate' : 'none';
    case 'dead':
      return 'end';
    case 'partial':
      if (reason === 'ended-but-runs') return record.stopped ? 'stop' : 'believe';
      if (reason === 'runs-without-terminal' && leave.ours && leave.due) return 'reap';
      return record.escalatedFor === null ? 'escalate' : 'none';
    case 'unrecoverable':
    case "can't-tell":
      return 'none';
    default:
      return assertNever(kind);
  }
}

/** So many, and so large a part, that the witnesses are doubted rather than the sessions. */
const brake = { count: 3, part: 0.3 };

/** @param dead sessions that seem to have died unseen, without those of an earlier boot, which can't be alive; @param of all that were taken to live */
export const isMassDeath = (dead: number, of: number): boolean => dead >= brake.count && dead > of * brake.part;

/** Milliseconds for which what nobody knows is left alone: it may just be about to be known. */
export const orphanGrace = 120_000;

/** Only `<prefix>-<digits>` of a configured prefix, and never a coordinator: a person's own names, and theirs, are not touched. */
export const isReapable = (
  name: string,
  { prefixes, coordinators }: { readonly prefixes: readonly string[]; readonly coordinators: ReadonlySet<string> },
): boolean =>
  !coordinators.has(name) &&
  prefixes.some((prefix) => name.startsWith(`${prefix}-`) && /^[1-9][0-9]{0,14}$/.test(name.slice(prefix.length + 1)));
