// What is remembered of one reaction of one session, from one look to the next, over restarts and processes.
import { z } from 'zod';
import { timestampSchema, uuidSchema } from './identifier.ts';

export const reactionStateSchema = z.object({
  /** When it was first triggered since it was last over. */
  firstAt: timestampSchema,
  /** Its signal stands. False: it is remembered only, since it may come back. */
  standing: z.boolean(),
  /** What triggers it now: another one is another trigger. */
  occasion: z.string(),
  occasionAt: timestampSchema,
  /** What the code host called it when its agent was told last. */
  phase: z.string().nullable(),
  /** How often the agent, or a person, was told. */
  attempts: z.int().nonnegative(),
  /** The occasion of which somebody was told last. */
  acted: z.string().nullable(),
  actedAt: timestampSchema.nullable(),
  /** The message by which the agent was told last. */
  message: uuidSchema.nullable(),
  /** How often such a message did not arrive, and when that was last seen. */
  failures: z.int().nonnegative(),
  failedAt: timestampSchema.nullable(),
  /** Since when it is a person's affair. */
  escalatedAt: timestampSchema.nullable(),
  escalation: z.string().nullable(),
  /** The occasion of which a person wants the agent not to be told. */
  dismissed: z.string().nullable(),
  /** The occasion of which a person wants it to be told at once. */
  wanted: z.string().nullable(),
  /** Why its agent could not be told when somebody last looked; null: nothing kept it. */
  held: z.string().nullable().default(null),
  /** How many readings in a row were green, and when the last of them was read. */
  greens: z.int().nonnegative(),
  greenAt: timestampSchema.nullable(),
});
export type ReactionState = z.infer<typeof reactionStateSchema>;

export const triggered = (now: number): ReactionState => ({
  ...{ firstAt: now, standing: true, occasion: '', occasionAt: now, phase: null },
  ...{ attempts: 0, acted: null, actedAt: null, message: null, failures: 0, failedAt: null },
  ...{ escalatedAt: null, escalation: null, dismissed: null, wanted: null, held: null, greens: 0, greenAt: null },
});

/** When a clock was put back, what seems to come has just been. */
export function byNow(state: ReactionState, now: number): ReactionState {
  const times = ['firstAt', 'occasionAt', 'actedAt', 'failedAt', 'escalatedAt', 'greenAt'] as const;
  const late = times.filter((time) => (state[time] ?? 0) > now);
  return late.length === 0 ? state : { ...state, ...Object.fromEntries(late.map((time) => [time, now])) };
}
