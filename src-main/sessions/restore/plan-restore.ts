// Looks whether a session can be restored, and what has to be made first. Changes nothing.
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { probePath } from '../../lib/files.ts';
import { getSession, listSessions } from '../../storage/sessions.ts';
import { listTerminals } from '../../storage/terminals.ts';
import type { KnownProject, SessionDependencies } from '../dependencies.ts';
import { tokenFor } from '../launch/agent-token.ts';
import { findAgent } from '../launch/find-agent.ts';
import { placeDoubt, unusable } from '../place-doubt.ts';
import { damagedSession, unknownSession } from '../session-record.ts';
import type { RestoreProblem, RestoreTask } from './restore-task.ts';

export async function planRestore(
  dependencies: SessionDependencies,
  id: string,
): Promise<Result<RestoreTask, RestoreProblem>> {
  const stored = dependencies.store.read((tx) => getSession(tx, id));
  if (stored === null) return fail(unknownSession(id));
  if ('damaged' in stored) return fail(damagedSession(id, stored.damaged.why));
  const { record: before, rev } = stored;
  const obstacle = (await stillRuns(dependencies, before)) ?? liveElsewhere(dependencies, before);
  if (obstacle !== null) return fail(obstacle);
  const project = dependencies.projects.find(before.project);
  if (!project.ok) return fail({ ...project.problem, kept: 'The session is ended as before.' });
  const agent = await findAgent(dependencies, before.agent, 'The session is ended as before.');
  if (!agent.ok) return agent;
  const missing = await missingWorkspace(dependencies, before, project.value);
  if (!missing.ok) return missing;
  const token = tokenFor(agent.value.definition);
  return ok({ dependencies, before, rev, project: project.value, agent: agent.value, token, missing: missing.value });
}

/** Ended on record is not enough: every terminal it ever had must provably be at an end. */
async function stillRuns(
  { store, runtime }: SessionDependencies,
  { id, lifecycle }: SessionRecord,
): Promise<RestoreProblem | null> {
  if (lifecycle.session.state === 'not_started' || !isTerminal(lifecycle)) return running(id);
  for (const { id: terminal, role, state } of store.read((tx) => listTerminals(tx, id))) {
    if (role !== 'agent' || state === 'exited') continue;
    const probe = await runtime.probe(terminal);
    if (probe.kind === 'alive') return running(id);
    if (probe.kind === 'unknown') return cannotTell(id, probe.why);
  }
  return null;
}

/** Two agents writing one conversation would destroy it. */
function liveElsewhere({ store }: SessionDependencies, { id, conversation }: SessionRecord): RestoreProblem | null {
  if (conversation === null) return null;
  const { sessions } = store.read(listSessions);
  const other = sessions.find(
    ({ record }) => record.id !== id && record.conversation === conversation && !isTerminal(record.lifecycle),
  );
  return other === undefined ? null : conversationLive(id, other.record.id);
}

async function missingWorkspace(
  dependencies: SessionDependencies,
  { id, workspace }: SessionRecord,
  project: KnownProject,
): Promise<Result<RestoreTask['missing'], RestoreProblem>> {
  if (workspace === null) return fail(withoutBranch(id));
  const there = probePath(workspace.path);
  const { kind, branch } = workspace;
  if (there.kind === 'directory') {
    const doubt = await placeDoubt(dependencies, id, { workspace, project });
    return doubt === null ? ok(null) : fail(doubt);
  }
  if (there.kind !== 'absent') return fail(unusable(id, workspace.path, `a ${there.kind} is there`));
  if (kind === 'adopted' || kind === 'in-place') return fail(gone(id, workspace.path));
  const { id: projectId, path, defaultBranch } = project;
  const around = { project: { id: projectId, path, defaultBranch }, session: id };
  if (kind === 'scratch') return ok({ spec: { ...around, kind, path: workspace.path }, branchExists: true });
  if (branch === null) return fail(withoutBranch(id));
  const spec = { ...around, kind, branch, base: null };
  const plan = await dependencies.workspaces.plan(spec);
  if (!plan.ok) return fail({ ...plan.problem, code: 'workspace-missing', kept: 'The session is ended as before.' });
  // Its commits were nowhere else: a new clone from the default branch would only look like the old one.
  if (kind === 'clone' && !plan.value.branchExists) return fail(cloneGone(id, workspace.path));
  return ok({ spec, branchExists: plan.value.branchExists });
}

const kept = 'Nothing was changed.';

const running = (id: string): RestoreProblem => ({
  code: 'session-running',
  what: `${id} has not ended.`,
  kept,
  todo: `Type into its terminal, or stop it first: athene session kill ${id}`,
});

const cannotTell = (id: string, why: string): RestoreProblem => ({
  code: 'runtime-unreachable',
  what: `It can't be told whether the agent of ${id} still runs.`,
  kept,
  todo: 'Try again in a moment; `athene doctor` shows what does not answer.',
  details: why,
});

const conversationLive = (id: string, other: string): RestoreProblem => ({
  code: 'conversation-live',
  what: `The conversation of ${id} goes on in ${other}.`,
  kept,
  todo: `Work there, or stop it first: athene session kill ${other}`,
});

const withoutBranch = (id: string): RestoreProblem => ({
  code: 'workspace-missing',
  what: `${id} has no worktree any more, and its branch is not on record.`,
  kept,
  todo: 'Start a new session on the branch that you mean.',
});

const gone = (id: string, path: string): RestoreProblem => ({
  code: 'workspace-missing',
  what: `The directory ${path} in which ${id} worked is gone; it was not made by Athene.`,
  kept,
  todo: 'Put it back, or start a new session.',
});

const cloneGone = (id: string, path: string): RestoreProblem => ({
  code: 'workspace-missing',
  what: `The clone ${path} in which ${id} worked is gone, and its branch was not in the project's repository.`,
  kept,
  todo: 'Put it back, fetch the branch from where it was pushed, or start a new session.',
});
