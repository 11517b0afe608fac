// Everything that the operations on sessions need, handed in by the composition root.
import type { CoordinatorLimits } from '#shared/domain/coordinator-limits.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { PortBlock } from '#shared/domain/ports.ts';
import type { Project } from '#shared/domain/project.ts';
import type { Result } from '#shared/lib/result.ts';
import type { LaunchHooks } from '../hooks/launch-hooks.ts';
import type { Git } from '../lib/git.ts';
import type { ProcessIdentity } from '../lib/process-identity.ts';
import type { AgentCatalogue } from '../plugins/agents/agent-catalogue.ts';
import type { LoginEnvironment } from '../lib/login-environment.ts';
import type { CodeHost } from '../plugins/code-hosts/code-host.ts';
import type { Runtime } from '../plugins/runtimes/runtime.ts';
import type { ChosenTracker } from '../plugins/trackers/tracker.ts';
import type { Workspaces } from '../plugins/workspaces/workspace.ts';
import type { HomePaths } from '../storage/paths.ts';
import type { Store } from '../storage/store.ts';
import type { Guidance } from './prompts/compose-system-prompt.ts';

export type KnownProject = Project & { readonly id: string };

export interface ProjectLookup {
  /** The configured project, or why it can't be used. */
  find(id: string): Result<KnownProject, Problem<'project-unknown'>>;
}

export interface SessionDependencies {
  readonly store: Store;
  readonly paths: HomePaths;
  readonly projects: ProjectLookup;
  readonly agents: AgentCatalogue;
  readonly workspaces: Workspaces;
  readonly git: Git;
  readonly runtime: Runtime;
  readonly hooks: LaunchHooks;
  /** Environment of the person's login shell, cleaned; never this process's own. */
  readonly login: (fresh: boolean) => Promise<LoginEnvironment>;
  /** True while the person wants no new sessions; settings that can't be read pause nothing. */
  readonly spawnsPaused: () => boolean;
  /** How many agents may run at once; null: no limit. */
  readonly maximalAgents: () => number | null;
  readonly coordinatorLimits: () => CoordinatorLimits;
  /** The block of ports that the first session gets; those of others follow. */
  readonly portRange: () => PortBlock;
  /** Numbers of this prefix on remote branches; empty when there is no remote or it does not answer in time. */
  readonly remoteNumbers: (project: KnownProject) => Promise<readonly number[]>;
  readonly trackerOf: (project: KnownProject) => ChosenTracker;
  /** Null when the project has none. */
  readonly codeHostOf: (project: KnownProject) => CodeHost | null;
  /** What agents are told beside their task comes from it. */
  readonly guidance: Guidance;
  /** This process. */
  readonly identity: ProcessIdentity;
  /** Requests that this process, which has one host, works at; one of its own that is not among them was given up in the middle. */
  readonly atWork: Set<string>;
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: (event: string, facts: Readonly<Record<string, unknown>>) => void;
}
