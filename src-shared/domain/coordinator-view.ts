// What clients see of coordinators besides their sessions: what is configured of them, what they lead, and how much they may.
import { z } from 'zod';
import { projectIdSchema, sessionIdSchema } from './identifier.ts';
import { screenStateSchema, statusSchema } from './status.ts';

export const coordinatorViewSchema = z.strictObject({
  /** Of its session, whether there is one or not. */
  id: sessionIdSchema,
  kind: z.enum(['orchestrator', 'meta-orchestrator']),
  /** Null for a meta orchestrator. */
  project: z.string().nullable(),
  /** False: a meta orchestrator that config.yaml does not name any more. */
  configured: z.boolean(),
  /** As config.yaml has it; null for an orchestrator. */
  scope: z.union([z.literal('all'), z.strictObject({ projects: z.array(projectIdSchema) })]).nullable(),
  discover: z.boolean(),
  /** Projects that it leads: as of its start, or those that it would lead. */
  leads: z.array(z.string()),
  /** Null: it was not started. */
  session: z.strictObject({ state: screenStateSchema, status: statusSchema, live: z.boolean() }).nullable(),
  /** Live workers that it answers for. */
  workers: z.array(sessionIdSchema),
  /** Live workers that others answer for, in its projects. */
  peers: z.array(sessionIdSchema),
  spawningPaused: z.boolean(),
  /** It asks before it acts, as config.yaml has it, so no consent is needed for it. */
  asks: z.boolean(),
});
export type CoordinatorView = z.infer<typeof coordinatorViewSchema>;

export const coordinatorsSchema = z.strictObject({
  /** The person agreed that they act without asking. */
  permissionless: z.boolean(),
  limits: z.strictObject({
    workers: z.int(),
    spawnsPerHour: z.int(),
    depth: z.strictObject({ orchestrator: z.int(), 'meta-orchestrator': z.int() }),
  }),
  coordinators: z.array(coordinatorViewSchema),
});
export type Coordinators = z.infer<typeof coordinatorsSchema>;
