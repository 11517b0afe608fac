// One of many issues, as it is chosen from a list.
import { z } from 'zod';
import { lineSchema, sessionIdSchema } from './identifier.ts';

export const listedIssueSchema = z.strictObject({
  /** Its normal form. */
  id: z.string().min(1).max(500),
  title: lineSchema(600),
  labels: z.array(lineSchema(120)),
  state: z.enum(['open', 'closed']),
  assignee: lineSchema(200).nullable(),
  url: z.string().max(2000).nullable(),
  /** The session that works on it; null when none does. */
  session: sessionIdSchema.nullable(),
});
export type ListedIssue = z.infer<typeof listedIssueSchema>;
