// What the configuration has for the prompts of agents.
import { projectsInScope } from '#shared/domain/coordinator.ts';
import { ruleInForce, sessionReactionKeys, tellsAgent } from '#shared/domain/reaction.ts';
import type { ReactionKey, Reactions } from '#shared/domain/reaction-rule.ts';
import type { ProjectConfiguration } from './configuration.ts';

export function createGuidance(configuration: Pick<ProjectConfiguration, 'wholeConfig'>) {
  return {
    sentByItself: ({ reactions: own = {} }: { readonly reactions?: Reactions | undefined }): readonly ReactionKey[] => {
      const { reactions } = configuration.wholeConfig();
      return sessionReactionKeys.filter((key) => tellsAgent(ruleInForce(key, [reactions, own])));
    },
    metaOrchestrator(name: string) {
      const { metaOrchestrators, projects } = configuration.wholeConfig();
      const found = metaOrchestrators.get(name);
      if (found === undefined) return null;
      const scope = projectsInScope(
        found.scope,
        projects.map(({ id }) => id),
      );
      return {
        ...{ scope: found.scope, discover: found.discover, rules: found.rules ?? null },
        projects: projects
          .filter(({ id }) => scope.includes(id))
          .map(({ id, sessionPrefix: prefix, repo = null, description = null }) => ({ id, prefix, repo, description })),
      };
    },
  };
}
