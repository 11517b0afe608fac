// One thing that is known of a session: who tells it, when it was so, and what it says. Decisions are made from these alone.
import { z } from 'zod';
import { foundQuestionSchema } from './asked-question.ts';
import { lineSchema, timestampSchema } from './identifier.ts';

/** Those whose word counts more come first. What its terminal shows is known apart (`TerminalFacts`), and so is how probes answer. */
const factSources = ['hook', 'report', 'transcript', 'screen', 'git'] as const;

/** What an agent reports of itself (`athene report`). */
const reportStates = [
  'started',
  'working',
  'waiting',
  'needs_input',
  'fixing_ci',
  'addressing_reviews',
  'pr_created',
  'draft_pr_created',
  'ready_for_review',
  'completed',
] as const;
export const reportStateSchema = z.enum(reportStates);
export type ReportState = z.infer<typeof reportStateSchema>;

const factClaimSchema = z.discriminatedUnion('kind', [
  /** The agent has begun a conversation and waits for its first prompt, or went on with one. */
  z.strictObject({ kind: z.literal('started') }),
  /** A turn goes on: it took a prompt, called a tool, got an answer. `on`: what it does, for people. */
  z.strictObject({ kind: z.literal('works'), on: lineSchema(200).nullable() }),
  /** Its main loop has come to an end: the turn is over. */
  z.strictObject({ kind: z.literal('rests') }),
  /** `drawsOn`: it draws while it asks, so that printing on does not mean that it went on. */
  z.strictObject({ kind: z.literal('asks'), question: foundQuestionSchema, drawsOn: z.boolean().optional() }),
  /** What it asked is answered, or taken back. */
  z.strictObject({ kind: z.literal('answered') }),
  /** A sub-agent; `id` null where the agent does not name them. */
  z.strictObject({ kind: z.literal('helper'), id: lineSchema(100).nullable(), change: z.enum(['began', 'ended']) }),
  /** It says that it can't go on by itself: no quota, no network, an error. */
  z.strictObject({ kind: z.literal('blocked'), why: lineSchema(300) }),
  z.strictObject({ kind: z.literal('reports'), state: reportStateSchema, note: lineSchema(500).nullable() }),
  /** Something was committed, or another branch was checked out. */
  z.strictObject({ kind: z.literal('moved'), what: lineSchema(200) }),
]);
export type FactClaim = z.infer<typeof factClaimSchema>;

export const factSchema = z.strictObject({
  source: z.enum(factSources),
  /** When it was so, in milliseconds since the epoch. */
  at: timestampSchema,
  /** Who in particular: an agent's id, `git`, a runtime. */
  by: lineSchema(64),
  claim: factClaimSchema,
});
/** Of one session; outside text in it is one printable line of limited length. */
export type Fact = z.infer<typeof factSchema>;
