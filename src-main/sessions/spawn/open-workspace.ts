// The session's git worktree on its own branch.
import { z } from 'zod';
import { branchFor } from '#shared/domain/branch.ts';
import { fail, ok } from '#shared/lib/result.ts';
import type { WorkspaceSpec } from '../../plugins/workspaces/workspace.ts';
import { need, type Spawn, type SpawnStep } from './spawn-step.ts';

const intentSchema = z.object({
  spec: z.object({
    project: z.object({ id: z.string(), path: z.string(), defaultBranch: z.string() }),
    session: z.string(),
    branch: z.string(),
    base: z.string().nullable(),
  }),
  branchExists: z.boolean(),
});

export const openWorkspace: SpawnStep = {
  name: 'open-workspace',
  async intend(spawn) {
    const spec = specOf(spawn);
    const plan = await spawn.dependencies.workspaces.plan(spec);
    if (!plan.ok) return fail({ ...plan.problem, code: codeOf(plan.problem.code) });
    spawn.planned = plan.value;
    return ok({ spec, branchExists: plan.value.branchExists } satisfies z.infer<typeof intentSchema>);
  },
  async run(spawn, report) {
    const made = await spawn.dependencies.workspaces.create(
      specOf(spawn),
      report,
      spawn.signal,
      need(spawn.planned, 'plan'),
    );
    if (!made.ok) return fail({ ...made.problem, code: codeOf(made.problem.code) });
    const { path, branch, baseCommit, branchCreated } = made.value;
    const workspace = { path, branch, baseCommit, branchCreated, kind: 'worktree' } as const;
    spawn.record = { ...need(spawn.record, 'record'), workspace };
    return ok(null);
  },
  async undo({ workspaces }, _session, intended) {
    const { spec, branchExists } = intentSchema.parse(intended);
    const undone = await workspaces.undoCreate(spec, !branchExists);
    return undone.ok ? ok(null) : undone;
  },
};

function specOf({ project, record, input, issue: loaded }: Spawn): WorkspaceSpec {
  const { id, path, defaultBranch } = need(project, 'project');
  const { id: session, issue } = need(record, 'record');
  return {
    project: { id, path, defaultBranch },
    session,
    branch: branchFor({ asked: input.branch, tracked: loaded?.branch ?? null, issue: issue?.id ?? null, session }),
    base: input.base,
  };
}

/** Codes that only a removal gives can't come from a creation, but the port has one union. */
const codeOf = (code: string) =>
  code === 'not-a-repository' || code === 'base-missing' || code === 'branch-taken' || code === 'path-taken'
    ? code
    : 'workspace-failed';
