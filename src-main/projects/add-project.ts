// Adds a repository to config.yaml; nothing in the repository itself is touched.
import { basename } from 'node:path';
import { prefixPattern, projectIdPattern } from '#shared/domain/identifier.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { Project } from '#shared/domain/project.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Git } from '../lib/git.ts';
import type { HomePaths } from '../storage/paths.ts';
import { editConfig, sectionOf } from './config-file.ts';
import { deriveProjectId, derivePrefix } from './derive-names.ts';
import { inspectRepository, type InspectedRepository } from './inspect-repository.ts';
import { readEntries, sameWord, type ReadyProject, type Entries } from './registry.ts';

export type AddProblem = Problem<'not-a-repository' | 'project-exists' | 'project-refused' | 'configuration-broken'>;

export interface ProjectDependencies {
  readonly git: Git;
  readonly paths: HomePaths;
}

export interface NewProject {
  readonly path: string;
  readonly id: string | null;
  readonly prefix?: string | null;
  /** The person agreed that agents may trust worktrees of it. */
  readonly trustWorktrees?: boolean;
}

/** `id` null: made from the directory's name. `prefix`: wished for, taken when it is free. */
export async function addProject(
  dependencies: ProjectDependencies,
  input: NewProject,
): Promise<Result<ReadyProject, AddProblem>> {
  if (input.id !== null && !isUsableId(input.id)) return fail(badId(input.id));
  const inspected = await inspectRepository(dependencies, input.path);
  if (!inspected.ok) return inspected;
  return editConfig<ReadyProject, AddProblem>(dependencies.paths, (document, config) => {
    const registry = readEntries(config);
    const taken = [...config.projects.map(({ name }) => name)];
    const conflict = conflictWith(registry, taken, input.id, inspected.value.path);
    if (conflict !== null) return fail(conflict);
    const id = input.id ?? deriveProjectId(basename(inspected.value.path), taken);
    const entry = {
      ...entryFor(inspected.value, registry, input.prefix ?? null),
      ...(input.trustWorktrees === true ? { trustWorktrees: true } : {}),
    };
    sectionOf(document, 'projects').set(document.createNode(id), document.createNode(entry));
    return ok({ ...entry, id });
  });
}

function entryFor(
  { path, defaultBranch, repo }: InspectedRepository,
  { ready, degraded }: Entries,
  wished: string | null,
): Project {
  const prefixes = [...ready.map(({ sessionPrefix }) => sessionPrefix), ...degraded.map(({ prefix }) => prefix)];
  const isFree = wished !== null && prefixPattern.test(wished) && !prefixes.some((prefix) => sameWord(prefix, wished));
  const sessionPrefix = isFree ? wished : derivePrefix(basename(path), prefixes);
  return { path, sessionPrefix, defaultBranch, ...(repo === null ? {} : { repo }) };
}

/** Windows opens devices by these names, and worktrees are named after the project. */
const isUsableId = (id: string): boolean => projectIdPattern.test(id);

const badId = (id: string): AddProblem => ({
  code: 'project-refused',
  what: `${JSON.stringify(id.slice(0, 100))} can't be the id of a project.`,
  kept: 'Nothing was changed.',
  todo: 'Choose 1-64 letters, digits, _ or -, starting with a letter or digit.',
});

function conflictWith(registry: Entries, taken: readonly string[], id: string | null, path: string): AddProblem | null {
  const same = [...registry.ready, ...registry.degraded].find((project) => project.path === path);
  if (same !== undefined) return exists(`${path} is a project already: ${same.id}.`, `Use it as ${same.id}.`);
  const twin = id === null ? undefined : taken.find((each) => sameWord(each, id));
  return twin === undefined ? null : exists(`There is a project called ${twin} already.`, 'Choose another id.');
}

const exists = (what: string, todo: string): AddProblem => ({
  code: 'project-exists',
  what,
  kept: 'Nothing was changed.',
  todo,
});
