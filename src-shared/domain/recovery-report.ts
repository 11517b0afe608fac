// What a recovery found, did and left, as a client gets it; and its words.
import { z } from 'zod';
import { timestampSchema } from './identifier.ts';
import {
  recoveryActs,
  recoveryClasses,
  type Classification,
  type RecoveryReason,
  type SessionEvidence,
} from './recovery.ts';

export const recoveryItemSchema = z.strictObject({
  /** Session, terminal or issue that it is about. */
  subject: z.string(),
  session: z.string().nullable(),
  /** Beside the classes of sessions: made or restored by half; a program that nobody has on record; an issue held by nobody. */
  class: z.enum([...recoveryClasses, 'half-made', 'orphan', 'claim']),
  act: z.enum([...recoveryActs, 'settle', 'free']),
  /** `held`: too many at once to believe it. `left`: nothing may be done, or not yet. */
  state: z.enum(['planned', 'done', 'failed', 'held', 'left']),
  /** One sentence for a person. */
  what: z.string(),
  /** What each witness said. */
  evidence: z.string(),
  /** What a person can do; empty when there is nothing to do. */
  todo: z.string(),
  /** Of one that was half made: it could not be finished, so nothing is left of it but what was asked for. */
  tookBack: z.boolean().optional(),
});
export type RecoveryItem = z.infer<typeof recoveryItemSchema>;

export const survivorSchema = z.strictObject({
  pid: z.int(),
  session: z.string(),
  terminal: z.string(),
  /** Its terminal is there and it goes on; it was ended; it was left as it is. */
  fate: z.enum(['goes-on', 'ended', 'left']),
});
export type Survivor = z.infer<typeof survivorSchema>;

export const recoveryReportSchema = z.strictObject({
  at: timestampSchema,
  dryRun: z.boolean(),
  /** So many seemed dead at once that none was ended. */
  held: z.boolean(),
  items: z.array(recoveryItemSchema),
  /** Every process found that was started for a terminal of this home; null where processes can't be looked at. */
  survivors: z.array(survivorSchema).nullable(),
});
export type RecoveryReport = z.infer<typeof recoveryReportSchema>;

/** What the screen shows of it. */
export const recoveryNoteSchema = z.strictObject({
  at: timestampSchema,
  held: z.boolean(),
  recovered: z.array(z.string()),
  takenBack: z.array(z.string()),
  ended: z.array(z.string()),
  escalated: z.array(z.string()),
  left: z.array(z.string()),
});
export type RecoveryNote = z.infer<typeof recoveryNoteSchema>;

/** Null when there is nothing that somebody should know. */
export function toRecoveryNote({ at, held, items }: RecoveryReport): RecoveryNote | null {
  const of = (pick: (item: RecoveryItem) => boolean) => [
    ...new Set(items.filter(pick).map(({ session, subject }) => session ?? subject)),
  ];
  const done = (item: RecoveryItem, ...acts: readonly RecoveryItem['act'][]) =>
    item.state === 'done' && acts.includes(item.act);
  const note = {
    recovered: of((item) => done(item, 'believe', 'settle') && item.tookBack !== true),
    takenBack: of((item) => done(item, 'settle') && item.tookBack === true),
    ended: of((item) => done(item, 'end', 'reap', 'stop')),
    escalated: of((item) => done(item, 'escalate')),
    // Escalated by an earlier one: its own session says so, and that is no news.
    left: of(({ state, ...item }) => ['held', 'failed', 'left'].includes(state) && !isEscalatedAlready(item)),
  };
  return Object.values(note).every((ids) => ids.length === 0) ? null : { at, held, ...note };
}

const isEscalatedAlready = ({ class: kind, act }: Pick<RecoveryItem, 'class' | 'act'>): boolean =>
  kind === 'partial' && act === 'none';

export const evidenceLine = ({ terminal, keeper, agent, marked, workspace }: SessionEvidence): string =>
  [
    `terminal ${terminal}`,
    `its host ${keeper}`,
    `its process ${agent}`,
    marked === null ? 'other processes not looked at' : `${marked} marked ${marked === 1 ? 'process' : 'processes'}`,
    `worktree ${workspace}`,
  ].join(', ');

/** What is the matter with a session, for a person. */
export const recoveryWords: Readonly<Record<RecoveryReason, string>> = {
  runs: 'It was taken for lost, and it runs.',
  exited: 'Its agent has ended, and that was not written down.',
  vanished: 'Its agent and its terminal are gone, and nobody saw how.',
  'never-ran': 'It was never started, and nobody makes it any more.',
  'runs-without-terminal': 'Its terminal is gone while processes of it go on: nobody can see or answer them.',
  'worktree-missing': 'Its agent runs, and its worktree is not there.',
  'signals-disagree': 'Its terminal and its process contradict each other.',
  'no-terminal-on-record': 'It is on record as running, and no terminal is on record for it.',
  'ended-but-runs': 'It is on record as ended, and its agent runs.',
  over: 'It has ended.',
  'in-work': 'Somebody is making it just now.',
  'runtime-silent': 'The terminal service does not answer, so nobody can tell whether it lives.',
  'keeper-silent': 'The process that had its terminal may live, and shows no such terminal.',
  'process-unknown': 'Nobody can tell whether its process lives.',
  'not-looked-at': 'Its terminal is gone; whether processes of it go on can not be seen on this system.',
};

/** Read where a session waits for a person. */
export const escalationOf = ({ reason }: Classification): string =>
  reason === 'runs' ? 'It was taken for lost and found again several times: have a look at it.' : recoveryWords[reason];
