// A project's entry in config.yaml. Only the host reads it, so that no command pays for it that just shows projects.
import { z } from 'zod';
import { agentConfigSchema, agentRoleSchema } from './agent-config.ts';
import { isSafeBranch } from './branch.ts';
import { orchestratorStrategySchema } from './coordinator.ts';
import { filePatternSchema, isLiteral } from './file-pattern.ts';
import { agentIdSchema, lineSchema, prefixSchema } from './identifier.ts';
import { routingSchema } from './notifier.ts';
import { savedRepliesSchema } from './project.ts';
import { sectionFault } from './plugin-section.ts';
import { reactionsSchema } from './reaction-rule.ts';
import { runtimeNameSchema } from './session.ts';
import { maximalAgentsSchema } from './settings.ts';
import { workFields } from './set-up.ts';
import { workspaceKindSchema } from './workspace.ts';

/** `tracker: github`, `tracker: none`, or as the reference has it: `tracker: {plugin: github, …}`. */
const pluginSchema = z.union([
  z.string().max(100),
  z
    .looseObject({
      plugin: z.string().max(100).optional(),
      package: z.string().max(300).optional(),
      path: z.string().max(4096).optional(),
    })
    .superRefine((named, context) => {
      const fault = sectionFault(named);
      if (fault !== null) context.addIssue({ code: 'custom', message: fault });
    }),
]);

const rulesSchema = z.string().max(50_000);

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
  orchestratorSessionStrategy: orchestratorStrategySchema.optional(),
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
  /** First part of its session ids, unique over all projects whatever the case; not given: made from the directory's name. */
  sessionPrefix: prefixSchema.optional(),
  name: lineSchema(80).optional(),
  defaultBranch: lineSchema(255).optional(),
  /** `host/owner/repo` of the origin, without credentials. */
  repo: lineSchema(500).optional(),
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string()).optional(),
  /** Where its issues are kept; not given: GitHub or GitLab, when `repo` is there. */
  tracker: pluginSchema.optional(),
  /** Where its pull requests are; not given: GitHub or GitLab, when `repo` is there. */
  scm: pluginSchema.optional(),
  /** The person agreed that agents may trust worktrees of this project. */
  trustWorktrees: z.boolean().optional(),
  /** Which notifiers tell of its sessions, by priority; what is not given goes the usual way. */
  notificationRouting: routingSchema.optional(),
  /** How many of its agents may run at once, within the limit of all. */
  maximalAgents: maximalAgentsSchema.optional(),
  /** Answers and messages that a person sends again and again. */
  replies: savedRepliesSchema.optional(),
  /** Of what the person accepted in the repository's own file. */
  acceptedFile: z.string().max(100).optional(),
  ...workFields,
  /** Names of the reference for `link` and `setUp`, which win. */
  symlinks: workFields.link,
  postCreate: workFields.setUp,
  ...behaviourFields,
});
export type ProjectEntry = z.infer<typeof projectSchema>;

export const usualBranch = 'main';

/** With nothing left out that is needed. */
export interface Project extends Omit<ProjectEntry, 'symlinks' | 'postCreate'> {
  readonly sessionPrefix: string;
  readonly defaultBranch: string;
}

/** What a repository's own file may say: behaviour. Who the project is, and what is the person's own choice, stays out of it. */
export const repositoryEntrySchema = z.object({
  defaultBranch: z.string().refine(isSafeBranch, 'not a safe branch name').optional(),
  env: projectSchema.shape.env,
  tracker: projectSchema.shape.tracker,
  scm: projectSchema.shape.scm,
  replies: projectSchema.shape.replies,
  ...workFields,
  symlinks: workFields.link,
  postCreate: workFields.setUp,
  ...behaviourFields,
});
export type RepositoryEntry = z.infer<typeof repositoryEntrySchema>;

interface ReferenceWords {
  readonly link?: string[] | undefined;
  readonly setUp?: string[] | undefined;
  readonly symlinks?: string[] | undefined;
  readonly postCreate?: string[] | undefined;
}

/** `symlinks` and `postCreate` as `link` and `setUp`, where those are not given. */
export function inOwnWords<E extends ReferenceWords>({ symlinks, postCreate, ...entry }: E) {
  const link = entry.link ?? symlinks;
  const setUp = entry.setUp ?? postCreate;
  return { ...entry, ...(link === undefined ? {} : { link }), ...(setUp === undefined ? {} : { setUp }) };
}
