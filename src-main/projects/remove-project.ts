// Forgets a project; its repository, branches and worktrees stay as they are.
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { HomePaths } from '../storage/paths.ts';
import { editConfig, sectionOf } from './config-file.ts';

export type RemoveProblem = Problem<'project-unknown' | 'project-in-use' | 'configuration-broken'>;

export async function removeProject(
  dependencies: {
    readonly paths: HomePaths;
    /** Ids of the project's sessions that have not ended. */
    readonly liveSessions: (project: string) => readonly string[];
  },
  id: string,
): Promise<Result<null, RemoveProblem>> {
  return editConfig<null, RemoveProblem>(dependencies.paths, (document, config) => {
    if (!config.projects.some(({ name }) => name === id)) return fail(unknown(id));
    const live = dependencies.liveSessions(id);
    if (live.length > 0) return fail(inUse(id, live));
    const projects = sectionOf(document, 'projects');
    projects.delete(id);
    if (projects.items.length === 0) projects.flow = true;
    return ok(null);
  });
}

const unknown = (id: string): RemoveProblem => ({
  code: 'project-unknown',
  what: `There is no project called ${JSON.stringify(id.slice(0, 100))}.`,
  kept: 'Nothing was changed.',
  todo: 'athene project ls shows those that there are.',
});

const inUse = (id: string, live: readonly string[]): RemoveProblem => ({
  code: 'project-in-use',
  what: `${id} has sessions that have not ended: ${live.join(', ')}.`,
  kept: 'Nothing was changed.',
  todo: 'End them first (athene session kill), then try again.',
});
