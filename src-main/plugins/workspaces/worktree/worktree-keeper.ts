// The workspace plug-in `worktree`: each session has a git worktree below Athene's home, outside of the repository.
import { Gate } from '../../../lib/gate.ts';
import type { WorkspaceKeeper } from '../workspace.ts';
import { createWorktree, planWorktree } from './create-worktree.ts';
import { previewRemoval } from './preview-removal.ts';
import { findPlace, removeWorktree } from './remove-worktree.ts';
import { undoWorktree } from './undo-worktree.ts';
import type { WorktreeDependencies } from './worktree-dependencies.ts';
import { proveWorktree } from './worktree-place.ts';

/** More at once only makes the disk seek. */
const parallelCheckouts = 4;

export function createWorktreeKeeper(dependencies: WorktreeDependencies): WorkspaceKeeper {
  const gates = new Map<string, Gate>();
  const gateOf = (repository: string): Gate => {
    const gate = gates.get(repository) ?? new Gate(parallelCheckouts);
    gates.set(repository, gate);
    return gate;
  };
  return {
    name: 'worktree',
    pathFor: ({ project, session }) => dependencies.paths.worktreeFor(project.id, session),
    plan: (spec) => planWorktree(dependencies, spec),
    create: (spec, progress, signal, planned) =>
      gateOf(spec.project.path).pass(() => createWorktree(dependencies, spec, { progress, signal, planned })),
    undoCreate: (spec, branchCreated) => undoWorktree(dependencies, spec, branchCreated),
    prove: (place) => proveWorktree(dependencies, place),
    remove: (spec) => removeWorktree(dependencies, spec),
    previewRemoval: async (place) =>
      previewRemoval({ ...dependencies, session: place.session }, await findPlace(dependencies, place)),
  };
}
