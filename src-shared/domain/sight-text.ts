// What a person is told of a workspace that is not as it should be.
import { assertNever } from '../lib/assert-never.ts';
import type { SessionView } from './session.ts';
import { isOwnWorkspace, type WorkspaceKind, type WorkspaceSight } from './workspace.ts';

const placeNames = {
  worktree: 'worktree',
  clone: 'clone',
  'in-place': 'checkout',
  adopted: 'worktree',
  scratch: 'directory',
} as const satisfies Record<WorkspaceKind, string>;

export function sightText(
  sight: WorkspaceSight,
  { branch, workspace }: Pick<SessionView, 'branch' | 'workspace'>,
): { readonly what: string; readonly todo: string } {
  const place = placeNames[workspace];
  switch (sight) {
    case 'gone':
      return {
        what: `Its ${place} was removed outside of Athene.`,
        todo: isOwnWorkspace(workspace)
          ? workspace === 'scratch'
            ? 'Stop it, then restore it: an empty one is made.'
            : `Stop it, then restore it: the ${place} is made again from ${branch ?? 'its branch'}.`
          : 'Put it back, or stop the session: its agent works in a folder that is gone.',
      };
    case 'detached':
      return {
        what: `Its ${place} stands on no branch.`,
        todo: `What is committed there now is not on ${branch ?? 'its branch'}; a removal keeps it as a snapshot.`,
      };
    default:
      return assertNever(sight);
  }
}
