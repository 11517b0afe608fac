// Where the session's files live: a worktree or clone that is made on its own branch, or a place that is there.
import { z } from 'zod';
import { branchFor } from '#shared/domain/branch.ts';
import { isOwnWorkspace, workspaceRequestSchema } from '#shared/domain/workspace.ts';
import { fail, ok } from '#shared/lib/result.ts';
import type { WorkspaceRequest } from '../../plugins/workspaces/workspace.ts';
import { need, type Spawn, type SpawnProblem, type SpawnStep } from './spawn-step.ts';

const intentSchema = z.object({ spec: workspaceRequestSchema, branchExists: z.boolean() });

export const openWorkspace: SpawnStep = {
  name: 'open-workspace',
  async intend(spawn) {
    const misfit = branchMisfit(spawn);
    if (misfit !== null) return fail(misfit);
    const spec = requestOf(spawn);
    const plan = await spawn.dependencies.workspaces.plan(spec);
    if (!plan.ok) return fail({ ...plan.problem, code: codeOf(plan.problem.code) });
    spawn.planned = plan.value;
    return ok({ spec, branchExists: plan.value.branchExists } satisfies z.infer<typeof intentSchema>);
  },
  async run(spawn, report) {
    const request = requestOf(spawn);
    const planned = need(spawn.planned, 'plan');
    const made = await spawn.dependencies.workspaces.create(request, report, spawn.signal, planned);
    if (!made.ok) return fail({ ...made.problem, code: codeOf(made.problem.code) });
    const { path, branch, baseCommit, branchCreated } = made.value;
    const workspace = { path, branch, baseCommit, branchCreated, kind: request.kind };
    spawn.record = { ...need(spawn.record, 'record'), workspace };
    return ok(null);
  },
  async undo({ workspaces }, _session, intended) {
    const { spec, branchExists } = intentSchema.parse(intended);
    const undone = await workspaces.undoCreate(spec, !branchExists);
    return undone.ok ? ok(null) : undone;
  },
};

function requestOf({ project, record, input, issue: loaded }: Spawn): WorkspaceRequest {
  const { id, path, defaultBranch } = need(project, 'project');
  const { id: session, issue, place } = need(record, 'record');
  const around = { project: { id, path, defaultBranch }, session };
  const { kind, path: where } = need(place, 'place');
  if (kind !== 'worktree' && kind !== 'clone') return { ...around, kind, path: where };
  const branch = branchFor({ asked: input.branch, tracked: loaded?.branch ?? null, issue: issue?.id ?? null, session });
  return { ...around, kind, branch, base: input.base };
}

/** Nobody's own checkout is switched to another branch. */
function branchMisfit({ input: { workspace, branch, base } }: Spawn): SpawnProblem | null {
  if (isOwnWorkspace(workspace.kind) || (branch === null && base === null)) return null;
  return {
    code: 'workspace-refused',
    what: 'No branch is switched in a checkout that Athene did not make.',
    kept: 'Nothing was created.',
    todo: 'Leave branch and base out, or let Athene make a worktree.',
  };
}

const codes: ReadonlySet<string> = new Set([
  'not-a-repository',
  'base-missing',
  'branch-taken',
  'path-taken',
  'workspace-refused',
]);

/** Codes that only a removal gives can't come from a creation, but the port has one union. */
const codeOf = (code: string): SpawnProblem['code'] =>
  codes.has(code) ? (code as SpawnProblem['code']) : 'workspace-failed';
