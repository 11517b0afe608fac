// What the agent of a session is told before its task, by the kind of the session.
import { assertNever } from '#shared/lib/assert-never.ts';
import { isCoordinator, type CoordinatorScope } from '#shared/domain/coordinator.ts';
import type { ReactionKey } from '#shared/domain/reaction-rule.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { KnownProject, SessionDependencies } from '../dependencies.ts';
import { metaOrchestratorPrompt, type CatalogueEntry } from './meta-orchestrator-prompt.ts';
import { orchestratorPrompt } from './orchestrator-prompt.ts';
import { projectRules } from './project-rules.ts';
import { reactionLines } from './reaction-lines.ts';
import { workerPrompt, type ProjectFacts } from './worker-prompt.ts';

/** What the configuration says that concerns agents and not one project's entry alone. */
export interface Guidance {
  /** Which reactions send something to agents of the project without being asked. */
  sentByItself(project: KnownProject): readonly ReactionKey[];
  /** A meta orchestrator as configured now, with the projects of its scope; null when there is none of that name. */
  metaOrchestrator(name: string): {
    readonly scope: CoordinatorScope;
    readonly discover: boolean;
    readonly rules: string | null;
    readonly projects: readonly CatalogueEntry[];
  } | null;
}

export interface PromptTask {
  readonly dependencies: Pick<SessionDependencies, 'guidance' | 'trackerOf'>;
  readonly record: SessionRecord;
  readonly project: KnownProject;
}

/** Null when nothing is known that it could be told. */
export function composeSystemPrompt(task: PromptTask): string | null {
  const { dependencies, record } = task;
  const { kind, id: session, issue } = record;
  switch (kind) {
    case 'worker':
      return workerPrompt({ session, project: factsOf(task), branch: ownBranch(record), issue: issue?.id ?? null });
    case 'orchestrator':
      return orchestratorPrompt({ session, project: factsOf(task), address: null });
    case 'meta-orchestrator': {
      const known = dependencies.guidance.metaOrchestrator(session);
      return known === null ? null : metaOrchestratorPrompt({ session, ...known, address: null });
    }
    default:
      return assertNever(kind);
  }
}

/** Null where others may stand on it too. */
const ownBranch = ({ workspace }: SessionRecord): string | null =>
  workspace?.kind === 'worktree' || workspace?.kind === 'clone' ? workspace.branch : null;

function factsOf({ dependencies, record, project }: PromptTask): ProjectFacts {
  const tracker = dependencies.trackerOf(project);
  const { agentRules, agentRulesFile, orchestratorRules } = project;
  return {
    id: project.id,
    name: project.name ?? project.id,
    path: project.path,
    repo: project.repo ?? null,
    defaultBranch: project.defaultBranch,
    prefix: project.sessionPrefix,
    tracker: tracker.kind === 'tracker' ? tracker.tracker.name : null,
    reactions: reactionLines(dependencies.guidance.sentByItself(project)),
    rules: isCoordinator(record.kind)
      ? projectRules(project.path, { text: orchestratorRules, file: undefined })
      : projectRules(project.path, { text: agentRules, file: agentRulesFile }),
  };
}
