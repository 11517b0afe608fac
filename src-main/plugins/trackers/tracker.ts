// Port: where the issues of a project are kept. What comes from it was written by others.
import type { IssueFacts } from '#shared/domain/issue-facts.ts';
import type { Result } from '#shared/lib/result.ts';

export interface Issue {
  readonly facts: IssueFacts;
  readonly url: string;
  /** Branch that the tracker itself has for it; null when it names none. */
  readonly branch: string | null;
}

/**
 * `not-found`: there is no such issue. `refused`: the tracker did not tell of this one. `unreachable`: it tells of none for now, so
 * that nobody needs to ask for others.
 */
export interface TrackerFailure {
  readonly kind: 'not-found' | 'refused' | 'unreachable';
  /** One sentence for a person. */
  readonly what: string;
  readonly todo: string;
  readonly details: string;
}

/** Issues are named by their normal form. */
export interface Tracker {
  /** As on screen. */
  readonly name: string;
  getIssue(id: string, signal?: AbortSignal): Promise<Result<Issue, TrackerFailure>>;
  isCompleted(id: string): Promise<Result<boolean, TrackerFailure>>;
  /** What a branch for it is called here; null when there can be no such issue. */
  branchName(id: string): string | null;
  /** Null when there can be no such issue. */
  issueUrl(id: string): string | null;
}

/**
 * `explicit`: the person named it, so its failures are not passed over. `none`: with the reason, for a person; null when that was wished
 * for.
 */
export type ChosenTracker =
  | { readonly kind: 'tracker'; readonly tracker: Tracker; readonly explicit: boolean }
  | { readonly kind: 'none'; readonly why: string | null };
