// A project: one git repository that sessions are made for, as clients see it.
import { z } from 'zod';
import { lineSchema, projectIdSchema } from './identifier.ts';
import type { Project } from './project-entry.ts';
import { maximalAgentsSchema } from './settings.ts';
import { projectWorkSchema } from './set-up.ts';

export type { Project } from './project-entry.ts';

export const savedRepliesSchema = z.array(lineSchema(500)).max(50);

/** Null when the project names none. */
export function nameOfPlugin(named: Project['tracker']): string | null {
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
