// Members of the contract about what a person notes on a session.
import { z } from 'zod';
import { lineSchema, sessionIdSchema } from '#shared/domain/identifier.ts';
import { maximalNameLength } from '#shared/domain/session.ts';
import { call } from '#shared/rpc/define-contract.ts';

export const markCalls = {
  /** The name on the screen; id, branch and worktree keep theirs. */
  'session.rename': call({
    input: z.strictObject({
      id: sessionIdSchema,
      name: lineSchema(maximalNameLength).refine((name) => name.trim() !== '', 'must not be empty'),
    }),
    output: z.null(),
    problems: ['session-unknown', 'session-damaged', 'storage-busy', 'storage-newer'],
  }),
};
