// A small git repository of Athene's own making, to try everything in: some files, tests that pass, a few commits.
import { join } from 'node:path';
import { fail, type Result } from '#shared/lib/result.ts';
import { ensureDirectory, probePath, writeFileAtomic } from '../lib/files.ts';
import type { GitFailure } from '../lib/git.ts';
import { addProject, type AddProblem, type ProjectDependencies } from './add-project.ts';
import { editions } from './sandbox-content.ts';
import type { ReadyProject } from './registry.ts';

/** Makes `<home>/sandbox/<name>`, the first name that is free, and adds it. Needs no configured identity of git. */
export async function addSandbox(dependencies: ProjectDependencies): Promise<Result<ReadyProject, AddProblem>> {
  const { paths, git } = dependencies;
  try {
    const path = freePlace(paths.sandbox);
    ensureDirectory(path);
    const failure = await fill(git.run.bind(git), path);
    if (failure !== null) return fail(couldNotMake(path, failure.details));
    return await addProject(dependencies, { path, id: null });
  } catch (error) {
    return fail(couldNotMake(paths.sandbox, String(error)));
  }
}

function freePlace(root: string): string {
  ensureDirectory(root);
  for (let number = 1; ; number += 1) {
    const path = join(root, number === 1 ? 'sandbox' : `sandbox-${number}`);
    if (probePath(path).kind === 'absent') return path;
  }
}

async function fill(git: ProjectDependencies['git']['run'], path: string): Promise<GitFailure | null> {
  const steps: (() => Promise<Result<string, GitFailure>>)[] = [
    () => git(path, ['init', '--quiet', '--initial-branch=main', '--template=']),
    // Agents commit here too, on machines where nobody has told git a name.
    () => git(path, ['config', 'user.name', 'Athene Sandbox']),
    () => git(path, ['config', 'user.email', 'sandbox@athene.invalid']),
    () => git(path, ['config', 'commit.gpgSign', 'false']),
    ...editions.map(
      ({ message, files }) =>
        () =>
          commit(git, path, message, files),
    ),
  ];
  for (const step of steps) {
    const done = await step();
    if (!done.ok) return done.problem;
  }
  return null;
}

async function commit(
  git: ProjectDependencies['git']['run'],
  path: string,
  message: string,
  files: Readonly<Record<string, string>>,
): Promise<Result<string, GitFailure>> {
  for (const [name, content] of Object.entries(files)) {
    const file = join(path, ...name.split('/'));
    ensureDirectory(join(file, '..'));
    writeFileAtomic(file, content, 0o644);
  }
  const added = await git(path, ['add', '--all']);
  return added.ok ? git(path, ['commit', '--quiet', '--no-verify', '-m', message]) : added;
}

const couldNotMake = (path: string, details: string): AddProblem => ({
  code: 'project-refused',
  what: `The sandbox ${path} could not be made.`,
  kept: 'No project was added.',
  todo: 'Look at the details, then try again.',
  details,
});
