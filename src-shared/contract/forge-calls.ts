// Members of the contract about pull requests and conversations that belong to a session.
import { z } from 'zod';
import { sessionIdSchema } from '#shared/domain/identifier.ts';
import { call } from '#shared/rpc/define-contract.ts';

const storage = ['storage-busy', 'storage-newer'] as const;

export const forgeCalls = {
  /** The session works on this pull request from now on; another one that did so loses it. */
  'session.claimPullRequest': call({
    input: z.strictObject({
      id: sessionIdSchema,
      /** Number, `#number` or address. */
      reference: z.string().max(500),
      assign: z.boolean(),
    }),
    output: z.strictObject({
      number: z.int(),
      url: z.string(),
      branchChanged: z.boolean(),
      /** Sessions that lost it. */
      takenFrom: z.array(z.string()),
      /** Null when nobody asked for it. */
      assigned: z.boolean().nullable(),
    }),
    problems: [
      'session-unknown',
      'session-damaged',
      'pull-request-required',
      'pull-request-unknown',
      'pull-request-closed',
      'forge-missing',
      'forge-failed',
      'workspace-dirty',
      'session-running',
      ...storage,
    ],
  }),
  /** Looks up again which conversation of its agent belongs to the session. */
  'session.remap': call({
    input: z.strictObject({ id: sessionIdSchema, fresh: z.boolean() }),
    output: z.strictObject({ conversation: z.string() }),
    problems: ['session-unknown', 'session-damaged', 'conversation-missing', 'agent-unsupported', ...storage],
  }),
};
