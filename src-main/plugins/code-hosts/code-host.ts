// Port: where the pull requests of a project are. What comes from it was written by others.
import type { MergeMethod, PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
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
  /** Milliseconds since the epoch from when on it answers again, where it told. */
  readonly resetAt?: number | null;
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
  /** False: the worktree was on it already, with all of its commits. */
  readonly changed: boolean;
}

/** Where a pull request stands now. */
export interface FoundPullRequest {
  readonly pullRequest: PullRequest;
  /** Its newest commit, in hexadecimal. */
  readonly commit: string;
  /** Its branch is in another repository: a local one of that name need not be it. */
  readonly fromFork: boolean;
}

export interface Question {
  /** Pull requests that are to be read. */
  readonly numbers: readonly number[];
  /** Branches of its own repository whose open pull request is looked for; what is found is read too. */
  readonly branches: readonly string[];
  /** True: a person waits for it, so that nothing is taken from an earlier answer but one of the last seconds. */
  readonly fresh: boolean;
}

export interface Answer {
  /** Of those that were asked for, found, and told of; nothing is known of the others. */
  readonly facts: readonly PullRequestFacts[];
  /** Numbers that the code host does not know. */
  readonly absent: readonly number[];
}

type Done = Promise<Result<null, CodeHostFailure>>;

export interface CodeHost {
  /** As on screen. */
  readonly name: string;
  /** Hosts of the same authority share limits and failures. */
  readonly authority: string;
  /** @param reference `88`, `#88`, the address of a pull request of this project, or the name of its branch */
  resolvePullRequest(reference: string): Promise<Result<FoundPullRequest, CodeHostFailure>>;
  pullRequestState(number: number): Promise<Result<PullRequestState, CodeHostFailure>>;
  /** What is known to be as before is not asked for again. */
  readPullRequests(question: Question): Promise<Result<Answer, CodeHostFailure>>;
  /** Puts the worktree onto the pull request's branch; refuses when anything in it could be lost. */
  checkOut(found: FoundPullRequest, worktree: string): Promise<Result<CheckedOut, CheckOutFailure>>;
  /** Assigns the pull request to the person who is signed in. */
  assign(number: number): Done;
  /** @param commit what was looked at: refused when the pull request has got other commits meanwhile */
  merge(number: number, how: { readonly method: MergeMethod; readonly commit: string }): Done;
  close(number: number): Done;
  markReady(number: number): Done;
  /** Brings what its base has got meanwhile into its branch. */
  updateBranch(number: number): Done;
  /** @param thread as the facts of the pull request name it */
  reply(number: number, thread: string, text: string): Done;
  /** @param resolved false: it is open again */
  resolve(number: number, thread: string, resolved: boolean): Done;
}
