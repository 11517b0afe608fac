// Notes where the workspace of a living agent is gone, or stands on no branch, so that a person sees what was done to it outside of Athene.
import type { SessionRecord } from '#shared/domain/session.ts';
import { withSight } from '#shared/domain/session-branch.ts';
import type { WorkspaceSight } from '#shared/domain/workspace.ts';
import { probePath } from '../lib/files.ts';
import type { WorktreeHead } from '../lib/worktree-head.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { changeSession } from '../sessions/session-record.ts';

export interface WorkspaceSights {
  /** Believes what two looks in a row see: a rebase stands on no branch for a moment. @param head as git's file says */
  note(record: SessionRecord, head: WorktreeHead['kind']): Promise<void>;
  forget(session: string): void;
}

export function noteSights(dependencies: Pick<SessionDependencies, 'store' | 'now'>): WorkspaceSights {
  const last = new Map<string, Seen>();
  return {
    async note(record, head) {
      const seen = sightOf(record, head);
      const before = last.get(record.id);
      last.set(record.id, seen);
      if (seen === 'unknown' || seen !== before || seen === (record.workspace?.sight ?? 'good')) return;
      await changeSession(dependencies, 'workspace seen', record.id, (now) =>
        now.workspace?.path === record.workspace?.path ? withSight(now, seen === 'good' ? null : seen) : now,
      );
    },
    forget: (session) => void last.delete(session),
  };
}

type Seen = WorkspaceSight | 'good' | 'unknown';

function sightOf({ workspace }: SessionRecord, head: WorktreeHead['kind']): Seen {
  if (workspace === null) return 'unknown';
  // The repository keeps the HEAD of a worktree that is gone.
  const { kind } = probePath(workspace.path);
  if (kind === 'absent') return 'gone';
  if (head !== 'unknown') return head === 'detached' ? 'detached' : 'good';
  // Only of Athene's own worktrees HEAD is read: of others a directory is all that there is to see.
  return kind === 'directory' && (workspace.kind !== 'worktree' || workspace.sight === 'gone') ? 'good' : 'unknown';
}
