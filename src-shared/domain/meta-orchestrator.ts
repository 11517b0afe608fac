// A meta orchestrator as config.yaml defines it: an agent that leads agents of several projects.
import { z } from 'zod';
import { agentIdSchema, projectIdSchema, sessionIdPattern } from './identifier.ts';

/** It is the id of its session as well. */
export const metaOrchestratorNameSchema = z
  .string()
  .max(64)
  .regex(sessionIdPattern, 'the name must have 1-64 letters, digits, _ or -, and start with a letter or digit');

export const metaOrchestratorSchema = z.object({
  scope: z.union([z.literal('all'), z.strictObject({ projects: z.array(projectIdSchema).min(1).max(1000) })]),
  /** It may look for projects that are not registered yet. */
  discover: z.boolean().default(false),
  agent: agentIdSchema.optional(),
  rules: z.string().max(50_000).optional(),
});
export type MetaOrchestrator = z.infer<typeof metaOrchestratorSchema>;
