// Projects as clients see them.
import { agentChoice } from '#shared/domain/agent-choice.ts';
import type { Defaults } from '#shared/domain/configuration.ts';
import { projectIdPattern } from '#shared/domain/identifier.ts';
import { projectColourAt } from '#shared/domain/project-colour.ts';
import {
  untouchedProject,
  usualStart,
  type ProjectView,
  type RepositoryFileView,
  type Start,
} from '#shared/domain/project.ts';
import { noWork, workOf } from '#shared/domain/set-up.ts';
import { reasonOf, type DegradedProject, type ReadyProject, type Registry } from './registry.ts';
import type { RepositoryFile } from './repository-file.ts';

/**
 * Degraded ones come along, except where the id itself is the trouble: those are only told as troubles.
 *
 * @param order ids as config.yaml has them: none changes its colour because another can't be used for a while
 */
export function projectViews(
  { ready, degraded, files }: Registry,
  defaults: Defaults,
  order: readonly string[],
): readonly ProjectView[] {
  const taken = new Set(ready.map(({ id }) => id));
  const shown = degraded.filter(({ id }) => projectIdPattern.test(id) && !taken.has(id));
  return [
    ...ready.map((project) => ({
      ...readyView(project, defaults, files.get(project.id)),
      colour: projectColourAt(order.indexOf(project.id), project.color),
    })),
    ...shown.map((project) => ({ ...degradedView(project), colour: projectColourAt(order.indexOf(project.id)) })),
  ];
}

const readyView = (
  project: ReadyProject,
  defaults: Defaults,
  file: RepositoryFile | undefined,
): Omit<ProjectView, 'colour'> => ({
  id: project.id,
  name: project.name ?? project.id,
  path: project.path,
  prefix: project.sessionPrefix,
  defaultBranch: project.defaultBranch,
  work: workOf(project),
  state: 'ready',
  problem: null,
  trustWorktrees: project.trustWorktrees === true,
  maximalAgents: project.maximalAgents ?? null,
  replies: project.replies ?? [],
  start: startOf(project, defaults),
  agentRules: project.agentRules ?? '',
  file: file === undefined ? null : fileView(file),
});

const startOf = (project: ReadyProject, defaults: Defaults): Start => ({
  ...agentChoice(project, defaults, 'worker'),
  runtime: project.runtime ?? defaults.runtime ?? usualStart.runtime,
  workspace: project.workspace ?? defaults.workspace ?? usualStart.workspace,
});

const fileView = ({ path, hash, accepted, counts, changes }: RepositoryFile): RepositoryFileView => ({
  ...{ path, hash, accepted },
  counts: [...counts],
  changes: [...changes],
});

const degradedView = (project: DegradedProject): ProjectView => ({
  id: project.id,
  name: project.id,
  path: project.path,
  prefix: project.prefix,
  defaultBranch: '',
  work: noWork,
  state: 'degraded',
  problem: reasonOf(project),
  ...untouchedProject,
});
