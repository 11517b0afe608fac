// A project's entry in config.yaml. Only the host reads it, so that no command pays for it that just shows projects.
import { z } from 'zod';
import { agentConfigSchema, agentRoleSchema } from './agent-config.ts';
import { filePatternSchema, isLiteral } from './file-pattern.ts';
import { agentIdSchema, lineSchema, prefixSchema } from './identifier.ts';
import { routingSchema } from './notifier.ts';
import { savedRepliesSchema } from './project.ts';
import { reactionsSchema } from './reaction-rule.ts';
import { runtimeNameSchema } from './session.ts';
import { maximalAgentsSchema } from './settings.ts';
import { workFields } from './set-up.ts';
import { workspaceKindSchema } from './workspace.ts';

/** `tracker: github`, `tracker: none`, or as the reference has it: `tracker: {plugin: github, …}`. */
const pluginSchema = z.union([z.string().max(100), z.looseObject({ plugin: z.string().max(100) })]);

const rulesSchema = z.string().max(50_000);

type Strategy = 'reuse' | 'delete' | 'ignore';
/** The longer words are older ones for the same. */
const strategies = {
  reuse: 'reuse',
  delete: 'delete',
  ignore: 'ignore',
  'kill-previous': 'delete',
  'delete-new': 'delete',
  'ignore-new': 'ignore',
} satisfies Record<string, Strategy>;
const strategySchema = z
  .enum(['reuse', 'delete', 'ignore', 'kill-previous', 'delete-new', 'ignore-new'])
  .transform((word): Strategy => strategies[word]);

/** How its sessions are made and led, by the names of the reference. */
const behaviourFields = {
  /** What it is about, for whoever must choose between projects. */
  description: z.string().max(4000).optional(),
  agent: agentIdSchema.optional(),
  runtime: runtimeNameSchema.optional(),
  workspace: workspaceKindSchema.extract(['worktree', 'clone']).optional(),
  agentConfig: agentConfigSchema.optional(),
  orchestrator: agentRoleSchema.optional(),
  worker: agentRoleSchema.optional(),
  /** Told to every worker. */
  agentRules: rulesSchema.optional(),
  /** A file in the repository with more of them. */
  agentRulesFile: filePatternSchema.refine(isLiteral, 'must name one file').optional(),
  /** Told to the orchestrator. */
  orchestratorRules: rulesSchema.optional(),
  /** What becomes of an orchestrator that is there already when one is started. */
  orchestratorSessionStrategy: strategySchema.optional(),
  /** Laid over those of the whole file, field by field. */
  reactions: reactionsSchema.optional(),
  /** By which it is told apart on the screen. */
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour like #4a90d9')
    .optional(),
};

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
  ...behaviourFields,
});
export type Project = z.infer<typeof projectSchema>;
