// Members of the contract about what sessions use of the machine, and about holding them up.
import { z } from 'zod';
import { sessionIdSchema } from '#shared/domain/identifier.ts';
import { spawnInputSchema } from '#shared/domain/spawn.ts';
import { sessionUsageSchema } from '#shared/domain/usage.ts';
import { call, feed } from '#shared/rpc/define-contract.ts';
import { spawnProblems } from './spawn-problems.ts';

const storage = ['storage-busy', 'storage-newer'] as const;
const one = z.strictObject({ id: sessionIdSchema });
const doneToAll = z.strictObject({
  sessions: z.array(sessionIdSchema),
  /** What could not be done, or only in part. */
  failed: z.array(z.strictObject({ session: z.string(), why: z.string() })),
});

export const resourceCalls = {
  /** Looks now, of one session or of all; without a look before, a second time a moment later, since processor time takes two. */
  'session.resources': call({
    input: z.strictObject({ id: sessionIdSchema.nullable() }),
    output: z.strictObject({
      /** Sessions of which nothing runs are not among them. */
      usages: z.array(sessionUsageSchema),
      /** Why nothing can be told; null when it can. */
      cannotTell: z.string().nullable(),
    }),
    problems: ['session-unknown'],
  }),
  /** Pauses it: all its processes stand still where they are, until it is continued. */
  'session.freeze': call({
    input: one,
    output: z.strictObject({
      already: z.boolean(),
      processes: z.int().nonnegative(),
      /** Pids that could not be stopped. */
      resisting: z.array(z.int()),
    }),
    problems: ['session-unknown', 'session-damaged', 'session-ended', 'freeze-unsupported', ...storage],
  }),
  /** Continues it from where it was. */
  'session.thaw': call({
    input: one,
    output: z.strictObject({
      already: z.boolean(),
      /** Pids that could not be continued. */
      left: z.array(z.int()),
    }),
    problems: ['session-unknown', 'session-damaged', ...storage],
  }),
  /** Like `session.spawn`, and answers as soon as it is known whether it waits in line until fewer agents run. */
  'session.enqueue': call({
    input: spawnInputSchema,
    output: z.strictObject({
      /** In line, from 1; null when it does not wait. */
      place: z.int().positive().nullable(),
    }),
    problems: spawnProblems,
  }),
  'session.freezeAll': call({ input: z.strictObject({}), output: doneToAll, problems: [...storage] }),
  'session.thawAll': call({ input: z.strictObject({}), output: doneToAll, problems: [...storage] }),
  /** At most every two seconds, and only what has become another. */
  usage: feed({ key: z.strictObject({}), item: sessionUsageSchema, idOf: (usage) => usage.session }),
};
