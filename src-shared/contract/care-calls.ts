// Members of the contract about the health of the home: what is wrong, and what can be mended.
import { z } from 'zod';
import { findingSchema } from '#shared/domain/care.ts';
import { projectIdSchema } from '#shared/domain/identifier.ts';
import { recoveryReportSchema } from '#shared/domain/recovery-report.ts';
import { call } from '#shared/rpc/define-contract.ts';

const storage = ['storage-busy', 'storage-newer'] as const;

export const careCalls = {
  /** Compares sessions with claims, worktrees, branches, processes, terminals, transcripts, deliveries and rescue refs. */
  'system.fsck': call({
    input: z.strictObject({ repair: z.boolean() }),
    output: z.strictObject({ findings: z.array(findingSchema) }),
    problems: [...storage],
  }),
  /** Brings sessions into order after something died. `endMany`: those that seem dead are ended even if they are many at once. */
  'system.recover': call({
    input: z.strictObject({ dryRun: z.boolean(), project: projectIdSchema.nullable(), endMany: z.boolean() }),
    output: recoveryReportSchema,
    problems: ['project-unknown', 'recovery-refused', 'recovery-elsewhere', ...storage],
  }),
};
