// What an agent's own transcript tells of its conversation, made harmless where it comes in: plain text of limited length, written by whomever.
import { z } from 'zod';
import { lineSchema, timestampSchema } from './identifier.ts';

/** UTF-16 units of a text; the rest of a longer one is read in the terminal. */
export const longestSaid = 20_000;
/** The same of what a tool was given, or gave back. */
export const longestToolText = 4000;
export const longestAbout = 300;
export const mostSteps = 100;

const textSchema = z.string().min(1).max(longestSaid);
const toolTextSchema = z.string().max(longestToolText);
/** By which what a tool gave back finds what it was asked; null where the agent gave none. */
const callIdSchema = z.string().max(200).nullable();

export const planStepSchema = z.strictObject({
  text: lineSchema(longestAbout),
  state: z.enum(['done', 'doing', 'open']),
});
export type PlanStep = z.infer<typeof planStepSchema>;

export const saidSchema = z.discriminatedUnion('kind', [
  /** The agent was told something: by a person, or by whoever sent it a message. */
  z.strictObject({ kind: z.literal('told'), text: textSchema }),
  z.strictObject({ kind: z.literal('said'), text: textSchema }),
  /** What it thought before it spoke. */
  z.strictObject({ kind: z.literal('thought'), text: textSchema }),
  /** `about`: on what, in one line; null when it does not say. */
  z.strictObject({
    ...{ kind: z.literal('called'), call: callIdSchema, tool: lineSchema(200) },
    ...{ about: lineSchema(longestAbout).nullable(), input: toolTextSchema },
  }),
  z.strictObject({ kind: z.literal('returned'), call: callIdSchema, text: toolTextSchema, failed: z.boolean() }),
  /** The whole plan, as the agent now has it. */
  z.strictObject({ kind: z.literal('planned'), call: callIdSchema, steps: z.array(planStepSchema).max(mostSteps) }),
  /** Something happened to the conversation: it was interrupted, a request failed. */
  z.strictObject({ kind: z.literal('note'), text: lineSchema(longestAbout) }),
]);
export type Said = z.infer<typeof saidSchema>;

export const conversationEntrySchema = z.strictObject({
  /** By its place in the transcript: the same one each time it is read. */
  id: z.string().max(60),
  at: timestampSchema.nullable(),
  said: saidSchema,
  /** Of what it was told: the session whose agent sent it; null: a person, or nobody knows. */
  from: z.string().nullable(),
});
export type ConversationEntry = z.infer<typeof conversationEntrySchema>;

/** Before or behind a place of the transcript. */
export const besideSchema = z.strictObject({
  file: z.string().max(300),
  /** Bytes. */
  offset: z.int().nonnegative(),
  side: z.enum(['before', 'behind']),
});
export type Beside = z.infer<typeof besideSchema>;

export const conversationPageSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('page'),
    /** Which file was read: offsets of another one mean nothing in it. */
    file: z.string().max(300),
    /** Oldest first. */
    entries: z.array(conversationEntrySchema),
    /** Bytes: what was told earlier stands before `from` (0: nothing), what comes later behind `to`. */
    from: z.int().nonnegative(),
    to: z.int().nonnegative(),
    /** There is more behind `to` already. */
    more: z.boolean(),
  }),
  /** `unread`: the agent keeps none that Athene can read. `not-begun`: it has written none down so far. */
  z.strictObject({ kind: z.literal('none'), why: z.enum(['unread', 'not-begun']) }),
]);
export type ConversationPage = z.infer<typeof conversationPageSchema>;
