// What stands for a project where a meta orchestrator belongs to none: every operation on sessions finds something of the right shape.
import { metaProject } from '#shared/domain/coordinator.ts';
import { ok } from '#shared/lib/result.ts';
import type { HomePaths } from '../../storage/paths.ts';
import type { KnownProject, ProjectLookup } from '../dependencies.ts';

export function withMetaProject(projects: ProjectLookup, { home }: Pick<HomePaths, 'home'>): ProjectLookup {
  const meta: KnownProject = {
    id: metaProject,
    path: home,
    sessionPrefix: metaProject,
    defaultBranch: 'main',
    // Directories of Athene's own in which nothing of others is.
    trustWorktrees: true,
  };
  return { find: (id) => (id === metaProject ? ok(meta) : projects.find(id)) };
}
