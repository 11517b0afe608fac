// Is the directory really the session's clone, and nothing but that? Anything in doubt is a refusal.
import { basename, dirname, join } from 'node:path';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { isReallyInside, listDirectory, probePath, realPathIfThere } from '../../../lib/files.ts';
import type { Git } from '../../../lib/git.ts';
import type { HomePaths } from '../../../storage/paths.ts';
import type { WorkspaceProblem, WorkspaceSpec } from '../workspace.ts';
import { couldNotAsk } from '../worktree/repository.ts';
import { inTheWay, type WorktreePlace } from '../worktree/worktree-place.ts';

/** Where a clone is made before it is whole: nobody works there. */
export function unfinishedPlace(
  paths: HomePaths,
  { project, session }: Pick<WorkspaceSpec, 'project' | 'session'>,
): string {
  const path = paths.worktreeFor(project.id, session);
  return join(dirname(path), `.${basename(path)}.making`);
}

/** A real directory below `root` with a repository of its own in it. */
export async function proveClone(
  git: Git,
  path: string,
  { root, checkout }: { readonly root: string; readonly checkout: string },
): Promise<Result<WorktreePlace, WorkspaceProblem>> {
  try {
    const gitDirectory = join(path, '.git');
    if (probePath(path).kind !== 'directory' || !isReallyInside(path, root) || realPathIfThere(path) !== path) {
      return fail(notOurs(path, 'it is not a real directory in the place of the worktrees'));
    }
    if (probePath(gitDirectory).kind !== 'directory') return fail(notOurs(path, 'it has no repository of its own'));
    const told = await git.run(path, ['rev-parse', '--show-toplevel', '--absolute-git-dir']);
    if (!told.ok) return fail(couldNotAsk(told.problem));
    if (told.value !== `${path}\n${gitDirectory}\n`)
      return fail(notOurs(path, 'its repository has its files elsewhere'));
    return ok({ path, gitDirectory, checkout });
  } catch (error) {
    return fail({ ...notOurs(path, 'it could not be looked at'), details: String(error) });
  }
}

/** The same, with nothing that hangs on it: a removal would take the repository of its other work trees. */
export async function proveLoneClone(
  git: Git,
  path: string,
  around: { readonly root: string; readonly checkout: string },
): Promise<Result<WorktreePlace, WorkspaceProblem>> {
  const proof = await proveClone(git, path, around);
  if (!proof.ok || listDirectory(join(proof.value.gitDirectory, 'worktrees')).length === 0) return proof;
  return fail(inTheWay(path, 'it has worktrees of its own (git worktree list)'));
}

const notOurs = (path: string, why: string): WorkspaceProblem => ({
  code: 'cannot-tell',
  what: `${path} is not provably the session's clone: ${why}.`,
  kept: 'Nothing was removed.',
  todo: 'Look at the directory, and move or remove it by hand.',
});
