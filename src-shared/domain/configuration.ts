// What config.yaml says for all projects together, and what of it can't be read.
import { z } from 'zod';
import { agentConfigSchema, agentRoleSchema } from './agent-config.ts';
import { agentIdSchema } from './identifier.ts';
import { notifierNameSchema } from './notifier.ts';
import { runtimeNameSchema } from './session.ts';
import { workspaceKindSchema } from './workspace.ts';

/** `defaults`: what projects don't say themselves. */
export const defaultsSchema = z.object({
  agent: agentIdSchema.optional(),
  runtime: runtimeNameSchema.optional(),
  workspace: workspaceKindSchema.extract(['worktree', 'clone']).optional(),
  agentConfig: agentConfigSchema.optional(),
  notifiers: z.array(notifierNameSchema).max(20).optional(),
  orchestrator: agentRoleSchema.optional(),
  worker: agentRoleSchema.optional(),
});
export type Defaults = z.infer<typeof defaultsSchema>;

export const lifecycleRulesSchema = z.object({
  /** Once its pull request is merged, a session is ended and its worktree removed, if nothing in it would be lost. */
  autoCleanupOnMerge: z.boolean().default(true),
  /** Milliseconds that a busy agent may still work after the merge; 0: none. */
  mergeCleanupIdleGraceMs: z
    .int()
    .max(86_400_000)
    .refine((grace) => grace === 0 || grace >= 10_000, 'must be 0 or at least 10000')
    .default(300_000),
});
export type LifecycleRules = z.infer<typeof lifecycleRulesSchema>;

/** Milliseconds until a session that is ready counts as old. */
export const readyThresholdSchema = z.int().min(0).max(86_400_000);
export const usualReadyThreshold = 300_000;

export const configTroubleSchema = z.strictObject({
  file: z.string(),
  /** 1-based. */
  line: z.int().positive(),
  /** `projects.api.agentConfig.model`; null when it is about the file as a whole. */
  field: z.string().nullable(),
  what: z.string(),
  todo: z.string(),
});
export type ConfigTrouble = z.infer<typeof configTroubleSchema>;

/** One value that counts, for people. */
export const configValueSchema = z.strictObject({
  /** `agentConfig.model`. */
  field: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.unknown())]),
  /** `config.yaml, line 7`, `athene.yaml, line 2`, `usual`. */
  from: z.string(),
});
export type ConfigValue = z.infer<typeof configValueSchema>;
