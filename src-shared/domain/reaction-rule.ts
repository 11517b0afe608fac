// What happens by itself when something happens to a session, as config.yaml says it.
import { z } from 'zod';
import { prioritySchema } from './priority.ts';

export const reactionKeys = [
  'pr-closed',
  'ci-failed',
  'changes-requested',
  'bugbot-comments',
  'merge-conflicts',
  'approved-and-green',
  'agent-idle',
  'agent-stuck',
  'agent-needs-input',
  'agent-exited',
  'all-complete',
  'report-no-acknowledge',
  'report-stale',
  'report-needs-input',
] as const;
export const reactionKeySchema = z.enum(reactionKeys);
export type ReactionKey = z.infer<typeof reactionKeySchema>;

/** `90s`, `30m`, `2h`. */
export const durationSchema = z.string().regex(/^\d{1,6}[smh]$/, 'must be a number and s, m or h, like 30m');

export const reactionRuleSchema = z.object({
  /** False: the agent is told nothing; a notice still goes out. */
  auto: z.boolean().optional(),
  action: z.enum(['send-to-agent', 'notify', 'auto-merge']).optional(),
  priority: prioritySchema.optional(),
  message: z.string().max(20_000).optional(),
  /** How often its agent is told again before a person is told. */
  retries: z.int().min(0).max(100).optional(),
  /** A person is told after so many attempts, or so long after the first. */
  escalateAfter: z.union([z.int().min(0).max(100), durationSchema]).optional(),
  /** How long it must last before it counts. */
  threshold: durationSchema.optional(),
  includeSummary: z.boolean().optional(),
});
export type ReactionRule = z.infer<typeof reactionRuleSchema>;

/** What is left out is as it is by default, or in the whole home's rules. */
export const reactionsSchema = z.partialRecord(reactionKeySchema, reactionRuleSchema);
export type Reactions = Partial<Record<ReactionKey, ReactionRule>>;
