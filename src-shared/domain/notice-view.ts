// A notice on record: what was told, by which notifiers, and whether its cause still stands.
import { z } from 'zod';
import { sessionIdSchema, timestampSchema, uuidSchema } from './identifier.ts';
import { noticeKinds } from './notice.ts';
import { prioritySchema } from './priority.ts';

/** `held`: somebody had muted it, or it was in quiet hours. `dropped`: its cause was gone before it could be sent. */
export const noticeDeliverySchema = z.strictObject({
  notifier: z.string(),
  state: z.enum(['pending', 'sending', 'sent', 'failed', 'held', 'dropped']),
  attempts: z.int().nonnegative(),
  /** Why it is in this state, without secrets; null when there is nothing to say. */
  detail: z.string().nullable(),
  at: timestampSchema,
});
export type NoticeDelivery = z.infer<typeof noticeDeliverySchema>;

export const noticeViewSchema = z.strictObject({
  id: uuidSchema,
  kind: z.enum(noticeKinds),
  priority: prioritySchema,
  sessions: z.array(sessionIdSchema),
  title: z.string(),
  body: z.string(),
  at: timestampSchema,
  read: z.boolean(),
  /** When its cause went away, and how; null while it stands. */
  resolved: z.strictObject({ at: timestampSchema, why: z.string() }).nullable(),
  deliveries: z.array(noticeDeliverySchema),
});
export type NoticeView = z.infer<typeof noticeViewSchema>;
