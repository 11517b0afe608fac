// Members of the contract about sessions that lead others.
import { z } from 'zod';
import { metaNameSchema } from '#shared/domain/coordinator.ts';
import { coordinatorsSchema } from '#shared/domain/coordinator-view.ts';
import { agentIdSchema, lineSchema, projectIdSchema, sessionIdSchema } from '#shared/domain/identifier.ts';
import { call } from '#shared/rpc/define-contract.ts';
import { sessionCalls } from './session-calls.ts';
import { spawnProblems } from './spawn-problems.ts';

const storage = ['storage-busy', 'storage-newer'] as const;

const how = {
  /** Null: as it is configured, or as the last one was. */
  agent: agentIdSchema.nullable(),
  /** Command line; only for agents that take one. */
  command: lineSchema(4096).nullable(),
  /** The person agrees, once and for all, that coordinators act without asking. */
  allowPermissionless: z.boolean(),
};

const started = z.strictObject({
  session: sessionIdSchema,
  /** `found`: it runs already. */
  how: z.enum(['found', 'restored', 'started']),
});

/** Why there is none. */
export const coordinatorProblems = [
  ...new Set([...spawnProblems, ...sessionCalls['session.restore'].problems]),
  'meta-unknown',
  'consent-needed',
  'coordinator-busy',
  'coordinator-over',
  'session-damaged',
  'spawn-elsewhere',
  'tear-down-failed',
  'workspace-dirty',
  'removal-running',
  'cannot-tell',
  'configuration-broken',
] as const;

export const coordinatorCalls = {
  /** The orchestrator of the project: the one that runs, the last one again, or a new one. However many ask, there is one. */
  'coordinator.start': call({
    input: z.strictObject({
      project: projectIdSchema,
      /** What becomes of the one that is there; null: as the project has it. */
      strategy: z.enum(['reuse', 'delete', 'ignore']).nullable(),
      ...how,
    }),
    output: started,
    problems: coordinatorProblems,
  }),
  /** The same of a meta orchestrator that config.yaml names. */
  'coordinator.startMeta': call({
    input: z.strictObject({ name: metaNameSchema, ...how }),
    output: started,
    problems: coordinatorProblems,
  }),
  /** Ends the one that is there, and starts a new agent with a new prompt in its place. */
  'coordinator.relaunch': call({
    input: z.strictObject({ id: sessionIdSchema, ...how }),
    output: started,
    problems: coordinatorProblems,
  }),
  /** Ends it, and on demand the workers that it answers for. Worktrees and branches stay. */
  'coordinator.stop': call({
    input: z.strictObject({ id: sessionIdSchema, withWorkers: z.boolean() }),
    output: z.strictObject({
      stopped: z.array(sessionIdSchema),
      failed: z.array(z.strictObject({ session: sessionIdSchema, why: z.string() })),
    }),
    problems: ['session-unknown', 'session-damaged', 'not-a-coordinator', ...storage],
  }),
  /** Lets it start no more sessions, or again. Those that there are go on. */
  'coordinator.pause': call({
    input: z.strictObject({ id: sessionIdSchema, on: z.boolean() }),
    output: z.null(),
    problems: ['session-unknown', 'session-damaged', 'not-a-coordinator', ...storage],
  }),
  'coordinator.list': call({ input: z.strictObject({}), output: coordinatorsSchema, problems: storage }),
  /** Writes a meta orchestrator into config.yaml; one of that name is replaced. */
  'coordinator.addMeta': call({
    input: z.strictObject({
      name: metaNameSchema,
      scope: z.union([z.literal('all'), z.strictObject({ projects: z.array(projectIdSchema).min(1).max(1000) })]),
      agent: agentIdSchema.nullable(),
    }),
    output: z.null(),
    problems: ['meta-orchestrator-refused', 'configuration-broken', ...storage],
  }),
  /** Takes it out of config.yaml. Its session goes on, if it runs. */
  'coordinator.removeMeta': call({
    input: z.strictObject({ name: metaNameSchema }),
    output: z.null(),
    problems: ['meta-unknown', 'configuration-broken', ...storage],
  }),
};
