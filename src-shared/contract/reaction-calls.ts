// Members of the contract about what happens by itself: rules, what they would do, and what a person says to that.
import { z } from 'zod';
import { projectIdSchema, sessionIdSchema } from '#shared/domain/identifier.ts';
import {
  reactionViewSchema,
  ruleViewSchema,
  sessionReactionKeySchema,
  sessionReactionsSchema,
} from '#shared/domain/reaction-view.ts';
import { call } from '#shared/rpc/define-contract.ts';

const storage = ['storage-busy', 'storage-newer'] as const;
const one = z.strictObject({ id: sessionIdSchema, key: sessionReactionKeySchema });

export const reactionCalls = {
  'reaction.list': call({
    input: z.strictObject({ project: projectIdSchema.nullable(), session: sessionIdSchema.nullable() }),
    output: z.strictObject({ rules: z.array(ruleViewSchema), sessions: z.array(sessionReactionsSchema) }),
    problems: ['project-unknown', 'session-unknown', ...storage],
  }),
  /** `text`: what its agent would be told now; null: nothing could be said. */
  'reaction.preview': call({
    input: one,
    output: z.strictObject({ reaction: reactionViewSchema, text: z.string().nullable() }),
    problems: ['session-unknown', 'reaction-refused', ...storage],
  }),
  /** Tells its agent now, whatever the rule says of when; once for what triggers it. */
  'reaction.run': call({ input: one, output: z.null(), problems: ['session-unknown', 'reaction-refused', ...storage] }),
  /** What triggers it now is not told; `on` false: it is, after all. */
  'reaction.dismiss': call({
    input: one.extend({ on: z.boolean() }),
    output: z.null(),
    problems: ['session-unknown', 'reaction-refused', ...storage],
  }),
  /** Comments of reviews of which no agent was told yet are told at once, without waiting for more of them. */
  'reaction.check': call({
    input: z.strictObject({ project: projectIdSchema.nullable(), dryRun: z.boolean() }),
    output: z.strictObject({
      told: z.array(z.strictObject({ session: sessionIdSchema, key: sessionReactionKeySchema, text: z.string() })),
      left: z.array(z.strictObject({ session: sessionIdSchema, key: sessionReactionKeySchema, why: z.string() })),
    }),
    problems: ['project-unknown', ...storage],
  }),
};
