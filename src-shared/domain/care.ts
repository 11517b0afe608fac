// What a check of the home finds.
import { z } from 'zod';

export const findingKinds = [
  'session-damaged',
  'claim-of-ended',
  'session-without-claim',
  'spawn-abandoned',
  'session-unsettled',
  'terminal-without-session',
  'terminal-lost',
  'process-stray',
  'worktree-missing',
  'worktree-unowned',
  'worktree-stale',
  'branch-missing',
  'ports-twice',
  'transcript-unowned',
  'files-unowned',
  'delivery-stuck',
  'counter-behind',
  'conversation-twice',
  'row-unowned',
  'rescue-unreadable',
  'token-stale',
  'spool-unfinished',
  'spool-stuck',
  'spool-rejected',
  'trust-left',
  'extension-left',
  'place-left',
  'run-file-left',
  'not-looked-at',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export const findingSchema = z.strictObject({
  kind: z.enum(findingKinds),
  /** Session, path, ref or pid that it is about. */
  subject: z.string(),
  session: z.string().nullable(),
  /** One sentence for a person. */
  what: z.string(),
  /** `kept`: nothing that may be mended without a person. `can't-tell`: a probe did not answer, so nothing was or will be done. */
  state: z.enum(['found', 'repaired', 'kept', "can't-tell"]),
  /** What a repair does, or what a person can do. */
  todo: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;
