// Agents that lead others: the orchestrator of one project, and meta orchestrators over several. They differ by their scope alone.
import { z } from 'zod';
import { projectIdSchema, sessionIdSchema } from './identifier.ts';
import type { SessionKind } from './lifecycle.ts';

export type CoordinatorKind = Exclude<SessionKind, 'worker'>;

/** Not counted and not listed where workers are. */
export const isCoordinator = (kind: SessionKind): kind is CoordinatorKind =>
  kind === 'orchestrator' || kind === 'meta-orchestrator';

/** Stands in the place of a project for sessions that belong to none. No project can be called so: it begins with an underscore. */
export const metaProject = '_meta';

/** What that place is called on screens. */
export const metaProjectName = 'Meta orchestrators';

/** Where a session belongs: its project, or {@link metaProject}. */
export const sessionProjectSchema = z.union([projectIdSchema, z.literal(metaProject)]);

/** The projects of a meta orchestrator, as its configuration has them. */
export const coordinatorScopeSchema = z.union([
  z.literal('all'),
  z.strictObject({ projects: z.array(projectIdSchema).min(1) }),
]);
export type CoordinatorScope = z.infer<typeof coordinatorScopeSchema>;

/** In the order of `known`; what is not there is left out. */
export const projectsInScope = (scope: CoordinatorScope, known: readonly string[]): readonly string[] =>
  scope === 'all' ? known : known.filter((project) => scope.projects.includes(project));

/** A project has one, so its id needs no number. */
export const orchestratorId = (prefix: string): string => `${prefix}-orchestrator`;

export const orchestratorBranch = (session: string): string => `orchestrator/${session}`;

/** Its name is the id of its session. */
export const metaNameSchema = sessionIdSchema;

/** What becomes of an orchestrator that is there when one is asked for. */
export type OrchestratorStrategy = 'reuse' | 'delete' | 'ignore';

/** The longer words are older ones for the same. */
const strategies = {
  reuse: 'reuse',
  delete: 'delete',
  ignore: 'ignore',
  'kill-previous': 'delete',
  'delete-new': 'delete',
  'ignore-new': 'ignore',
} satisfies Record<string, OrchestratorStrategy>;

export const orchestratorStrategySchema = z
  .enum(['reuse', 'delete', 'ignore', 'kill-previous', 'delete-new', 'ignore-new'])
  .transform((word): OrchestratorStrategy => strategies[word]);
