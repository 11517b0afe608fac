// Which agent and model lead, where several places may say it. Pure.
import type { Defaults } from '#shared/domain/configuration.ts';
import type { Project } from '#shared/domain/project.ts';
import type { SpawnOrder } from '#shared/domain/spawn.ts';

type Said = Partial<Pick<Project, 'agent' | 'agentConfig' | 'orchestrator' | 'runtime'>>;

export interface Places {
  readonly wish: { readonly agent: string | null; readonly command: string | null };
  /** What the project, or the meta orchestrator, says itself. */
  readonly own: { readonly [Name in keyof Said]: Said[Name] | undefined };
  readonly defaults: Defaults;
}

/** Where nobody says it. */
const usualAgent = 'claude-code';

export function chooseForCoordinator({ wish, own, defaults }: Places): {
  readonly order: Pick<SpawnOrder, 'agent' | 'command' | 'model' | 'runtime'>;
  /** Somebody named an agent. */
  readonly said: boolean;
} {
  const agent =
    wish.agent ?? own.orchestrator?.agent ?? own.agent ?? defaults.orchestrator?.agent ?? defaults.agent ?? null;
  const role = { ...defaults.orchestrator?.agentConfig, ...own.orchestrator?.agentConfig };
  const shared = { ...defaults.agentConfig, ...own.agentConfig };
  return {
    order: {
      agent: agent ?? usualAgent,
      command: wish.command,
      model: role.orchestratorModel ?? role.model ?? shared.orchestratorModel ?? shared.model ?? null,
      runtime: own.runtime ?? defaults.runtime ?? 'pty',
    },
    said: agent !== null,
  };
}
