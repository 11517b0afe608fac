// What a code host tells of one pull request, made harmless, and what follows from it: may it be merged, and if not, why not.
import { z } from 'zod';
import { lineSchema, timestampSchema } from './identifier.ts';
import { pullRequestSchema, type PullRequestState } from './pull-request.ts';

/** Nothing in it that hides, breaks or signs in. */
export const webAddressSchema = z
  .url({ protocol: /^https?$/ })
  .regex(/^https?:\/\/(?![^/?#]*@)[\x21-\x7e]+$/i)
  .max(2000);
/** Comments, reviews, threads: as the code host names them, safe as one argument. */
export const remoteIdSchema = z.string().regex(/^[A-Za-z0-9][\w=:/.+-]{0,199}$/);

/** What has not run to its end is `queued` or `running`; `unknown` is a word of the code host that Athene does not know. */
const checkStateSchema = z.enum([
  'queued',
  'running',
  'passed',
  'failed',
  'cancelled',
  'skipped',
  'neutral',
  'unknown',
]);
export type CheckState = z.infer<typeof checkStateSchema>;

/** UTF-16 units. */
export const longestLog = 4000;

export const checkSchema = z.strictObject({
  name: lineSchema(400),
  state: checkStateSchema,
  /** The branch's rules ask for it. */
  required: z.boolean(),
  url: webAddressSchema.nullable(),
  /** The end of what a failed one printed: lines of printable text, cut, written by whoever wrote the code. Null: it was not read, or says nothing. */
  log: z.string().max(longestLog).nullable().default(null),
});
export type Check = z.infer<typeof checkSchema>;

const authored = {
  id: remoteIdSchema,
  author: lineSchema(200),
  bot: z.boolean(),
  /** Lines of printable text, cut. */
  body: z.string().max(8000),
  at: timestampSchema,
};
export const reviewSchema = z.strictObject({
  ...authored,
  state: z.enum(['approved', 'changes_requested', 'commented', 'dismissed', 'pending']),
});

export const threadCommentSchema = z.strictObject({ ...authored, url: webAddressSchema.nullable() });
export const reviewThreadSchema = z.strictObject({
  id: remoteIdSchema,
  /** Null: it is about the pull request as a whole. */
  path: lineSchema(1000).nullable(),
  line: z.int().positive().nullable(),
  resolved: z.boolean(),
  comments: z.array(threadCommentSchema),
});

const blockerKinds = [
  'closed',
  'draft',
  'ci_failing',
  'ci_pending',
  'changes_requested',
  'review_required',
  'conflicts',
  'conflicts_unknown',
  'behind',
  'rules',
  'rules_unknown',
] as const;
/** What keeps it from being merged, with one sentence for a person. */
export const blockerSchema = z.strictObject({ kind: z.enum(blockerKinds), what: lineSchema(600) });
export type Blocker = z.infer<typeof blockerSchema>;

export const mergeMethods = ['squash', 'merge', 'rebase'] as const;
export type MergeMethod = (typeof mergeMethods)[number];

const ciSchema = z.enum(['none', 'pending', 'passing', 'failing']);
export type Ci = z.infer<typeof ciSchema>;

export const pullRequestFactsSchema = z.strictObject({
  pullRequest: pullRequestSchema,
  /** The branch that it is to be merged into. */
  base: z.string().max(255),
  /** Its newest commit, in hexadecimal. */
  commit: z.string().regex(/^[0-9a-f]{40,64}$/),
  checks: z.array(checkSchema),
  /** False: they could not be read, and `ci` is the worst case. */
  checksRead: z.boolean(),
  ci: ciSchema,
  /** `pending`: the rules ask for a review that nobody has given. */
  decision: z.enum(['none', 'pending', 'approved', 'changes_requested']),
  conflicts: z.enum(['yes', 'no', 'unknown']),
  /** It lacks commits of its base, which matter to the rules. Null: not told. */
  behind: z.boolean().nullable(),
  /** The rules of its base branch, beyond checks and reviews. */
  rules: z.enum(['met', 'blocked', 'unknown']),
  blockers: z.array(blockerSchema),
  reviews: z.array(reviewSchema),
  threads: z.array(reviewThreadSchema),
  readAt: timestampSchema,
  /** It could not be read again: what stands here is as old as `readAt`. */
  stale: z.strictObject({ since: timestampSchema, why: lineSchema(600) }).nullable(),
});
export type PullRequestFacts = z.infer<typeof pullRequestFactsSchema>;

/** What is read; the rest follows from it. */
export type PullRequestReading = Omit<PullRequestFacts, 'ci' | 'blockers' | 'stale'>;

export function factsOf(reading: PullRequestReading): PullRequestFacts {
  const ci = ciOf(reading.checksRead ? reading.checks : null, reading.pullRequest.state);
  return { ...reading, ci, blockers: [...mergeability({ ...reading, ci }).blockers], stale: null };
}

/**
 * One word for all checks. Whoever can't read them assumes the worst while it matters.
 * @param checks null: they could not be read
 */
export function ciOf(checks: readonly Pick<Check, 'state'>[] | null, state: PullRequestState): Ci {
  if (checks === null) return state === 'open' ? 'failing' : 'none';
  const some = (...states: readonly CheckState[]): boolean => checks.some((check) => states.includes(check.state));
  if (some('failed', 'cancelled')) return 'failing';
  if (some('queued', 'running', 'unknown')) return 'pending';
  return some('passed', 'neutral') ? 'passing' : 'none';
}

export interface Mergeability {
  readonly mergeable: boolean;
  readonly blockers: readonly Blocker[];
}

/** Merged already: nothing is in the way. */
export function mergeability(facts: Omit<PullRequestReading, 'readAt'> & Pick<PullRequestFacts, 'ci'>): Mergeability {
  if (facts.pullRequest.state === 'merged') return { mergeable: true, blockers: [] };
  const blockers = facts.pullRequest.state === 'closed' ? [closed] : obstacles.flatMap((look) => look(facts) ?? []);
  return { mergeable: blockers.length === 0, blockers };
}

const closed: Blocker = { kind: 'closed', what: 'It is closed.' };

type Obstacle = (facts: Omit<PullRequestReading, 'readAt'> & Pick<PullRequestFacts, 'ci'>) => Blocker | null;

const when = (is: boolean, kind: Blocker['kind'], what: string): Blocker | null => (is ? { kind, what } : null);

const obstacles: readonly Obstacle[] = [
  ({ pullRequest }) => when(pullRequest.draft, 'draft', 'It is a draft.'),
  ({ ci, checks, checksRead }) => when(ci === 'failing', 'ci_failing', failingText(checks, checksRead)),
  ({ ci }) => when(ci === 'pending', 'ci_pending', 'Checks still run.'),
  ({ decision }) => when(decision === 'changes_requested', 'changes_requested', 'A reviewer asked for changes.'),
  ({ decision }) => when(decision === 'pending', 'review_required', 'A review is required.'),
  ({ conflicts, base }) => when(conflicts === 'yes', 'conflicts', `It conflicts with ${base}.`),
  ({ conflicts }) => when(conflicts === 'unknown', 'conflicts_unknown', 'Whether it conflicts is not known yet.'),
  ({ behind, base }) => when(behind === true, 'behind', `It is behind ${base}.`),
  ({ rules, base }) => when(rules === 'blocked', 'rules', `The rules of ${base} forbid it.`),
  // Of a draft, and of one that conflicts, nobody tells.
  ({ rules, base, conflicts, pullRequest: { draft } }) =>
    when(
      rules === 'unknown' && conflicts === 'no' && !draft,
      'rules_unknown',
      `Whether the rules of ${base} are met is not known.`,
    ),
];

function failingText(checks: readonly Check[], read: boolean): string {
  const failed = checks.filter(({ state }) => state === 'failed' || state === 'cancelled');
  const required = failed.filter((check) => check.required).length;
  if (failed.length === 0 && !read) return 'Its checks could not be read.';
  if (failed.length === 1) return required === 0 ? 'A check failed.' : 'A required check failed.';
  return `${failed.length} checks failed${required === 0 ? '' : `, ${required} of them required`}.`;
}
