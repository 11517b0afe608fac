// What the host says of itself and of the machine.
import { z } from 'zod';
import { timestampSchema } from './identifier.ts';
import { recoveryNoteSchema } from './recovery-report.ts';

export const systemViewSchema = z.strictObject({
  version: z.string(),
  /** For showing: starts with `~` where it can. */
  home: z.string(),
  platform: z.string(),
  pid: z.int(),
  startedAt: timestampSchema,
  /** The service that runs the terminals. */
  terminals: z.strictObject({ state: z.enum(['connected', 'absent', 'unreachable']), why: z.string().nullable() }),
  /** Config files and records that can't be read, a line each. */
  troubles: z.array(z.string()),
  /** What this host's latest recovery did or left; null when nothing was to be done, or another host supervises. */
  recovery: recoveryNoteSchema.nullable(),
});
export type SystemView = z.infer<typeof systemViewSchema>;

export const doctorCheckSchema = z.strictObject({
  name: z.string(),
  state: z.enum(['fine', 'warning', 'failure']),
  what: z.string(),
  todo: z.string().nullable(),
});
export type DoctorCheck = z.infer<typeof doctorCheckSchema>;
