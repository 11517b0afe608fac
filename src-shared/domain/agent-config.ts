// How the agents of a project are started where nobody says it: program, model, permissions; workers and coordinators may differ.
import { z } from 'zod';
import { agentIdSchema, lineSchema } from './identifier.ts';

/** `permissionless` acts without asking. Everything else asks: `auto-edit` and `suggest` are words of other programs' files. */
const permissionWordSchema = z
  .enum(['ask', 'default', 'auto-edit', 'suggest', 'permissionless'])
  .transform((word): 'ask' | 'permissionless' => (word === 'permissionless' ? word : 'ask'));

export const agentConfigSchema = z.looseObject({
  permissions: permissionWordSchema.optional(),
  model: lineSchema(200).optional(),
  /** Of coordinators, where it differs. */
  orchestratorModel: lineSchema(200).optional(),
});

/** `orchestrator` or `worker` of a project or of `defaults`. */
export const agentRoleSchema = z.object({
  agent: agentIdSchema.optional(),
  agentConfig: agentConfigSchema.optional(),
});
