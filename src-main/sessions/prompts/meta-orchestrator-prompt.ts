// What a meta orchestrator is told. Source: system.md 8.3 and 1.8.
import type { CoordinatorScope } from '#shared/domain/coordinator.ts';
import { screenAt } from './orchestrator-prompt.ts';
import { readTemplate } from './read-template.ts';
import { renderTemplate } from './render-template.ts';

export interface CatalogueEntry {
  readonly id: string;
  readonly prefix: string;
  readonly repo: string | null;
  /** What the person wrote of it, by which work finds its project; null when nothing. */
  readonly description: string | null;
}

export interface MetaFacts {
  /** Its name. */
  readonly session: string;
  readonly scope: CoordinatorScope;
  /** The projects of its scope, as they are now. */
  readonly projects: readonly CatalogueEntry[];
  readonly discover: boolean;
  readonly address: string | null;
  readonly rules: string | null;
}

export const metaOrchestratorPrompt = ({ session, scope, projects, discover, address, rules }: MetaFacts): string =>
  renderTemplate(
    readTemplate('meta-orchestrator'),
    {
      session,
      scope: scope === 'all' ? 'all registered projects' : `the projects ${scope.projects.join(', ')}`,
      catalogue: catalogue(projects),
      address: screenAt(address),
      rules: rules ?? '',
    },
    { DISCOVER: discover, FIXED: !discover, RULES: rules !== null },
  );

const catalogue = (projects: readonly CatalogueEntry[]): string =>
  projects.length === 0
    ? 'There are no projects yet. Say so, and ask the person to add one.'
    : projects
        .map(
          ({ id, repo, prefix, description }) =>
            `- ${id} (${repo ?? 'no repo'}, prefix ${prefix}): ${description ?? 'no description'}`,
        )
        .join('\n');
