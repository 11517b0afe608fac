// Port: where the pull requests of a project are. What comes from it was written by others.
import type { PullRequest, PullRequestState } from '#shared/domain/pull-request.ts';
import type { Result } from '#shared/lib/result.ts';

/**
 * `not-found`: there is no such pull request. `refused`: the host did not do it. `unreachable`: it answers nothing for now, so that
 * nobody needs to ask for others.
 */
export interface CodeHostFailure {
  readonly kind: 'not-found' | 'refused' | 'unreachable';
  /** One sentence for a person. */
  readonly what: string;
  readonly todo: string;
  readonly details: string;
}

/** Nothing has changed in the worktree; `dirty` and `cannot-tell` say so before anything was tried. */
export type CheckOutFailure =
  | { readonly kind: 'dirty' | 'cannot-tell' | 'failed'; readonly what: string; readonly details: string }
  /** Another worktree has the branch. */
  | { readonly kind: 'held'; readonly path: string };

export interface CheckedOut {
  /** Name of the local branch. */
  readonly branch: string;
  readonly commit: string;
  /** False: the worktree was on it already. */
  readonly changed: boolean;
}

export interface CodeHost {
  /** As on screen. */
  readonly name: string;
  /** @param reference `88`, `#88`, the address of a pull request of this project, or the name of its branch */
  resolvePullRequest(reference: string): Promise<Result<PullRequest, CodeHostFailure>>;
  pullRequestState(number: number): Promise<Result<PullRequestState, CodeHostFailure>>;
  /** Puts the worktree onto the pull request's branch; refuses when anything in it could be lost. */
  checkOut(pullRequest: PullRequest, worktree: string): Promise<Result<CheckedOut, CheckOutFailure>>;
  /** Assigns the pull request to the person who is signed in. */
  assign(number: number): Promise<Result<null, CodeHostFailure>>;
}
