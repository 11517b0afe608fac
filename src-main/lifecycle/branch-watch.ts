// Notices that an agent went on to another branch where no hook or wrapper told so. It has no timer: whoever polls looks, and each look reads one
// small file; git is asked only when that names another branch than the record does.
import { isSafeBranch } from '#shared/domain/branch.ts';
import type { Result } from '#shared/lib/result.ts';
import { onBranch } from '#shared/domain/session-branch.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { readWorktreeHead, type WorktreeHead, worktreeDirectory } from '../lib/worktree-head.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { changeSession } from '../sessions/session-record.ts';

export interface BranchWatch {
  /** Never waits for git: what it says is written down when it has answered. Gives what the file says. */
  look(record: SessionRecord): WorktreeHead['kind'];
  forget(session: string): void;
  /** Resolves when nobody is asked any more. */
  settled(): Promise<void>;
}

interface Known {
  /** Path of the worktree. */
  readonly path: string;
  /** Where git keeps its HEAD. */
  readonly directory: string;
  /** The last branch about which git was asked, and when. */
  readonly asked: { readonly branch: string; readonly at: number } | null;
}

/** Milliseconds until git is asked again about the same branch: it may not have been able to tell. */
const againAfter = 60_000;

export function watchBranches(
  dependencies: Pick<SessionDependencies, 'store' | 'now' | 'log'>,
  {
    projects,
    branchOf,
  }: {
    readonly projects: { find(id: string): Result<{ readonly path: string }, unknown> };
    /** As git tells: null when it is on none that could be a session's, or nobody can tell. */
    readonly branchOf: (record: SessionRecord) => Promise<string | null>;
  },
): BranchWatch {
  const known = new Map<string, Known>();
  const asking = new Map<string, Promise<void>>();

  const place = (id: string, path: string, project: string): Known | null => {
    const before = known.get(id);
    if (before?.path === path) return before;
    const found = projects.find(project);
    const directory = found.ok ? worktreeDirectory(path, found.value.path) : null;
    return directory === null ? null : { path, directory, asked: null };
  };

  const isAsked = ({ asked }: Known, branch: string): boolean => {
    const ago = dependencies.now() - (asked?.at ?? 0);
    return asked?.branch === branch && ago >= 0 && ago < againAfter;
  };

  const ask = async (record: SessionRecord): Promise<void> => {
    const branch = await branchOf(record);
    if (branch === null) return;
    await changeSession(dependencies, 'branch', record.id, (now) =>
      now.workspace?.path === record.workspace?.path ? onBranch(now, branch) : now,
    );
  };

  return {
    look(record) {
      const { id, project, workspace } = record;
      if (workspace?.kind !== 'worktree' || asking.has(id)) return 'unknown';
      const at = place(id, workspace.path, project);
      const head = at === null ? null : readWorktreeHead(at.directory);
      // Gone, or not to be read: it is looked for anew.
      if (at === null || head === null || head.kind === 'unknown') {
        known.delete(id);
        return 'unknown';
      }
      const moved = head.kind === 'branch' && head.branch !== workspace.branch && isSafeBranch(head.branch);
      if (!moved || isAsked(at, head.branch)) {
        known.set(id, moved ? at : { ...at, asked: null });
        return head.kind;
      }
      known.set(id, { ...at, asked: { branch: head.branch, at: dependencies.now() } });
      const asked = ask(record)
        .catch((error: unknown) => dependencies.log('branch.failed', { session: id, error: String(error) }))
        .finally(() => asking.delete(id));
      asking.set(id, asked);
      return head.kind;
    },
    forget: (session) => void known.delete(session),
    async settled() {
      await Promise.all(asking.values());
    },
  };
}
