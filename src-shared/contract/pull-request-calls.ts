// Members of the contract about the pull request of a session.
import { z } from 'zod';
import { lineSchema, projectIdSchema, sessionIdSchema } from '#shared/domain/identifier.ts';
import { pullRequestSchema } from '#shared/domain/pull-request.ts';
import { mergeMethods, remoteIdSchema } from '#shared/domain/pull-request-facts.ts';
import { pullRequestKey, pullRequestViewSchema } from '#shared/domain/pull-request-view.ts';
import { call, feed } from '#shared/rpc/define-contract.ts';

const one = z.strictObject({ id: sessionIdSchema });
const lookProblems = [
  'session-unknown',
  'session-damaged',
  'project-unknown',
  'pull-request-unknown',
  'code-host-missing',
  'code-host-unreachable',
  'storage-busy',
  'storage-newer',
] as const;
const actProblems = [...lookProblems, 'merge-blocked'] as const;
const threadProblems = [...lookProblems, 'thread-unknown'] as const;
const thread = one.extend({ thread: remoteIdSchema });

export const pullRequestCalls = {
  /**
   * Makes an open pull request the session's own and puts its worktree onto the pull request's branch. Workers of the project that had it
   * give it up. Refused, with nothing changed, when anything in the worktree could be lost by that.
   */
  'session.claimPullRequest': call({
    input: z.strictObject({
      id: sessionIdSchema,
      /** Number, `#number`, address, or the name of its branch. */
      reference: lineSchema(500),
      assignOnGithub: z.boolean(),
    }),
    output: z.strictObject({
      session: sessionIdSchema,
      project: projectIdSchema,
      pr: pullRequestSchema,
      /** False: the worktree was on the branch already. */
      branchChanged: z.boolean(),
      githubAssigned: z.boolean(),
      /** The claim stands all the same. */
      githubAssignmentError: z.string().optional(),
      takenOverFrom: z.array(sessionIdSchema),
    }),
    problems: [
      'session-unknown',
      'session-damaged',
      'session-ended',
      'project-unknown',
      'claim-refused',
      'pull-request-unknown',
      'code-host-missing',
      'code-host-unreachable',
      'workspace-missing',
      'workspace-dirty',
      'branch-taken',
      'checkout-failed',
      'cannot-tell',
      'storage-busy',
      'storage-newer',
    ],
  }),
  /** Asks the code host now; a session without a pull request is looked for by its branch. Null: it has none. */
  'pullRequest.refresh': call({ input: one, output: pullRequestViewSchema.nullable(), problems: lookProblems }),
  /** Refused, with everything that is in the way, unless it can be merged as it was just read. */
  'pullRequest.merge': call({
    input: z.strictObject({ id: sessionIdSchema, method: z.enum(mergeMethods).default('squash') }),
    output: pullRequestViewSchema,
    problems: actProblems,
  }),
  /** Closes it without merging it; its branch stays. */
  'pullRequest.close': call({ input: one, output: pullRequestViewSchema, problems: actProblems }),
  'pullRequest.markReady': call({ input: one, output: pullRequestViewSchema, problems: actProblems }),
  /** Brings what its base has got meanwhile into its branch, on the code host. */
  'pullRequest.updateBranch': call({ input: one, output: pullRequestViewSchema, problems: actProblems }),
  /** Says something in a thread of its reviews, as the person who is signed in at the code host. */
  'pullRequest.reply': call({
    input: thread.extend({ text: z.string().regex(/\S/).max(8000) }),
    output: pullRequestViewSchema,
    problems: threadProblems,
  }),
  'pullRequest.resolve': call({
    input: thread.extend({ resolved: z.boolean() }),
    output: pullRequestViewSchema,
    problems: threadProblems,
  }),
  pullRequests: feed({ key: z.strictObject({}), item: pullRequestViewSchema, idOf: pullRequestKey }),
};
