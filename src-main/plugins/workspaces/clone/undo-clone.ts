// Takes back the making of a clone, whole or cut off at any moment, by this process or by one that is gone.
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { probePath, removeDirectory } from '../../../lib/files.ts';
import type { RemovalReport, WorkspaceProblem, WorkspaceSpec } from '../workspace.ts';
import { gitHasEnded, stillAtWork } from '../worktree/undo-worktree.ts';
import type { WorktreeDependencies } from '../worktree/worktree-dependencies.ts';
import { unfinishedPlace } from './clone-place.ts';
import { emptyAndRemove } from './remove-clone.ts';

export async function undoClone(
  dependencies: WorktreeDependencies,
  spec: WorkspaceSpec,
): Promise<Result<RemovalReport, WorkspaceProblem>> {
  const { paths } = dependencies;
  const path = paths.worktreeFor(spec.project.id, spec.session);
  if (!(await gitHasEnded(path))) return fail(stillAtWork(path));
  try {
    // Nobody works in it before it is in its place.
    await removeDirectory(unfinishedPlace(paths, spec), paths.worktrees);
    if (probePath(path).kind === 'absent') return ok({ rescueRef: null });
    return await emptyAndRemove(dependencies, spec, { path, keepBranch: false });
  } catch (error) {
    return fail({
      code: 'workspace-failed',
      what: `The unfinished clone ${path} could not be removed.`,
      kept: 'What is there was left as it is.',
      todo: 'Look at the details; remove it by hand when nothing in it matters.',
      details: String(error),
    });
  }
}
