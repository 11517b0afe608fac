// Port: where the issues of a project are kept. What comes from it was written by others.
import type { IssueFacts } from '#shared/domain/issue-facts.ts';
import type { Result } from '#shared/lib/result.ts';

export interface Issue {
  readonly facts: IssueFacts;
  /** Null: it has no address. */
  readonly url: string | null;
  /** Branch that the tracker itself has for it; null when it names none. */
  readonly branch: string | null;
}

/** One of many. */
export interface ListedIssue {
  /** Its normal form. */
  readonly id: string;
  readonly title: string;
  readonly labels: readonly string[];
  readonly state: 'open' | 'closed';
  readonly assignee: string | null;
  /** Null: it has no address. */
  readonly url: string | null;
}

export interface IssueQuery {
  /** Words of a person; empty: all. */
  readonly query: string;
  readonly state: 'open' | 'closed' | 'all';
  readonly limit: number;
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

export interface NewIssue {
  readonly title: string;
  readonly body: string;
}

/** Issues are named by their normal form. */
export interface Tracker {
  /** As on screen. */
  readonly name: string;
  getIssue(id: string, signal?: AbortSignal): Promise<Result<Issue, TrackerFailure>>;
  isCompleted(id: string): Promise<Result<boolean, TrackerFailure>>;
  /** Newest first. What is not there, a tracker can't do. */
  listIssues?(question: IssueQuery): Promise<Result<readonly ListedIssue[], TrackerFailure>>;
  /** Gives its id. */
  createIssue?(issue: NewIssue): Promise<Result<string, TrackerFailure>>;
  /** Closes it, or opens it again. */
  setState?(id: string, state: 'open' | 'closed'): Promise<Result<null, TrackerFailure>>;
  /** What a branch for it is called here; null when there can be no such issue. */
  branchName(id: string): string | null;
  /** Null when there can be no such issue. */
  issueUrl(id: string): string | null;
}

/** One that can do everything that there is. */
export type WholeTracker = Required<Tracker>;

/**
 * `explicit`: the person named it, so its failures are not passed over. `none`: with the reason, for a person; null when that was wished
 * for.
 */
export type ChosenTracker =
  | { readonly kind: 'tracker'; readonly tracker: Tracker; readonly explicit: boolean }
  | { readonly kind: 'none'; readonly why: string | null };
