// What a check of the home finds, and what a recovery does about a session.
import { z } from 'zod';

export const findingKinds = [
  'session-damaged',
  'claim-without-session',
  'claim-of-ended',
  'session-without-claim',
  'spawn-abandoned',
  'journal-unfinished',
  'terminal-without-session',
  'terminal-lost',
  'terminal-ended',
  'terminal-unknown-to-host',
  'process-stray',
  'process-left',
  'worktree-missing',
  'worktree-unowned',
  'worktree-stale',
  'branch-missing',
  'transcript-unowned',
  'files-unowned',
  'spool-left',
  'delivery-stuck',
  'rescue-unreadable',
  'ports-unowned',
  'token-unowned',
] as const;

export const findingSchema = z.strictObject({
  kind: z.enum(findingKinds),
  /** Session, path, ref or pid that it is about. */
  subject: z.string(),
  session: z.string().nullable(),
  /** One sentence for a person. */
  what: z.string(),
  /** `can't-tell`: a probe did not answer, so nothing was or will be done. */
  state: z.enum(['found', 'repaired', 'kept', "can't-tell"]),
  /** What a repair did or would do; for `kept`, what a person can do. */
  todo: z.string().nullable(),
});
export type Finding = z.infer<typeof findingSchema>;

export const sessionHealthSchema = z.enum(['live', 'dead', 'partial', 'unrecoverable']);
export type SessionHealth = z.infer<typeof sessionHealthSchema>;

export const recoveryStepSchema = z.strictObject({
  session: z.string(),
  health: sessionHealthSchema,
  action: z.enum(['none', 'ended', 'adopted', 'freed-claim', 'took-back-spawn', 'reaped', 'escalated']),
  because: z.string(),
  /** False in a dry run, and when it could not be done. */
  done: z.boolean(),
});
export type RecoveryStep = z.infer<typeof recoveryStepSchema>;
