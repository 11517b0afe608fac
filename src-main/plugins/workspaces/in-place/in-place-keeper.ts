// The project's own checkout as a workspace: looked at, never changed by Athene, never removed.
import { ok } from '#shared/lib/result.ts';
import type { Git } from '../../../lib/git.ts';
import type { PlaceKeeper } from '../workspace.ts';
import { openRepository } from '../worktree/repository.ts';
import { headOf } from './head.ts';

export const createInPlaceKeeper = ({ git }: { readonly git: Git }): PlaceKeeper => ({
  async open({ project }) {
    const repository = await openRepository(git, project.path);
    if (!repository.ok) return repository;
    const head = await headOf(git, project.path);
    return head.ok ? ok({ path: project.path, ...head.value, branchCreated: false }) : head;
  },
});
