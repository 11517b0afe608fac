// Which agent is started, and how, where nobody says it: the project's role, the project, the defaults' role, the defaults.
import type { z } from 'zod';
import type { agentConfigSchema, agentRoleSchema } from './agent-config.ts';

type Role = z.infer<typeof agentRoleSchema>;
interface Level extends Role {
  readonly worker?: Role | undefined;
  readonly orchestrator?: Role | undefined;
}

export interface AgentChoice {
  /** Null: nobody says; the program that is there is taken. */
  readonly agent: string | null;
  readonly model: string | null;
  readonly permissions: 'ask' | 'permissionless';
}

export function agentChoice(project: Level, defaults: Level, role: 'worker' | 'orchestrator'): AgentChoice {
  const levels = [project[role], project, defaults[role], defaults];
  const configs = levels.map((level) => level?.agentConfig);
  return {
    agent: first(levels.map((level) => level?.agent)),
    model: first(configs.map((config) => modelFor(config, role))),
    permissions: first(configs.map((config) => config?.permissions)) ?? 'ask',
  };
}

/** Whoever leads acts without asking, or it could not work while nobody looks, unless somebody wrote of those that lead that they ask. */
export const leaderPermissions = (project: Level, defaults: Level): AgentChoice['permissions'] =>
  (project.orchestrator?.agentConfig?.permissions ?? defaults.orchestrator?.agentConfig?.permissions) === 'ask'
    ? 'ask'
    : 'permissionless';

const modelFor = (config: z.infer<typeof agentConfigSchema> | undefined, role: 'worker' | 'orchestrator') =>
  (role === 'orchestrator' ? config?.orchestratorModel : undefined) ?? config?.model;

const first = <T>(values: readonly (T | undefined)[]): T | null => values.find((value) => value !== undefined) ?? null;
