// A snapshot of work that a removal would have lost: a commit under refs/athene/rescue/<session>/<n> of the project's repository.
import { z } from 'zod';
import { timestampSchema } from './identifier.ts';

/** Days for which a snapshot is kept. */
export const rescueRetention = 30;

export const rescueSchema = z.strictObject({
  project: z.string(),
  session: z.string(),
  ref: z.string(),
  commit: z.string(),
  /** Milliseconds since the epoch. */
  at: timestampSchema,
  /** Files that differ from the commit it stands on. */
  files: z.int().nonnegative(),
});
export type Rescue = z.infer<typeof rescueSchema>;
