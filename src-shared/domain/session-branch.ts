// How a session's worktree is found: on which branch, on none, or not at all.
import { isSafeBranch } from './branch.ts';
import { isSpawnTerminal } from './lifecycle.ts';
import type { SessionRecord } from './session.ts';
import type { WorkspaceSight } from './workspace.ts';

/** The same object when it changes nothing. Adopted worktrees are their owner's affair; an ended session's is not the agent's any more. */
export function onBranch(record: SessionRecord, branch: string): SessionRecord {
  const { workspace } = record;
  if (!isSafeBranch(branch) || workspace === null || workspace.kind !== 'worktree') return record;
  if (workspace.branch === branch || isSpawnTerminal(record.lifecycle)) return record;
  return { ...record, workspace: { ...workspace, branch } };
}

/** The same object when it changes nothing. @param sight null: as it should be */
export function withSight(record: SessionRecord, sight: WorkspaceSight | null): SessionRecord {
  const { workspace } = record;
  if (workspace === null || (workspace.sight ?? null) === sight || isSpawnTerminal(record.lifecycle)) return record;
  const { sight: _, ...plain } = workspace;
  return { ...record, workspace: sight === null ? plain : { ...plain, sight } };
}
