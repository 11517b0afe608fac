// The shape of a step of a spawn, and what the steps hand on to each other.
import type { AtheneContract } from '#shared/contract/contract.ts';
import { z } from 'zod';
import type { Owner } from '#shared/domain/owner.ts';
import { problemSchema, type Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { spawnStepNameSchema, type SpawnOrder, type SpawnStepName } from '#shared/domain/spawn.ts';
import type { Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import type { LoginEnvironment } from '../../lib/login-environment.ts';
import type { AgentDefinition } from '../../plugins/agents/agent.ts';
import type { Issue } from '../../plugins/trackers/tracker.ts';
import type { ReadTransaction, Transaction } from '../../storage/store.ts';
import type { WorkspacePlan } from '../../plugins/workspaces/workspace.ts';
import { spawnLimit } from '../coordinators/spawn-limit.ts';
import type { KnownProject, SessionDependencies } from '../dependencies.ts';
import type { AgentToken } from '../launch/agent-token.ts';
import type { PreparedLaunch } from '../launch/prepare-launch.ts';

export type SpawnProblem = Problem<CodeOf<AtheneContract, 'session.spawn'>>;

/** What a failed request holds as its result. */
export interface FailedSpawn {
  readonly problem: SpawnProblem;
  /** Where it failed. */
  readonly step: SpawnStepName;
}

export const failedSpawnSchema = z.object({ problem: problemSchema, step: spawnStepNameSchema });

export type SpawnCaller = 'window' | 'command';

/** One spawn on its way. Each step fills what its name says and reads what earlier ones filled. */
export interface Spawn {
  readonly dependencies: SessionDependencies;
  readonly input: SpawnOrder;
  /** A command's person has the prompt at hand: what fails before anything was made is not kept for the screen. */
  readonly caller: SpawnCaller;
  /** Of the session that is made. */
  readonly owner: Owner;
  /** Aborted when somebody cancels. */
  readonly signal: AbortSignal;
  /** Aborted when this process closes while the spawn waits in line. */
  readonly leave?: AbortSignal | undefined;
  /** Told once it is known whether it waits in line, and where. */
  readonly onPlace?: ((place: number | null) => void) | undefined;
  /** The step that runs; names the one that failed. */
  step: SpawnStepName;
  /** Its first process is gone; this one waits on for it. */
  readonly resumed: boolean;
  project: KnownProject | null;
  agent: { readonly definition: AgentDefinition; readonly program: string | null } | null;
  login: LoginEnvironment | null;
  /** What the tracker told of its issue; null when there is none, or before it was asked. */
  issue: LoadedIssue | null;
  /** Highest number that a remote branch of the prefix bears; 0 when none. */
  remoteNumber: number;
  record: SessionRecord | null;
  planned: WorkspacePlan | null;
  launch: PreparedLaunch | null;
  /** Never written down; null also for an agent that gets none. */
  token: AgentToken | null;
}

export interface LoadedIssue {
  readonly facts: Issue['facts'] | null;
  readonly url: string | null;
  /** What the tracker calls its branch. */
  readonly branch: string | null;
  /** Why there are no facts, or what a person should know of them. */
  readonly note: string | null;
}

export interface SpawnStep {
  readonly name: SpawnStepName;
  /** Acts on nothing outside of the record: has no entry in the journal. */
  readonly onlyRecord?: boolean;
  /** What `undo` will need, journaled before `run` acts, so that the step of a killed process can be taken back. */
  intend?(spawn: Spawn): Promise<Result<unknown, SpawnProblem>>;
  /** Rows that belong to the step, written along with its entry in the journal. */
  store?(tx: Transaction, spawn: Spawn): void;
  run(spawn: Spawn, report: (line: string) => void): Promise<Result<null, SpawnProblem>>;
  /**
   * Takes back what the step did or half did; again and again if need be. A Problem says what could not be removed.
   * @param intended what `intend` gave, as JSON gave it back
   */
  undo?(dependencies: SessionDependencies, session: string, intended: unknown): Promise<Result<null, Problem>>;
}

/** Of whoever asks, where that is a session. */
export const limitOf = (tx: ReadTransaction, { dependencies, input: { by, makes, request } }: Spawn) =>
  spawnLimit(tx, dependencies, { by, makes: makes.kind, request });

/** What an earlier step must have filled; throws when the list of steps is in the wrong order. */
export function need<T>(value: T | null, name: string): T {
  if (value === null) throw new Error(`${name} is not there yet: the steps of a spawn are out of order`);
  return value;
}
