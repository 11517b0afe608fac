// The one way from here to the system's file manager.
import { shell } from 'electron';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { isBelow, probePath, realPathIfThere } from '../lib/files.ts';

/**
 * Shows a directory below one of the roots, all links resolved. It is shown where it lies and not opened: to open a bundle is to
 * run it.
 */
export async function revealFolder(
  path: string,
  { roots }: { readonly roots: readonly string[] },
): Promise<Result<null, Problem<'worktree-missing'>>> {
  const folder = realPathIfThere(path);
  if (folder === null || probePath(folder).kind !== 'directory')
    return fail(missing('The folder is not there any more.'));
  if (bundle.test(folder) || !isInside(folder, roots)) return fail(missing('The folder is not where worktrees lie.'));
  shell.showItemInFolder(folder);
  return ok(null);
}

/** Directories that a system takes for programs or documents. */
const bundle = /\.(?:app|appex|bundle|framework|kext|pkg|plugin|prefpane|saver|workflow|xpc)$/i;

const isInside = (folder: string, roots: readonly string[]): boolean =>
  roots.some((root) => {
    const resolved = realPathIfThere(root);
    return resolved !== null && isBelow(folder, resolved);
  });

const missing = (what: string): Problem<'worktree-missing'> => ({
  code: 'worktree-missing',
  what,
  kept: 'The branch is kept where it was not deleted.',
  todo: 'Look for the branch in the repository.',
});
