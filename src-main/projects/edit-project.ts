// Changes the entry of a project in config.yaml; what is not changed keeps its comments.
import { isMap, type YAMLMap } from 'yaml';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { HomePaths } from '../storage/paths.ts';
import { editConfig, sectionOf } from './config-file.ts';
import { readEntries, type ReadyProject } from './registry.ts';

export type EditProblem = Problem<'project-unknown' | 'configuration-broken'>;

/** @param change writes into the entry, and returns the project as it is then */
export const editProject = (
  paths: HomePaths,
  id: string,
  change: (entry: YAMLMap, project: ReadyProject) => ReadyProject,
): Promise<Result<ReadyProject, EditProblem>> =>
  editConfig<ReadyProject, EditProblem>(paths, (document, config) => {
    const project = readEntries(config).ready.find((each) => each.id === id);
    const entry: unknown = sectionOf(document, 'projects').get(id);
    return project === undefined || !isMap(entry) ? fail(unknown(id)) : ok(change(entry, project));
  });

const unknown = (id: string): EditProblem => ({
  code: 'project-unknown',
  what: `There is no project called ${JSON.stringify(id.slice(0, 100))} that can be changed.`,
  kept: 'Nothing was changed.',
  todo: 'athene project ls shows those that there are; or look at its entry in config.yaml.',
});
