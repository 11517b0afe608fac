// Changes what a project's worktrees need, in its entry of config.yaml; what is not changed keeps its comments.
import { isMap, type YAMLMap } from 'yaml';
import type { Problem } from '#shared/domain/problem.ts';
import { workOf, type ProjectWork } from '#shared/domain/set-up.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { HomePaths } from '../storage/paths.ts';
import { editConfig, sectionOf } from './config-file.ts';
import { readRegistry, type ReadyProject } from './registry.ts';

export type ConfigureProblem = Problem<'project-unknown' | 'configuration-broken'>;

export function configureProject(
  paths: HomePaths,
  id: string,
  work: ProjectWork,
): Promise<Result<ReadyProject, ConfigureProblem>> {
  return editConfig<ReadyProject, ConfigureProblem>(paths, (document, config) => {
    const project = readRegistry(config).ready.find((each) => each.id === id);
    const entry = sectionOf(document, 'projects').get(id);
    if (project === undefined || !isMap(entry)) return fail(unknown(id));
    const { copy, link, setUp, tearDown, run, ...rest } = project;
    const before = workOf({ copy, link, setUp, tearDown, run });
    for (const name of ['copy', 'link', 'setUp', 'tearDown', 'run'] as const) {
      if (JSON.stringify(before[name]) !== JSON.stringify(work[name])) set(entry, name, work[name]);
    }
    return ok({ ...rest, ...given(work) });
  });
}

/** An empty list and no command are not written down. */
function set(entry: YAMLMap, name: keyof ProjectWork, value: ProjectWork[keyof ProjectWork]): void {
  if (value === null || value.length === 0) entry.delete(name);
  else entry.set(name, value);
}

function given({ run, ...lists }: ProjectWork): Partial<ReadyProject> {
  return { ...lists, ...(run === null ? {} : { run }) };
}

const unknown = (id: string): ConfigureProblem => ({
  code: 'project-unknown',
  what: `There is no project called ${JSON.stringify(id.slice(0, 100))} that can be changed.`,
  kept: 'Nothing was changed.',
  todo: 'Look at its entry in config.yaml.',
});
