import type { WorkspaceKind } from '#shared/domain/workspace.ts';

export const placeWords: Readonly<Record<WorkspaceKind, string>> = {
  worktree: 'A new worktree',
  clone: 'A clone of its own',
  'in-place': 'My own checkout',
  adopted: 'A worktree that is there',
  scratch: 'A directory of its own',
};
