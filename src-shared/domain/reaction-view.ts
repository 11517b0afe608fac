// Reactions as clients see them: the rules and where they come from, what was triggered, and what comes next.
import { z } from 'zod';
import { projectIdSchema, sessionIdSchema, timestampSchema } from './identifier.ts';
import { reactionKeySchema, reactionRuleSchema } from './reaction-rule.ts';
import { sessionReactionKeys } from './reaction.ts';

export const sessionReactionKeySchema = z.enum(sessionReactionKeys);

export const ruleViewSchema = z.strictObject({
  /** Null: of all projects that say nothing else. */
  project: projectIdSchema.nullable(),
  key: reactionKeySchema,
  /** Complete; empty: nothing happens. */
  rule: reactionRuleSchema,
  /** Of each of its fields. */
  from: z.record(z.string(), z.enum(['default', 'global', 'project'])),
});
export type RuleView = z.infer<typeof ruleViewSchema>;

const planSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nothing') }),
  z.strictObject({ kind: z.literal('rests'), why: z.string() }),
  z.strictObject({ kind: z.literal('due'), at: timestampSchema }),
  z.strictObject({ kind: z.literal('held'), why: z.string() }),
]);

export const reactionViewSchema = z.strictObject({
  key: sessionReactionKeySchema,
  /** For people: what triggers it now; null: nothing does, or nobody can tell. */
  what: z.string().nullable(),
  /** Null: there is no rule. */
  action: reactionRuleSchema.shape.action.unwrap().nullable(),
  auto: z.boolean(),
  /** How often its agent was told, and how often it is in all before a person is; null: only time decides. */
  attempts: z.int().nonnegative(),
  most: z.int().positive().nullable(),
  /** When it becomes a person's affair if it still is so; null: by no time. */
  escalatesAt: timestampSchema.nullable(),
  escalated: z.boolean(),
  dismissed: z.boolean(),
  plan: planSchema,
});
export type ReactionView = z.infer<typeof reactionViewSchema>;

export const sessionReactionsSchema = z.strictObject({
  session: sessionIdSchema,
  project: z.string(),
  /** Those that are triggered or remembered. */
  reactions: z.array(reactionViewSchema),
  /** Its pull request is merged: why it is still there; null when it is not on its way out. */
  cleanup: z.string().nullable(),
});
export type SessionReactions = z.infer<typeof sessionReactionsSchema>;
