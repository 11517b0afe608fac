// What differs between an orchestrator and a meta orchestrator, as data: who it is, what it leads, where it works, and what becomes of the last one.
import { agentChoice, leaderPermissions } from '#shared/domain/agent-choice.ts';
import { metaProject, orchestratorBranch, orchestratorId, projectsInScope } from '#shared/domain/coordinator.ts';
import type { CoordinatorKind, OrchestratorStrategy } from '#shared/domain/coordinator.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { usualPlace, type SpawnOrder } from '#shared/domain/spawn.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { ProjectConfiguration } from '../../projects/configuration.ts';

export type Configuration = Pick<ProjectConfiguration, 'find' | 'projects' | 'wholeConfig' | 'settings'>;

/** What somebody asks for besides; null: as it is configured. */
export interface Wish {
  readonly agent: string | null;
  readonly command: string | null;
}

export interface CoordinatorPlan {
  readonly id: string;
  readonly kind: CoordinatorKind;
  /** All but who asks, and under which request. */
  readonly order: Omit<SpawnOrder, 'request' | 'by'>;
  /** Agent and command were asked for or configured: the last one's count no more. */
  readonly agentSaid: boolean;
  readonly strategy: OrchestratorStrategy;
  /** Of the last one, when it has ended and is to be used again. */
  readonly whenEnded: 'restore' | 'start-anew';
}

export function planOrchestrator(
  configuration: Configuration,
  id: string,
  { strategy, ...wish }: Wish & { readonly strategy: OrchestratorStrategy | null },
): Result<CoordinatorPlan, Problem<'project-unknown'>> {
  const found = configuration.find(id);
  if (!found.ok) return found;
  const project = found.value;
  const config = configuration.wholeConfig();
  const { agent, model } = agentChoice(project, config.defaults, 'orchestrator');
  const session = orchestratorId(project.sessionPrefix);
  return ok({
    id: session,
    kind: 'orchestrator',
    order: {
      ...bare,
      ...started(wish, { agent, model }),
      permissions: leaderPermissions(project, config.defaults),
      runtime: project.runtime ?? config.defaults.runtime ?? 'pty',
      project: id,
      makes: { kind: 'orchestrator' },
      name: `${project.name ?? id} orchestrator`.slice(0, 80),
      branch: orchestratorBranch(session),
      workspace: { kind: project.workspace ?? config.defaults.workspace ?? 'worktree' },
    },
    agentSaid: (wish.agent ?? agent) !== null,
    strategy: strategy ?? project.orchestratorSessionStrategy ?? 'reuse',
    whenEnded: 'restore',
  });
}

export function planMeta(
  configuration: Configuration,
  name: string,
  wish: Wish,
): Result<CoordinatorPlan, Problem<'meta-unknown'>> {
  const { metaOrchestrators, defaults } = configuration.wholeConfig();
  const meta = metaOrchestrators.get(name);
  if (meta === undefined) return fail(unknownMeta(name, [...metaOrchestrators.keys()]));
  const known = configuration.projects().map(({ id }) => id);
  const { agent, model } = agentChoice({ agent: meta.agent }, defaults, 'orchestrator');
  return ok({
    id: name,
    kind: 'meta-orchestrator',
    order: {
      ...bare,
      ...started(wish, { agent, model }),
      permissions: leaderPermissions({}, defaults),
      runtime: defaults.runtime ?? 'pty',
      project: metaProject,
      makes: { kind: 'meta-orchestrator', name, leads: [...projectsInScope(meta.scope, known)] },
      name: `${name} (meta)`,
    },
    agentSaid: (wish.agent ?? agent) !== null,
    strategy: 'reuse',
    // Its projects are those of now, so it begins anew.
    whenEnded: 'start-anew',
  });
}

const bare = {
  ...usualPlace,
  ...{ prompt: null, issue: null, branch: null, base: null, setUp: false },
} as const satisfies Partial<SpawnOrder>;

const started = (
  wish: Wish,
  { agent, model }: { readonly agent: string | null; readonly model: string | null },
): Pick<SpawnOrder, 'agent' | 'command' | 'model'> => ({
  agent: wish.agent ?? agent ?? usualAgent,
  command: wish.command,
  model,
});

/** Where nobody says it. */
const usualAgent = 'claude-code';

/** The plan of the session of this id, whichever kind it is. */
export function planOf(
  configuration: Configuration,
  id: string,
  wish: Wish,
): Result<CoordinatorPlan, Problem<'meta-unknown' | 'project-unknown'>> {
  const project = configuration
    .projects()
    .find(({ prefix, state }) => state === 'ready' && orchestratorId(prefix) === id);
  if (project !== undefined) return planOrchestrator(configuration, project.id, { ...wish, strategy: null });
  return planMeta(configuration, id, wish);
}

export const unknownMeta = (name: string, known: readonly string[]): Problem<'meta-unknown'> => ({
  code: 'meta-unknown',
  what: `Unknown meta orchestrator: ${name}`,
  kept: 'Nothing was changed.',
  todo:
    known.length === 0
      ? `None is configured. Add one: athene meta add ${name} --all`
      : `Configured are: ${known.join(', ')}. Add one: athene meta add NAME --projects a,b`,
});
