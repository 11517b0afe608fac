// What GitHub answers about a pull request, in the words of Athene.
import { z } from 'zod';
import type { CheckState, PullRequestReading } from '#shared/domain/pull-request-facts.ts';
import {
  readingOf,
  type ToldCheck,
  type ToldPullRequest,
  type ToldReview,
  type ToldText,
} from '#shared/domain/pull-request-told.ts';

const author = z.object({ __typename: z.string(), login: z.string() }).nullable();
const time = z.string().nullable();
const nodesOf = <T extends z.ZodType>(item: T) => z.object({ nodes: z.array(item.nullable()).nullable() });

const checkRun = z.object({
  __typename: z.literal('CheckRun'),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  detailsUrl: z.string().nullable(),
  title: z.string().nullish(),
  summary: z.string().nullish(),
  isRequired: z.boolean(),
});
const statusContext = z.object({
  __typename: z.literal('StatusContext'),
  context: z.string(),
  state: z.string(),
  targetUrl: z.string().nullable(),
  description: z.string().nullish(),
  isRequired: z.boolean(),
});
const rollup = z.object({
  state: z.string(),
  contexts: nodesOf(z.discriminatedUnion('__typename', [checkRun, statusContext])).extend({
    pageInfo: z.object({ hasNextPage: z.boolean() }),
  }),
});
const comment = z.object({ id: z.string(), author, body: z.string(), url: z.string().nullable(), createdAt: time });
const node = z.object({
  number: z.int().positive(),
  title: z.string(),
  url: z.string(),
  state: z.enum(['OPEN', 'MERGED', 'CLOSED']),
  isDraft: z.boolean(),
  headRefName: z.string(),
  headRefOid: z.string().regex(/^[0-9a-f]{40,64}$/),
  baseRefName: z.string(),
  mergeable: z.string(),
  mergeStateStatus: z.string(),
  reviewDecision: z.string().nullable(),
  commits: nodesOf(z.object({ commit: z.object({ statusCheckRollup: rollup.nullable() }) })).nullable(),
  reviews: nodesOf(
    z.object({ id: z.string(), author, state: z.string(), body: z.string(), submittedAt: time }),
  ).nullable(),
  reviewThreads: nodesOf(
    z.object({
      id: z.string(),
      isResolved: z.boolean(),
      path: z.string().nullable(),
      line: z.int().nullable(),
      comments: nodesOf(comment),
    }),
  ).nullable(),
});
type Node = z.infer<typeof node>;

/** @param checksFailed GitHub said that it could not tell the checks. Null: that is no answer. */
export function readAnswer(answer: unknown, checksFailed: boolean, at: number): PullRequestReading | null {
  const parsed = node.safeParse(answer);
  return parsed.success ? readingOf(toldOf(parsed.data, checksFailed), at) : null;
}

const states = { OPEN: 'open', MERGED: 'merged', CLOSED: 'closed' } as const;

function toldOf(told: Node, checksFailed: boolean): ToldPullRequest {
  const { number, title, url, state, isDraft, headRefName } = told;
  const reviews = present(told.reviews).map(toldReview);
  return {
    pullRequest: { number, title, url, state: states[state], draft: isDraft, branch: headRefName },
    base: told.baseRefName,
    commit: told.headRefOid,
    checks: checksOf(told, checksFailed),
    decision: decisionOf(told.reviewDecision, reviews),
    conflicts: told.mergeable === 'MERGEABLE' ? 'no' : told.mergeable === 'CONFLICTING' ? 'yes' : 'unknown',
    ...standing(told.mergeStateStatus),
    reviews,
    threads: present(told.reviewThreads).map(({ id, isResolved, path, line, comments }) => ({
      ...{ id, path, line, resolved: isResolved },
      comments: present(comments).map((one) => ({ ...textOf(one, one.createdAt), url: one.url })),
    })),
  };
}

const present = <T>(list: { readonly nodes: readonly (T | null)[] | null } | null): readonly T[] =>
  (list?.nodes ?? []).filter((item) => item !== null);

function checksOf(told: Node, failed: boolean): readonly ToldCheck[] | null {
  const [last] = present(told.commits);
  if (failed || (last === undefined && told.state === 'OPEN')) return null;
  const all = last?.commit.statusCheckRollup ?? null;
  if (all === null) return [];
  const read = present(all.contexts).map(checkOf);
  const rest = all.contexts.pageInfo.hasNextPage ? contextStates[all.state] : undefined;
  // What one look does not hold shows in the word for all of them.
  const missed = rest !== undefined && rest !== 'passed' && !read.some(({ state }) => state === rest);
  return missed ? [...read, { name: 'one of the other checks', state: rest, required: false, url: null }] : read;
}

function checkOf(told: z.infer<typeof checkRun> | z.infer<typeof statusContext>): ToldCheck {
  if (told.__typename === 'StatusContext') {
    const { context, state, isRequired, targetUrl, description } = told;
    return {
      ...{ name: context, state: contextStates[state] ?? 'unknown', required: isRequired, url: targetUrl },
      says: description ?? null,
    };
  }
  const { name, status, conclusion, isRequired, detailsUrl } = told;
  const state = status === 'COMPLETED' ? conclusions[conclusion ?? ''] : runStates[status];
  const says = [told.title, told.summary].filter(Boolean).join('\n');
  return { name, state: state ?? 'unknown', required: isRequired, url: detailsUrl, says };
}

const contextStates: Readonly<Record<string, CheckState>> = {
  SUCCESS: 'passed',
  FAILURE: 'failed',
  ERROR: 'failed',
  PENDING: 'running',
  EXPECTED: 'queued',
};
const runStates: Readonly<Record<string, CheckState>> = {
  QUEUED: 'queued',
  REQUESTED: 'queued',
  WAITING: 'queued',
  PENDING: 'queued',
  IN_PROGRESS: 'running',
};
const conclusions: Readonly<Record<string, CheckState>> = {
  SUCCESS: 'passed',
  FAILURE: 'failed',
  TIMED_OUT: 'failed',
  STARTUP_FAILURE: 'failed',
  ACTION_REQUIRED: 'failed',
  CANCELLED: 'cancelled',
  STALE: 'cancelled',
  NEUTRAL: 'neutral',
  SKIPPED: 'skipped',
};

/** Where no rule asks for reviews, GitHub calls nothing approved that somebody approved: the last word of each person counts. */
function decisionOf(told: string | null, reviews: readonly ToldReview[]): ToldPullRequest['decision'] {
  if (told === 'APPROVED') return 'approved';
  if (told === 'CHANGES_REQUESTED') return 'changes_requested';
  if (told === 'REVIEW_REQUIRED') return 'pending';
  const verdicts = reviews.filter(({ state, bot }) => !bot && state !== 'commented' && state !== 'pending');
  const last = new Map(verdicts.map(({ author: by, state }) => [by, state]));
  const some = (state: ToldReview['state']): boolean => [...last.values()].includes(state);
  if (some('changes_requested')) return 'changes_requested';
  return some('approved') ? 'approved' : 'none';
}

/** In one word GitHub tells whether its rules are met, and whether it is behind: only the first thing that is in the way. */
function standing(word: string): Pick<ToldPullRequest, 'behind' | 'rules'> {
  if (word === 'CLEAN' || word === 'HAS_HOOKS' || word === 'UNSTABLE') return { behind: false, rules: 'met' };
  if (word === 'BEHIND') return { behind: true, rules: 'met' };
  return { behind: null, rules: word === 'BLOCKED' ? 'blocked' : 'unknown' };
}

const reviewStates: Readonly<Record<string, ToldReview['state']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes_requested',
  DISMISSED: 'dismissed',
  PENDING: 'pending',
};

type Written = Pick<z.infer<typeof comment>, 'id' | 'author' | 'body'>;
const toldReview = (told: Written & { readonly state: string; readonly submittedAt: string | null }): ToldReview => ({
  ...textOf(told, told.submittedAt),
  state: reviewStates[told.state] ?? 'commented',
});

const textOf = ({ id, author: by, body }: Written, at: string | null): ToldText => ({
  ...{ id, body, author: by?.login ?? null },
  bot: by?.__typename === 'Bot',
  at: Date.parse(at ?? ''),
});
