// Which rules of reactions count where.
import type { RuleLayers } from '#shared/domain/reaction.ts';
import { leavesRulesOpen } from '#shared/domain/rule-doubt.ts';
import type { ConfigurationReader } from '../../projects/configuration-reader.ts';

/** The rules of the home and of each project, read when somebody first asks, and then no more. */
export interface Layers {
  of(project: string): RuleLayers;
  /** Why nobody can tell what the rules of a project are; null: they are known. */
  doubt(project: string): string | null;
}

export function readLayers({
  configuration,
}: {
  readonly configuration: Pick<ConfigurationReader, 'wholeConfig'>;
}): Layers {
  let known: ReturnType<ConfigurationReader['wholeConfig']> | null = null;
  const read = () => (known ??= configuration.wholeConfig());
  return {
    of: (project) => [read().reactions, read().projects.find(({ id }) => id === project)?.reactions ?? {}],
    doubt: (project) => read().troubles.find((trouble) => leavesRulesOpen(trouble, project))?.what ?? null,
  };
}
