// A meta orchestrator as config.yaml defines it: an agent that leads agents of several projects.
import { z } from 'zod';
import { coordinatorScopeSchema } from './coordinator.ts';
import { agentIdSchema } from './identifier.ts';

export const metaOrchestratorSchema = z.object({
  scope: coordinatorScopeSchema,
  /** It may look for projects that are not registered yet. */
  discover: z.boolean().default(false),
  agent: agentIdSchema.optional(),
  rules: z.string().max(50_000).optional(),
});
export type MetaOrchestrator = z.infer<typeof metaOrchestratorSchema>;
