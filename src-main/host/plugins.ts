// The plug-ins of this home, with what is around them.
import type { DefinedAgent } from '../plugins/agents/own/read-own-agents.ts';
import { agentDefinitions } from '../plugins/agents/agent-catalogue.ts';
import { createPluginRegistry, type PluginSurroundings } from '../plugins/external/registry.ts';
import type { ConfigurationReader } from '../projects/configuration-reader.ts';
import type { HomePaths } from '../storage/paths.ts';
import type { PluginDesk } from './plugin-desk.ts';

export function openPlugins(dependencies: {
  readonly paths: HomePaths;
  readonly configuration: Pick<ConfigurationReader, 'wholeConfig'>;
  readonly own: () => readonly DefinedAgent[];
}): PluginDesk {
  const { paths, configuration, own } = dependencies;
  const surroundings: PluginSurroundings = {
    file: paths.config,
    entries: () => configuration.wholeConfig().plugins,
    places: () => ({
      packages: paths.plugins,
      never: [
        paths.worktrees,
        paths.sessions,
        paths.spool,
        ...configuration.wholeConfig().projects.map(({ path }) => path),
      ],
    }),
    taken: () => [...agentDefinitions, ...own()].map(({ id }) => id),
  };
  return { paths, surroundings, registry: createPluginRegistry(surroundings) };
}
