// Members of the contract about why a session is in its state, and what its agent says of itself.
import { z } from 'zod';
import { reportStateSchema } from '#shared/domain/fact.ts';
import { lineSchema, sessionIdSchema } from '#shared/domain/identifier.ts';
import { reportedPullRequestSchema } from '#shared/domain/reported-pull-request.ts';
import { statusSchema } from '#shared/domain/status.ts';
import { traceLineSchema } from '#shared/domain/trace.ts';
import { call } from '#shared/rpc/define-contract.ts';

export const evidenceCalls = {
  /** All that its state was concluded from, by this host; the last line is the decision (null: what is recorded stands). */
  'session.explain': call({
    input: z.strictObject({ id: sessionIdSchema }),
    output: z.array(traceLineSchema),
    problems: ['session-unknown', 'session-damaged'],
  }),
  /** What an agent says of itself. Every report is kept with what became of it, refused ones too. */
  'session.report': call({
    input: z.strictObject({
      id: sessionIdSchema,
      state: reportStateSchema,
      note: lineSchema(500).nullable(),
      source: z.enum(['report', 'acknowledge']).default('report'),
      /** The one that it made; only with the states that are about one. */
      pullRequest: reportedPullRequestSchema.default({ number: null, url: null }),
    }),
    output: z.strictObject({ before: statusSchema, after: statusSchema }),
    problems: ['session-unknown', 'session-damaged', 'report-refused', 'storage-busy', 'storage-newer'],
  }),
};
