// A project: one git repository that sessions are made for. Its entry in config.yaml, and what clients see of it.
import { z } from 'zod';
import { lineSchema, prefixSchema, projectIdSchema } from './identifier.ts';
import { routingSchema } from './notifier.ts';
import { maximalAgentsSchema } from './settings.ts';
import { projectWorkSchema, workFields } from './set-up.ts';

export const savedRepliesSchema = z.array(lineSchema(500)).max(50);

/** `tracker: github`, `tracker: none`, or as the reference has it: `tracker: {plugin: github, …}`. */
const pluginSchema = z.union([z.string().max(100), z.looseObject({ plugin: z.string().max(100) })]);

export const projectSchema = z.strictObject({
  /** Absolute path of the repository's work tree. */
  path: z.string().min(1).max(4096),
  /** First part of its session ids, unique over all projects whatever the case. */
  sessionPrefix: prefixSchema,
  name: lineSchema(80).optional(),
  defaultBranch: lineSchema(255),
  /** `host/owner/repo` of the origin, without credentials. */
  repo: lineSchema(500).optional(),
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string()).optional(),
  /** Where its issues are kept; not given: GitHub, when `repo` is there. */
  tracker: pluginSchema.optional(),
  /** Where its pull requests are; not given: GitHub, when `repo` is there. */
  scm: pluginSchema.optional(),
  /** The person agreed that agents may trust worktrees of this project. */
  trustWorktrees: z.boolean().optional(),
  /** Which notifiers tell of its sessions, by priority; what is not given goes the usual way. */
  notificationRouting: routingSchema.optional(),
  /** How many of its agents may run at once, within the limit of all. */
  maximalAgents: maximalAgentsSchema.optional(),
  /** Answers and messages that a person sends again and again. */
  replies: savedRepliesSchema.optional(),
  ...workFields,
});
export type Project = z.infer<typeof projectSchema>;

/** Null when the project names none. */
export function nameOfPlugin(named: z.infer<typeof pluginSchema> | undefined): string | null {
  if (named === undefined) return null;
  return (typeof named === 'string' ? named : named.plugin).trim().toLowerCase();
}

export const projectViewSchema = z.strictObject({
  id: projectIdSchema,
  name: z.string(),
  path: z.string(),
  prefix: z.string(),
  defaultBranch: z.string(),
  work: projectWorkSchema,
  state: z.enum(['ready', 'degraded']),
  /** Why it is degraded, and what to do. */
  problem: z.string().nullable(),
  /** The person agreed that agents may trust its worktrees, and are told so. */
  trustWorktrees: z.boolean().default(false),
  /** How many of its agents may run at once, within the limit of all; null: only that. */
  maximalAgents: maximalAgentsSchema.nullable().default(null),
  replies: savedRepliesSchema.default([]),
});
export type ProjectView = z.infer<typeof projectViewSchema>;
