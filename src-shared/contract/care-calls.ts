// Members of the contract about the health of the home: what is wrong, and what can be mended.
import { z } from 'zod';
import { findingSchema } from '#shared/domain/care.ts';
import { call } from '#shared/rpc/define-contract.ts';

const storage = ['storage-busy', 'storage-newer'] as const;

export const careCalls = {
  /** Compares sessions with claims, worktrees, branches, processes, terminals, transcripts, deliveries and rescue refs. */
  'system.fsck': call({
    input: z.strictObject({ repair: z.boolean() }),
    output: z.strictObject({ findings: z.array(findingSchema) }),
    problems: [...storage],
  }),
};
