// The member of the contract that takes over what another tool of this kind left.
import { z } from 'zod';
import { call } from '#shared/rpc/define-contract.ts';
import { importPlanSchema } from '#shared/domain/import.ts';

const path = z.string().min(1).max(4096);

export const importCalls = {
  /** Reads the other tool's directory and changes nothing there. Without `apply` nothing is changed here either. */
  'system.import': call({
    input: z.strictObject({
      /** Absolute; holds `projects/<id>/sessions/*.json`. */
      from: path,
      /** Its configuration, absolute; null: `config.yaml` in that directory. */
      configuration: path.nullable(),
      apply: z.boolean(),
    }),
    output: importPlanSchema,
    problems: ['import-nothing', 'import-unreadable', 'storage-busy', 'storage-newer'],
  }),
};
