// What can't be read, found or loaded of what people define themselves: agents and plug-ins, told as every trouble of config.yaml is.
import type { ConfigTrouble } from '#shared/domain/configuration.ts';
import { agentDefinitions } from '../plugins/agents/agent-catalogue.ts';
import { readOwnAgents, type EntryFault } from '../plugins/agents/own/read-own-agents.ts';
import { fieldText } from '../projects/config-trouble.ts';
import type { HostParts } from './host.ts';

export function extensionTroubles({
  configuration,
  plugins,
  sessions,
}: Pick<HostParts, 'configuration' | 'plugins' | 'sessions'>): readonly ConfigTrouble[] {
  const file = sessions.paths.config;
  const taken = agentDefinitions.map(({ id }) => id);
  const agents = readOwnAgents(file, configuration.wholeConfig().agents, taken).flatMap((agent) =>
    agent.kind === 'broken' && agent.fault !== undefined ? [agent.fault] : [],
  );
  return [
    ...agents.map((fault) => troubleOf(file, fault, 'Mend that line; docs/agents.md says what an agent may have.')),
    ...plugins.registry
      .faults()
      .map((fault) =>
        troubleOf(file, fault, 'Mend that line, or take it out; docs/plugins.md says what a plug-in is.'),
      ),
  ];
}

const troubleOf = (file: string, { line, path, what }: EntryFault, todo: string): ConfigTrouble => ({
  ...{ file, line, field: fieldText(path), what, todo },
});
