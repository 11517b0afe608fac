// The workspace plug-in `clone`: a whole repository of its own for each session, below Athene's home.
import { Gate } from '../../../lib/gate.ts';
import type { WorkspaceKeeper } from '../workspace.ts';
import { previewRemoval } from '../worktree/preview-removal.ts';
import type { WorktreeDependencies } from '../worktree/worktree-dependencies.ts';
import { proveClone } from './clone-place.ts';
import { makeClone, planClone } from './make-clone.ts';
import { findClone, removeClone } from './remove-clone.ts';
import { undoClone } from './undo-clone.ts';

/** More at once only makes the disk seek. */
const parallelClones = 2;

export function createCloneKeeper(dependencies: WorktreeDependencies): WorkspaceKeeper {
  const gate = new Gate(parallelClones);
  return {
    name: 'clone',
    pathFor: ({ project, session }) => dependencies.paths.worktreeFor(project.id, session),
    plan: (spec) => planClone(dependencies, spec),
    create: (spec, progress, signal) => gate.pass(() => makeClone(dependencies, spec, { progress, signal })),
    undoCreate: (spec) => undoClone(dependencies, spec),
    async prove({ project, path }) {
      const proof = await proveClone(dependencies.git, path, { root: '/', checkout: project.path });
      return proof.ok ? null : proof.problem;
    },
    remove: (spec) => removeClone(dependencies, spec),
    previewRemoval: async (place) =>
      previewRemoval({ ...dependencies, session: place.session }, await findClone(dependencies, place)),
  };
}
