// Members of the contract about what sessions use of the machine, and about holding them up.
import { z } from 'zod';
import { sessionIdSchema } from '#shared/domain/identifier.ts';
import { sessionUsageSchema } from '#shared/domain/usage.ts';
import { call, feed } from '#shared/rpc/define-contract.ts';

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
  /** At most every two seconds, and only what has become another. */
  usage: feed({ key: z.strictObject({}), item: sessionUsageSchema, idOf: (usage) => usage.session }),
};
