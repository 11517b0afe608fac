// Members of the contract about what a person notes on a session.
import { z } from 'zod';
import { lineSchema, sessionIdSchema } from '#shared/domain/identifier.ts';
import { maximalNameLength } from '#shared/domain/session.ts';
import { snoozeEndSchema } from '#shared/domain/snooze.ts';
import { call } from '#shared/rpc/define-contract.ts';

const storage = ['storage-busy', 'storage-newer'] as const;

export const markCalls = {
  /** Keeps it on top of the sidebar; cleanup leaves it alone. */
  'session.pin': call({
    input: z.strictObject({ id: sessionIdSchema, on: z.boolean() }),
    output: z.null(),
    problems: ['session-unknown', ...storage],
  }),
  /** Hides it from lists, whether it has ended or not; it comes back into sight when it begins to ask, and by a restore. */
  'session.archive': call({
    input: z.strictObject({ id: sessionIdSchema, on: z.boolean() }),
    output: z.null(),
    problems: ['session-unknown', ...storage],
  }),
  /** Puts it off, out of the queue; null: not any more. What it comes to ask afterwards is in the queue all the same. */
  'session.snooze': call({
    input: z.strictObject({ id: sessionIdSchema, until: snoozeEndSchema.nullable() }),
    output: z.null(),
    problems: ['session-unknown', ...storage],
  }),
  /** Somebody has seen how it stands; `on: false`: as if nobody had. */
  'session.read': call({
    input: z.strictObject({ id: sessionIdSchema, on: z.boolean() }),
    output: z.null(),
    problems: ['session-unknown', ...storage],
  }),
  /** The name on the screen; id, branch and worktree keep theirs. */
  'session.rename': call({
    input: z.strictObject({
      id: sessionIdSchema,
      name: lineSchema(maximalNameLength).refine((name) => name.trim() !== '', 'must not be empty'),
    }),
    output: z.null(),
    problems: ['session-unknown', 'session-damaged', ...storage],
  }),
};
