// What is asked for when a session is spawned, and how far a spawn has come.
import { z } from 'zod';
import { isSafeBranch } from './branch.ts';
import { doerSchema } from './caller.ts';
import { metaNameSchema, sessionProjectSchema } from './coordinator.ts';
import {
  agentIdSchema,
  isPlainText,
  lineSchema,
  projectIdSchema,
  sessionIdSchema,
  timestampSchema,
  uuidSchema,
} from './identifier.ts';
import { sessionKindSchema } from './lifecycle.ts';
import { problemSchema } from './problem.ts';
import { maximalNameLength, maximalPromptLength, permissionsSchema, runtimeNameSchema } from './session.ts';
import { workspaceChoiceSchema } from './workspace.ts';

const branchSchema = z.string().refine(isSafeBranch, 'not a safe branch name');

export const spawnInputSchema = z.strictObject({
  /** Made by the client; the same one again gives the same session, so a retry is safe. */
  request: uuidSchema,
  project: projectIdSchema,
  agent: agentIdSchema,
  prompt: z
    .string()
    .max(maximalPromptLength)
    .refine(isPlainText, 'has control characters')
    .transform((text) => (text.trim() === '' ? null : text))
    .nullable(),
  issue: lineSchema(500).nullable(),
  /** Command line; only for agents that take one. */
  command: lineSchema(4096).nullable(),
  name: lineSchema(maximalNameLength).nullable(),
  branch: branchSchema.nullable(),
  /** Branch or commit to start from; null = the project's default branch. */
  base: branchSchema.nullable(),
  permissions: permissionsSchema,
  model: lineSchema(200).nullable(),
  runtime: runtimeNameSchema.default('pty'),
  workspace: workspaceChoiceSchema.default({ kind: 'worktree' }),
  /** False: the agent starts at once, without the project's copies, links and set-up commands. */
  setUp: z.boolean().default(true),
});
export type SpawnInput = z.output<typeof spawnInputSchema>;

/** What is made: a worker, or whoever leads some. */
const makesSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('worker') }),
  z.strictObject({ kind: z.literal('orchestrator') }),
  z.strictObject({
    kind: z.literal('meta-orchestrator'),
    name: metaNameSchema,
    /** Its projects, resolved when it is started. */
    leads: z.array(projectIdSchema),
  }),
]);

/** A spawn as it stands on record. Coordinators are made by the same steps, and asked for by a call of their own. */
export const spawnOrderSchema = spawnInputSchema.extend({
  project: sessionProjectSchema,
  makes: makesSchema.default({ kind: 'worker' }),
  /** Who asked for it: `person`, or the id of a session. */
  by: doerSchema.nullable().default(null),
});
export type SpawnOrder = z.output<typeof spawnOrderSchema>;

/** Where nobody asked for anything else. */
export const usualPlace = {
  runtime: 'pty',
  workspace: { kind: 'worktree' },
  setUp: true,
} as const satisfies Partial<SpawnInput>;

export const spawnStepNames = [
  'choose-agent',
  'load-issue',
  'remote-numbers',
  'claim',
  'open-workspace',
  'write-files',
  'set-up',
  'start-terminal',
  'deliver-prompt',
] as const;
export const spawnStepNameSchema = z.enum(spawnStepNames);
export type SpawnStepName = z.infer<typeof spawnStepNameSchema>;

export const spawnStepSchema = z.strictObject({
  name: spawnStepNameSchema,
  state: z.enum(['waiting', 'running', 'done', 'failed', 'undone', 'left-over']),
  startedAt: timestampSchema.nullable(),
  endedAt: timestampSchema.nullable(),
  /** Last line that the step reported. */
  detail: z.string().nullable(),
});
export type SpawnStep = z.infer<typeof spawnStepSchema>;

export const spawnViewSchema = z.strictObject({
  request: uuidSchema,
  session: sessionIdSchema.nullable(),
  /** `queued`: it waits until fewer agents run. */
  state: z.enum(['queued', 'running', 'failed', 'cancelled', 'interrupted']),
  /** In line, from 1; null when it does not wait. */
  place: z.int().positive().nullable().default(null),
  makes: sessionKindSchema.default('worker'),
  input: spawnInputSchema.extend({ project: sessionProjectSchema }),
  name: z.string(),
  steps: z.array(spawnStepSchema),
  problem: problemSchema.nullable(),
  startedAt: timestampSchema,
});
/** A spawn that runs or that failed; one that went through is a session. */
export type SpawnView = z.infer<typeof spawnViewSchema>;
