// Changes what a project's worktrees need, in its entry of config.yaml.
import type { YAMLMap } from 'yaml';
import { workOf, type ProjectWork } from '#shared/domain/set-up.ts';
import type { Result } from '#shared/lib/result.ts';
import type { HomePaths } from '../storage/paths.ts';
import { editProject, type EditProblem } from './edit-project.ts';
import type { ReadyProject } from './registry.ts';

export const configureProject = (
  paths: HomePaths,
  id: string,
  work: ProjectWork,
): Promise<Result<ReadyProject, EditProblem>> =>
  editProject(paths, id, (entry, project) => {
    const { copy, link, setUp, tearDown, run, ...rest } = project;
    const before = workOf({ copy, link, setUp, tearDown, run });
    for (const name of ['copy', 'link', 'setUp', 'tearDown', 'run'] as const) {
      if (JSON.stringify(before[name]) !== JSON.stringify(work[name])) set(entry, name, work[name]);
    }
    return { ...rest, ...given(work) };
  });

/** An empty list and no command are not written down. */
function set(entry: YAMLMap, name: keyof ProjectWork, value: ProjectWork[keyof ProjectWork]): void {
  if (value === null || value.length === 0) entry.delete(name);
  else entry.set(name, value);
}

function given({ run, ...lists }: ProjectWork): Partial<ReadyProject> {
  return { ...lists, ...(run === null ? {} : { run }) };
}
