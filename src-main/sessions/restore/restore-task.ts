// One restore on its way: what was looked up before anything is written.
import { z } from 'zod';
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { sessionRecordSchema, type SessionRecord } from '#shared/domain/session.ts';
import { workspaceRequestSchema } from '#shared/domain/workspace.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import type { WorkspaceRequest } from '../../plugins/workspaces/workspace.ts';
import type { KnownProject, SessionDependencies } from '../dependencies.ts';
import type { AgentToken } from '../launch/agent-token.ts';
import type { FoundAgent } from '../launch/find-agent.ts';

export type RestoreProblem = Problem<CodeOf<AtheneContract, 'session.restore'>>;

export interface RestoreTask {
  readonly dependencies: SessionDependencies;
  /** The record as it was found, ended. */
  readonly before: SessionRecord;
  readonly rev: number;
  readonly project: KnownProject;
  readonly agent: FoundAgent;
  /** Of the agent that is started; never written down. */
  readonly token: AgentToken | null;
  /** What is to be made first; null when the workspace is there. */
  readonly missing: { readonly spec: WorkspaceRequest; readonly branchExists: boolean } | null;
}

/** What is written down before anything is made: enough for any process to take the restore back. */
export const restoreIntentSchema = z.object({
  before: sessionRecordSchema,
  terminal: z.string(),
  missing: z
    .object({
      spec: workspaceRequestSchema,
      branchExists: z.boolean(),
    })
    .nullable(),
});
export type RestoreIntent = z.infer<typeof restoreIntentSchema>;
