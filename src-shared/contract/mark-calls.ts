// Members of the contract about what a person notes on a session.
import { z } from 'zod';
import { lineSchema, sessionIdSchema } from '#shared/domain/identifier.ts';
import { maximalNameLength } from '#shared/domain/session.ts';
import { call } from '#shared/rpc/define-contract.ts';

const storage = ['storage-busy', 'storage-newer'] as const;

export const markCalls = {
  'session.rename': call({
    input: z.strictObject({ id: sessionIdSchema, name: lineSchema(maximalNameLength).min(1) }),
    output: z.null(),
    problems: ['session-unknown', 'session-damaged', ...storage],
  }),
  /** `pin` keeps it on top, `archive` puts an ended one away; false takes the mark off. */
  'session.mark': call({
    input: z.strictObject({ id: sessionIdSchema, mark: z.enum(['pin', 'archive']), on: z.boolean() }),
    output: z.null(),
    problems: ['session-unknown', 'session-running', ...storage],
  }),
};
