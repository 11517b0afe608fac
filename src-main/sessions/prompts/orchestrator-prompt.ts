// What the orchestrator of a project is told. Source: system.md 8.2.
import { readTemplate } from './read-template.ts';
import { renderTemplate } from './render-template.ts';
import { projectBlocks, projectValues, type ProjectFacts } from './worker-prompt.ts';

export interface OrchestratorFacts {
  readonly session: string;
  readonly project: ProjectFacts;
  /** Of the screen; null while no server runs. */
  readonly address: string | null;
}

export const orchestratorPrompt = ({ session, project, address }: OrchestratorFacts): string =>
  renderTemplate(
    readTemplate('orchestrator'),
    {
      ...projectValues(project),
      session,
      project_id: project.id,
      prefix: project.prefix,
      path: project.path,
      address: screenAt(address),
    },
    projectBlocks(project),
  );

export const screenAt = (address: string | null): string => address ?? 'the desktop app, or `athene serve`';
