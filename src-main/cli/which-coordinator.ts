// Which coordinator is meant by a word: a project, the id of a session, or the project of this directory.
import { orchestratorId } from '#shared/domain/coordinator.ts';
import { readVariable } from '#shared/domain/environment.ts';
import type { Host } from '../host/host.ts';
import { chooseTarget } from './choose-project.ts';
import { projectHere } from './project-here.ts';

export const whichProject = async (host: Host, word: string | undefined): Promise<string> => {
  const { project } = await chooseTarget(host.projects(), {
    ...{ project: word ?? null, words: [] },
    variable: readVariable(process.env, 'PROJECT_ID'),
    here: () => projectHere(host, process.cwd()),
  });
  return project;
};

/** The id of its session. What is no project is taken for one. */
export async function whichCoordinator(host: Host, word: string | undefined): Promise<string> {
  const projects = host.projects();
  const project = word ?? (await whichProject(host, word));
  const known = projects.find(({ id }) => id === project);
  return known === undefined ? project : orchestratorId(known.prefix);
}
