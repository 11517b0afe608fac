// Which agents config.yaml defines now. It is read anew, but not at each look at a screen.
import { agentDefinitions } from '../plugins/agents/agent-catalogue.ts';
import { readOwnAgents, type DefinedAgent } from '../plugins/agents/own/read-own-agents.ts';
import type { ConfigurationReader } from '../projects/configuration-reader.ts';

/** Milliseconds for which one reading counts. */
const readingAge = 1000;

export function createOwnAgents(dependencies: {
  readonly file: string;
  readonly configuration: Pick<ConfigurationReader, 'wholeConfig'>;
  readonly now: () => number;
}): () => readonly DefinedAgent[] {
  const { file, configuration, now } = dependencies;
  const taken = agentDefinitions.map(({ id }) => id);
  let last: { readonly at: number; readonly agents: readonly DefinedAgent[] } | null = null;
  return () => {
    if (last === null || now() - last.at >= readingAge)
      last = { at: now(), agents: readOwnAgents(file, configuration.wholeConfig().agents, taken) };
    return last.agents;
  };
}
