// Writes down in config.yaml whether agents may trust the worktrees of a project.
import { isMap } from 'yaml';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { HomePaths } from '../storage/paths.ts';
import { editConfig, sectionOf } from './config-file.ts';
import { readRegistry, type ReadyProject } from './registry.ts';

export type TrustProblem = Problem<'project-unknown' | 'configuration-broken'>;

export async function trustWorktrees(
  { paths }: { readonly paths: HomePaths },
  { id, trust }: { readonly id: string; readonly trust: boolean },
): Promise<Result<ReadyProject, TrustProblem>> {
  return editConfig<ReadyProject, TrustProblem>(paths, (document, config) => {
    const project = readRegistry(config).ready.find((each) => each.id === id);
    const entry: unknown = sectionOf(document, 'projects').get(id);
    if (project === undefined || !isMap(entry)) return fail(unknown(id));
    entry.set('trustWorktrees', trust);
    return ok({ ...project, trustWorktrees: trust });
  });
}

const unknown = (id: string): TrustProblem => ({
  code: 'project-unknown',
  what: `There is no project called ${JSON.stringify(id.slice(0, 100))} that can be used.`,
  kept: 'Nothing was changed.',
  todo: 'athene project ls shows those that there are.',
});
