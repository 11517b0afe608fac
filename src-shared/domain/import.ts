// What would be, or was, taken over from another tool of this kind.
import { z } from 'zod';

/** `here`: it was there already. `left`: it can't or must not be taken over, `why` says the reason. */
const outcomeSchema = z.enum(['new', 'here', 'left']);

export const importedProjectSchema = z.strictObject({
  /** As the other tool calls it. */
  name: z.string(),
  path: z.string(),
  /** Its id here; null when it is left. */
  id: z.string().nullable(),
  outcome: outcomeSchema,
  why: z.string().nullable(),
});
export type ImportedProject = z.infer<typeof importedProjectSchema>;

export const importedSessionSchema = z.strictObject({
  id: z.string(),
  project: z.string(),
  branch: z.string().nullable(),
  outcome: outcomeSchema,
  why: z.string().nullable(),
});
export type ImportedSession = z.infer<typeof importedSessionSchema>;

export const importPlanSchema = z.strictObject({
  projects: z.array(importedProjectSchema),
  sessions: z.array(importedSessionSchema),
  /** False: this was a dry run. */
  applied: z.boolean(),
});
export type ImportPlan = z.infer<typeof importPlanSchema>;
