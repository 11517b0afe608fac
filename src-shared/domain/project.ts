// A project: one git repository that sessions are made for, as clients see it.
import { z } from 'zod';
import { lineSchema, projectIdSchema } from './identifier.ts';
import { projectColourSchema } from './project-colour.ts';
import type { Project } from './project-entry.ts';
import { permissionsSchema, runtimeNameSchema } from './session.ts';
import { maximalAgentsSchema } from './settings.ts';
import { projectWorkSchema } from './set-up.ts';

export type { Project } from './project-entry.ts';

export const savedRepliesSchema = z.array(lineSchema(500)).max(50);

/** Null when the project names none. */
export function nameOfPlugin(named: Project['tracker']): string | null {
  if (named === undefined) return null;
  return (typeof named === 'string' ? named : (named.plugin ?? named.package ?? named.path ?? '')).trim().toLowerCase();
}

/** What the repository says of itself in athene.yaml. */
export const repositoryFileViewSchema = z.strictObject({
  path: z.string(),
  /** Of what needs the person's consent; null when nothing of it does. */
  hash: z.string().nullable(),
  accepted: z.boolean(),
  /** Fields of it that count. */
  counts: z.array(z.string()).default([]),
  /** What consent changes. */
  changes: z.array(z.strictObject({ field: z.string(), from: z.string().nullable(), to: z.string() })),
});
export type RepositoryFileView = z.infer<typeof repositoryFileViewSchema>;

/** How a session of it is started where nobody says it. */
export const startSchema = z.strictObject({
  /** Null: the program that is there. */
  agent: z.string().nullable(),
  model: z.string().nullable(),
  permissions: permissionsSchema,
  runtime: runtimeNameSchema,
  workspace: z.enum(['worktree', 'clone']),
});
export type Start = z.infer<typeof startSchema>;

export const usualStart: Start = {
  ...{ agent: null, model: null, permissions: 'ask', runtime: 'pty', workspace: 'worktree' },
};

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
  start: startSchema.default(usualStart),
  colour: projectColourSchema.default(0),
  /** Told to every worker of it. */
  agentRules: z.string().default(''),
  /** Null: the repository has none, or nothing in it is about this project. */
  file: repositoryFileViewSchema.nullable().default(null),
});
export type ProjectView = z.infer<typeof projectViewSchema>;

/** Of one whose entry names nothing but what it must. */
export const untouchedProject = {
  ...{ trustWorktrees: false, maximalAgents: null, start: usualStart, colour: 0, agentRules: '', file: null },
  replies: [] as string[],
} satisfies Partial<ProjectView>;
