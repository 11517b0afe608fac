// JSON Schema of config.yaml and of a repository's own file, for editors. Made from the schemas that read them.
import { z } from 'zod';
import { defaultsSchema, lifecycleRulesSchema, readyThresholdSchema } from '#shared/domain/configuration.ts';
import { metaOrchestratorSchema } from '#shared/domain/meta-orchestrator.ts';
import { routingSchema, writtenNotifierSchema } from '#shared/domain/notifier.ts';
import { ownAgentSchema } from '#shared/domain/own-agent.ts';
import { pluginEntrySchema } from '#shared/domain/plugin.ts';
import { projectSchema, repositoryEntrySchema } from '#shared/domain/project-entry.ts';
import { reactionsSchema } from '#shared/domain/reaction-rule.ts';
import { settingsChangeSchema } from '#shared/domain/settings.ts';

const named = z.string();

const configSchema = z.strictObject({
  $schema: z.string().optional(),
  projects: z.record(named, projectSchema.nullable()).nullable().optional(),
  defaults: z.strictObject(defaultsSchema.shape).optional(),
  settings: settingsChangeSchema.optional(),
  notifiers: z.record(named, writtenNotifierSchema).optional(),
  notificationRouting: routingSchema.optional(),
  lifecycle: z.strictObject(lifecycleRulesSchema.shape).optional(),
  readyThresholdMs: readyThresholdSchema.optional(),
  reactions: reactionsSchema.optional(),
  metaOrchestrators: z.record(named, metaOrchestratorSchema).optional(),
  agents: z.record(named, ownAgentSchema).optional(),
  plugins: z.array(pluginEntrySchema).optional(),
});

const repositorySchema = z.strictObject({
  $schema: z.string().optional(),
  ...repositoryEntrySchema.shape,
  /** Instead, with several in one file: only that of this repository is read. */
  projects: z.record(named, z.looseObject(repositoryEntrySchema.shape)).optional(),
});

const ofFile: Readonly<Record<keyof typeof configSchema.shape, string>> = {
  $schema: 'Where this schema is, for editors.',
  projects: 'The git repositories that sessions are made for, by id.',
  defaults: 'How sessions are started where a project says nothing.',
  settings: 'What the settings on the screen change.',
  notifiers: 'Ways by which notices leave Athene. They may hold secrets.',
  notificationRouting: 'Which notifiers tell of which priority.',
  lifecycle: 'What becomes of sessions whose work is done.',
  readyThresholdMs: 'Milliseconds until a session that is ready counts as old.',
  reactions: 'What happens by itself when something happens to a session.',
  metaOrchestrators: 'Agents that lead agents of several projects, by name.',
  agents: 'Agents of your own, by id.',
  plugins: 'Plug-ins, by package or path.',
};

const ofProject: Readonly<Record<keyof typeof projectSchema.shape, string>> = {
  path: 'Absolute path of the repository, or ~/….',
  sessionPrefix: 'First part of its session ids. Not given: made from the name of its directory.',
  name: 'What it is called on the screen.',
  defaultBranch: 'What sessions start from. Not given: main.',
  repo: 'host/owner/name of its origin.',
  description: 'What it is about, for agents that choose between projects.',
  color: 'By which it is told apart on the screen, like #4a90d9.',
  env: 'Environment variables of its agents. PATH and what Athene tells them can not be changed.',
  tracker: 'Where its issues are: github, gitlab, linear, local or none, or a map with plugin.',
  scm: 'Where its pull requests are: github or gitlab, or a map with plugin.',
  trustWorktrees: 'You agreed that agents may trust its worktrees.',
  notificationRouting: 'Which notifiers tell of its sessions, by priority.',
  maximalAgents: 'How many of its agents may run at once.',
  replies: 'Answers and messages that you send again and again.',
  acceptedFile: "Which content of the repository's own file you accepted. Written by Athene.",
  copy: 'Files of your checkout that are copied into new worktrees.',
  link: 'Files and directories of your checkout that are linked there.',
  setUp: 'Commands that run in a new worktree before its agent starts.',
  tearDown: 'Commands before a worktree is removed.',
  run: 'The command that `athene session run` starts.',
  symlinks: 'Another name of link.',
  postCreate: 'Another name of setUp.',
  agent: 'Which agent is started: claude-code, codex, …',
  runtime: 'Where agents run.',
  workspace: 'What is made for a session.',
  agentConfig: 'How agents are started.',
  orchestrator: 'What is other for its orchestrator.',
  worker: 'What is other for its workers.',
  agentRules: 'What every worker is told.',
  agentRulesFile: 'A file of the repository with more of it.',
  orchestratorRules: 'What its orchestrator is told.',
  orchestratorSessionStrategy: 'What becomes of an orchestrator that is there when one is started.',
  reactions: 'Laid over the reactions of the whole file, field by field.',
};

interface JsonSchema {
  [key: string]: unknown;
  properties?: Record<string, JsonSchema>;
}

export const configJsonSchema = (): string => {
  const schema = toJson(configSchema, 'Athene: config.yaml');
  describe(schema, ofFile);
  for (const found of objectsBelow(schema.properties?.['projects'])) {
    if (found.properties?.['sessionPrefix'] !== undefined) describe(found, ofProject);
  }
  return `${JSON.stringify(schema, null, 2)}\n`;
};

export const repositoryJsonSchema = (): string => {
  const schema = toJson(repositorySchema, "Athene: athene.yaml, a repository's own file");
  describe(schema, { ...ofFile, ...ofProject });
  return `${JSON.stringify(schema, null, 2)}\n`;
};

/** draft-07 is what editors know. */
const toJson = (schema: z.ZodType, title: string): JsonSchema => {
  const made = z.toJSONSchema(schema, { target: 'draft-07', io: 'input', unrepresentable: 'any' });
  return { title, ...(made as JsonSchema) };
};

function describe(schema: JsonSchema, texts: Readonly<Record<string, string>>): void {
  for (const [name, property] of Object.entries(schema.properties ?? {})) property['description'] = texts[name];
}

function objectsBelow(value: unknown): readonly JsonSchema[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as JsonSchema, ...Object.values(value).flatMap(objectsBelow)];
}
