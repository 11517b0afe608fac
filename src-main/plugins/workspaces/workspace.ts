// Port: where a session's files live. Nothing here ever deletes work: removal refuses what is not provably safe.
import type { Problem } from '#shared/domain/problem.ts';
import type { WorkspaceKind } from '#shared/domain/workspace.ts';
import type { Result } from '#shared/lib/result.ts';

export interface WorkspaceSpec {
  readonly project: { readonly id: string; readonly path: string; readonly defaultBranch: string };
  readonly session: string;
  /** A safe git branch name; made from `base` when it does not exist. */
  readonly branch: string;
  /** Commit-ish to branch from; null = the default branch (remote's if fetched, else local). */
  readonly base: string | null;
}

export interface WorkspacePlan {
  readonly branchExists: boolean;
  /** Something of an earlier workspace still stands on record for this place. */
  readonly stale: boolean;
}

export interface Workspace {
  /** Absolute real path. */
  readonly path: string;
  /** Null in a checkout whose HEAD is on no branch. */
  readonly branch: string | null;
  /** Commit that the branch stood at when the workspace was made. */
  readonly baseCommit: string;
  /** False when the branch existed before; an undo then keeps it. */
  readonly branchCreated: boolean;
}

export type WorkspaceProblem = Problem<
  | 'not-a-repository'
  | 'base-missing'
  | 'branch-taken'
  | 'path-taken'
  | 'workspace-refused'
  | 'workspace-failed'
  | 'workspace-dirty'
  | 'tear-down-failed'
  | 'cannot-tell'
>;

export interface FoundFile {
  /** Relative to the workspace; a directory ends in a slash. */
  readonly path: string;
  /** Bytes; null: not measured. */
  readonly size: number | null;
}

/** What a removal would do, as far as can be told before. */
export interface RemovalPreview {
  /** Why it would be refused now; null when nothing speaks against it. */
  readonly refusal: string | null;
  /** Changed, new and ignored files that would be put aside. */
  readonly putAside: readonly FoundFile[];
  /** Ignored files that tools make again: they would go. */
  readonly goes: readonly FoundFile[];
  /** Ignored files that are too large to be put aside: they keep a removal from being done, unless they may go. */
  readonly large: readonly FoundFile[];
}

export interface RemovalReport {
  /** Private ref that holds a snapshot of uncommitted work, when one had to be taken. */
  readonly rescueRef: string | null;
}

/** One kind of workspace that Athene makes. */
export interface WorkspaceKeeper {
  readonly name: string;
  /** Path that `create` will use, known before it runs. */
  pathFor(spec: Pick<WorkspaceSpec, 'project' | 'session'>): string;
  /**
   * Looks before `create` and changes nothing. `branchExists` is written down first, so that an undo, even by another process,
   * never deletes a branch that stood there before.
   */
  plan(spec: WorkspaceSpec): Promise<Result<WorkspacePlan, WorkspaceProblem>>;
  /** @param planned what `plan` has just told of the same spec; looks for itself without it */
  create(
    spec: WorkspaceSpec,
    progress: (line: string) => void,
    signal: AbortSignal,
    planned?: WorkspacePlan,
  ): Promise<Result<Workspace, WorkspaceProblem>>;
  /** Takes back a `create` of a spawn that failed: removes the worktree (rescued first if anything is in it) and the branch, if it was created there and has no commits of its own. Idempotent; also cleans a half-made one. */
  undoCreate(spec: WorkspaceSpec, branchCreated: boolean): Promise<Result<RemovalReport, WorkspaceProblem>>;
  /**
   * Removes the worktree and keeps the branch. Uncommitted or unreachable work is snapshotted to `refs/athene/rescue/<session>/<n>`
   * first; if that fails, or the state can't be read, nothing is removed.
   */
  remove(removal: Removal): Promise<Result<RemovalReport, WorkspaceProblem>>;
  /** Says what `remove` would do, and changes nothing. */
  previewRemoval(place: Removal): Promise<Result<RemovalPreview, WorkspaceProblem>>;
  /** Null: what stands at the path is provably the session's workspace, and an agent may work in it. Looks only. */
  prove(place: Removal): Promise<WorkspaceProblem | null>;
}

type Around = Pick<WorkspaceSpec, 'project' | 'session'>;

export type Removal = Around & {
  readonly path: string;
  /** Refuse, with `workspace-dirty`, what would have to be put aside. */
  readonly onlySaved?: boolean;
  /** Somebody was shown the ignored files that are too large to be put aside, and said that they may go. */
  readonly discardLarge?: boolean;
  /** Runs once everything is put aside, in the proven place; a problem stops the removal. What it changes is looked at again. */
  readonly afterRescue?: (() => Promise<WorkspaceProblem | null>) | undefined;
};

/** A workspace that is to be made, or a place that is there. */
export type WorkspaceRequest =
  | (WorkspaceSpec & { readonly kind: 'worktree' | 'clone' })
  | (Around & { readonly kind: 'in-place' | 'adopted' | 'scratch'; readonly path: string });

/** A place that is there already: only looked at. */
export interface PlaceKeeper {
  open(place: Around & { readonly path: string }): Promise<Result<Workspace, WorkspaceProblem>>;
}

/** Plain directories of Athene's, without git. What is in one stays in it: it is removed only when it is empty. */
export interface ScratchKeeper {
  /** Made when it is not there. */
  open(place: ScratchPlace): Result<Workspace, WorkspaceProblem>;
  /** Null: it is the session's own directory. Looks only. */
  prove(place: ScratchPlace): WorkspaceProblem | null;
  removeIfEmpty(place: ScratchPlace): void;
}

export type ScratchPlace = Pick<WorkspaceSpec, 'session'> & { readonly path: string };

/** All kinds, as sessions use them. What Athene did not make is never changed: there is nothing to take back or to remove. */
export interface Workspaces {
  plan(request: WorkspaceRequest): Promise<Result<WorkspacePlan, WorkspaceProblem>>;
  create(
    request: WorkspaceRequest,
    progress: (line: string) => void,
    signal: AbortSignal,
    planned?: WorkspacePlan,
  ): Promise<Result<Workspace, WorkspaceProblem>>;
  undoCreate(request: WorkspaceRequest, branchCreated: boolean): Promise<Result<RemovalReport, WorkspaceProblem>>;
  remove(removal: Removal & { readonly kind: WorkspaceKind }): Promise<Result<RemovalReport, WorkspaceProblem>>;
  previewRemoval(place: Removal & { readonly kind: WorkspaceKind }): Promise<Result<RemovalPreview, WorkspaceProblem>>;
  prove(place: Removal & { readonly kind: WorkspaceKind }): Promise<WorkspaceProblem | null>;
}
