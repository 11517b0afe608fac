// Members of the contract about the pull request of a session.
import { z } from 'zod';
import { lineSchema, projectIdSchema, sessionIdSchema } from '#shared/domain/identifier.ts';
import { pullRequestSchema } from '#shared/domain/pull-request.ts';
import { call } from '#shared/rpc/define-contract.ts';

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
};
