// The branch on which a session's worktree is found to stand.
import { isSafeBranch } from './branch.ts';
import { isSpawnTerminal } from './lifecycle.ts';
import type { SessionRecord } from './session.ts';

/** The same object when it changes nothing. Adopted worktrees are their owner's affair; an ended session's is not the agent's any more. */
export function onBranch(record: SessionRecord, branch: string): SessionRecord {
  const { workspace } = record;
  if (!isSafeBranch(branch) || workspace === null || workspace.kind !== 'worktree') return record;
  if (workspace.branch === branch || isSpawnTerminal(record.lifecycle)) return record;
  return { ...record, workspace: { ...workspace, branch } };
}
