// The person accepts what a repository's own file asks for, or takes that back.
import type { Problem } from '#shared/domain/problem.ts';
import { fail, type Result } from '#shared/lib/result.ts';
import type { HomePaths } from '../storage/paths.ts';
import { readConfig } from './config-file.ts';
import { editProject, type EditProblem } from './edit-project.ts';
import { readRepositoryFile } from './repository-file.ts';
import { readEntries, type ReadyProject } from './registry.ts';

export type AcceptProblem = EditProblem | Problem<'file-changed'>;

/** @param hash of what was shown; null takes back whatever was accepted */
export const acceptFile = (
  paths: HomePaths,
  id: string,
  hash: string | null,
): Promise<Result<ReadyProject, AcceptProblem>> =>
  hash === null
    ? editProject(paths, id, (entry, { acceptedFile: _before, ...project }) => {
        entry.delete('acceptedFile');
        return project;
      })
    : accept(paths, id, hash);

async function accept(paths: HomePaths, id: string, hash: string): Promise<Result<ReadyProject, AcceptProblem>> {
  const config = readConfig(paths.config);
  const project = readEntries(config).ready.find((each) => each.id === id);
  const own = config.projects.find(({ name }) => name === id)?.value;
  const read = project === undefined ? null : readRepositoryFile(project, own);
  if (project !== undefined && (read?.kind !== 'read' || read.file.hash !== hash)) return fail(changed(id));
  return editProject(paths, id, (entry, before) => {
    entry.set('acceptedFile', hash);
    return { ...before, acceptedFile: hash };
  });
}

const changed = (id: string): AcceptProblem => ({
  code: 'file-changed',
  what: `The file in the repository of ${id} no longer says what was shown.`,
  kept: 'Nothing of it was accepted.',
  todo: `Look at it again: athene config show ${id}`,
});
