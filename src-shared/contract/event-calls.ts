// Members of the contract about the timeline.
import { z } from 'zod';
import { eventCursorSchema, eventFilterSchema, eventViewSchema } from '#shared/domain/event.ts';
import { call } from '#shared/rpc/define-contract.ts';

export const eventCalls = {
  /** A page of events, newest first; with `after` those that were written since that one, oldest first. */
  'event.list': call({
    input: eventFilterSchema.extend({
      /** Where the page before has ended; null: from the newest on. */
      before: eventCursorSchema.nullable().default(null),
      /** Id of the last one that is known already. */
      after: z.int().nonnegative().nullable().default(null),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.strictObject({
      events: z.array(eventViewSchema),
      /** For the next page; null when there is none. */
      next: eventCursorSchema.nullable(),
      /** Id of the newest event of all when this was read: what is written later has a higher one. */
      last: z.int().nonnegative(),
    }),
    problems: ['storage-busy', 'storage-newer'],
  }),
};
