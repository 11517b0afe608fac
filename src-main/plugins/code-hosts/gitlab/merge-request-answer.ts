// What GitLab answers about a merge request, in the words of Athene.
import { z } from 'zod';
import type { CheckState, PullRequestReading } from '#shared/domain/pull-request-facts.ts';
import {
  readingOf,
  type ToldCheck,
  type ToldPullRequest,
  type ToldReview,
  type ToldThread,
} from '#shared/domain/pull-request-told.ts';
import type { FoundPullRequest } from '../code-host.ts';

const user = z.object({ id: z.int(), username: z.string() });
const pipelineSchema = z.object({
  id: z.int().positive(),
  /** That of a fork may be another one. */
  project_id: z.int().positive(),
  status: z.string(),
  web_url: z.string().nullish(),
});
/** As lists have it. */
export const headSchema = z.object({
  iid: z.int().positive(),
  title: z.string(),
  web_url: z.url({ protocol: /^https?$/ }).max(2000),
  state: z.enum(['opened', 'closed', 'merged', 'locked']),
  draft: z.boolean().default(false),
  sha: z.string().regex(/^[0-9a-f]{40,64}$/),
  source_branch: z.string(),
  target_branch: z.string(),
  source_project_id: z.int().nullable(),
  target_project_id: z.int(),
  has_conflicts: z.boolean().default(false),
  merge_status: z.string().optional(),
  detailed_merge_status: z.string().default(''),
  updated_at: z.string(),
});
export type Head = z.infer<typeof headSchema>;
export const requestSchema = headSchema.extend({ head_pipeline: pipelineSchema.nullish() });

export const jobsSchema = z.array(
  z.object({
    name: z.string(),
    status: z.string(),
    allow_failure: z.boolean().default(false),
    web_url: z.string().nullish(),
  }),
);
export const approvalsSchema = z.object({
  /** Not told where no approvals can be required. */
  approvals_left: z.int().nullish(),
  approved_by: z.array(z.object({ user })).default([]),
});
export const reviewersSchema = z.array(z.object({ user, state: z.string() }));
export const discussionsSchema = z.array(
  z.object({
    id: z.string(),
    notes: z.array(
      z.object({
        id: z.int(),
        author: user.nullish(),
        body: z.string(),
        system: z.boolean().default(false),
        resolvable: z.boolean().default(false),
        resolved: z.boolean().nullish(),
        created_at: z.string().nullish(),
        position: z
          .object({
            new_path: z.string().nullish(),
            old_path: z.string().nullish(),
            new_line: z.int().nullish(),
            old_line: z.int().nullish(),
          })
          .nullish(),
      }),
    ),
  }),
);

export interface ToldOfRequest {
  readonly request: z.infer<typeof requestSchema>;
  /** Null: they could not be read. */
  readonly jobs: z.infer<typeof jobsSchema> | null;
  readonly approvals: z.infer<typeof approvalsSchema>;
  readonly reviewers: z.infer<typeof reviewersSchema>;
  readonly discussions: z.infer<typeof discussionsSchema>;
}

const states = { opened: 'open', merged: 'merged', closed: 'closed', locked: 'open' } as const;

/** `locked`: it is being merged at this moment. */
export function foundIn(told: Head): FoundPullRequest {
  const { iid: number, title, web_url: url, state, draft, source_branch: branch } = told;
  return {
    pullRequest: { number, title, url, state: states[state], draft, branch },
    commit: told.sha,
    fromFork: isFork(told),
  };
}

export const isFork = (told: Head): boolean => told.source_project_id !== told.target_project_id;

export function readingIn(told: ToldOfRequest, at: number): PullRequestReading {
  const { request, discussions } = told;
  const reviews = reviewsOf(told);
  const read: ToldPullRequest = {
    ...foundIn(request),
    base: request.target_branch,
    checks: checksOf(told),
    decision: decisionOf(told, reviews),
    conflicts: conflictsOf(request),
    behind: behindOf[request.detailed_merge_status] ?? null,
    rules: rulesOf[request.detailed_merge_status] ?? 'unknown',
    reviews,
    threads: discussions.flatMap((one) => threadOf(one, request.web_url)),
  };
  return readingOf(read, at);
}

/** GitLab says "no" as well while it has not looked yet. */
function conflictsOf({ has_conflicts, merge_status, detailed_merge_status: word }: Head): 'yes' | 'no' | 'unknown' {
  if (has_conflicts || word === 'conflict') return 'yes';
  const looks = /^(?:unchecked|checking|preparing)$/.test(word) || /check/.test(merge_status ?? '');
  return looks ? 'unknown' : 'no';
}

/** It tells the first thing that is in the way; of those that come later nothing is known. */
const behindOf: Readonly<Record<string, boolean>> = { mergeable: false, need_rebase: true };

const rulesOf: Readonly<Record<string, PullRequestReading['rules']>> = {
  mergeable: 'met',
  need_rebase: 'met',
  ...Object.fromEntries(
    [
      ...['ci_must_pass', 'ci_still_running', 'not_approved', 'requested_changes', 'discussions_not_resolved'],
      ...['blocked_status', 'merge_request_blocked', 'external_status_checks', 'status_checks_must_pass'],
      ...['jira_association_missing', 'policies_denied', 'security_policy_violations', 'commits_status'],
      ...['locked_paths', 'locked_lfs_files', 'title_regex', 'merge_time', 'broken_status'],
    ].map((word) => [word, 'blocked' as const]),
  ),
};

function checksOf({ request, jobs }: ToldOfRequest): readonly ToldCheck[] | null {
  const pipeline = request.head_pipeline ?? null;
  if (pipeline === null) return [];
  if (jobs === null) return null;
  const required = request.detailed_merge_status.startsWith('ci_');
  const read = jobs.map(({ name, status, allow_failure: mayFail, web_url: url }): ToldCheck => {
    const state = jobStates[status] ?? 'unknown';
    const forgiven = mayFail && (state === 'failed' || state === 'cancelled');
    return { name, state: forgiven ? 'neutral' : state, required: required && !mayFail, url: url ?? null };
  });
  // A pipeline that waits for a person is not over, though each job that nobody started may be left out.
  const whole = pipeline.status === 'manual' ? 'queued' : (jobStates[pipeline.status] ?? 'unknown');
  const told = read.length > 0 && (['passed', 'skipped'].includes(whole) || read.some(({ state }) => state === whole));
  return told ? read : [...read, { name: 'pipeline', state: whole, required, url: pipeline.web_url ?? null }];
}

const jobStates: Readonly<Record<string, CheckState>> = {
  ...{ created: 'queued', pending: 'queued', preparing: 'queued', scheduled: 'queued' },
  ...{ waiting_for_resource: 'queued', waiting_for_callback: 'queued', running: 'running', canceling: 'running' },
  ...{ success: 'passed', failed: 'failed', canceled: 'cancelled', skipped: 'skipped', manual: 'skipped' },
};

/** The last word of each: who took an approval back is no approver any more, and GitLab tells no time and no text of it. */
function reviewsOf({ approvals, reviewers }: ToldOfRequest): readonly ToldReview[] {
  const review = (by: z.infer<typeof user>, state: 'approved' | 'changes_requested'): ToldReview => ({
    ...{ id: `${state}-${by.id}`, author: by.username, bot: false, body: '', at: 0, state },
  });
  const against = reviewers.filter(({ state }) => state === 'requested_changes').map((one) => one.user);
  return [
    ...against.map((by) => review(by, 'changes_requested')),
    ...approvals.approved_by.flatMap(({ user: by }) =>
      against.some(({ id }) => id === by.id) ? [] : review(by, 'approved'),
    ),
  ];
}

function decisionOf(
  { request, approvals }: ToldOfRequest,
  reviews: readonly ToldReview[],
): ToldPullRequest['decision'] {
  const word = request.detailed_merge_status;
  if (word === 'requested_changes' || reviews.some(({ state }) => state === 'changes_requested'))
    return 'changes_requested';
  if (word === 'not_approved' || (approvals.approvals_left ?? 0) > 0) return 'pending';
  return reviews.length > 0 ? 'approved' : 'none';
}

/** Remarks that can be resolved; the rest is talk. */
function threadOf({ id, notes }: z.infer<typeof discussionsSchema>[number], url: string): readonly ToldThread[] {
  const said = notes.filter(({ system }) => !system);
  const open = said.filter(({ resolvable }) => resolvable);
  const [first] = open;
  if (first === undefined) return [];
  const { position } = first;
  const comments = said.map((note) => ({
    ...{ id: String(note.id), author: note.author?.username ?? null, bot: false, body: note.body },
    ...{ at: Date.parse(note.created_at ?? ''), url: `${url}#note_${note.id}` },
  }));
  return [
    {
      ...{ id, resolved: open.every(({ resolved }) => resolved === true), comments },
      path: position?.new_path ?? position?.old_path ?? null,
      line: position?.new_line ?? position?.old_line ?? null,
    },
  ];
}
