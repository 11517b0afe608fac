// What a word on the command line may be the name of, for completion. No host is opened for it: a shell waits for the answer.
import { homePaths } from '../storage/paths.ts';

export interface KnownName {
  readonly name: string;
  readonly says: string;
}

export async function knownNames(
  kind: 'session' | 'project' | 'agent',
  env: NodeJS.ProcessEnv,
): Promise<readonly KnownName[]> {
  if (kind === 'agent') {
    const { agentDefinitions } = await import('../plugins/agents/agent-catalogue.ts');
    const { readConfig } = await import('../projects/config-file.ts');
    const own = readConfig(homePaths(env).config).agents.map(({ name }) => ({ name, says: 'defined in config.yaml' }));
    return [...agentDefinitions.map(({ id, name }) => ({ name: id, says: name })), ...own];
  }
  const paths = homePaths(env);
  if (kind === 'session') {
    const { sessionNames } = await import('../storage/session-names.ts');
    return sessionNames(paths.database).map(({ id, name }) => ({ name: id, says: name }));
  }
  const { readConfig } = await import('../projects/config-file.ts');
  return readConfig(paths.config).projects.map(({ name }) => ({ name, says: '' }));
}
