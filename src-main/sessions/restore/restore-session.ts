// Starts an ended session again: same id, same branch, same worktree, and its own conversation where the agent can go on with it.
import type { Doer } from '#shared/domain/caller.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { getSession } from '../../storage/sessions.ts';
import { leaveLine } from '../../storage/waiting-line.ts';
import { agentEnvironment } from '../launch/agent-environment.ts';
import { continueAll } from '../freeze/thaw-session.ts';
import { waitInLine, type Waiting, type WaitingAround } from '../line/wait-in-line.ts';
import { isUnfinished, withSetUp } from '../set-up/prepare-set-up.ts';
import { launchAgain } from '../launch/prepare-launch.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { workAt } from '../spawn/recover-spawns.ts';
import { beginRestore } from './begin-restore.ts';
import { recordRestored } from './finish-restore.ts';
import { planRestore } from './plan-restore.ts';
import type { RestoreIntent, RestoreProblem, RestoreTask } from './restore-task.ts';
import { undoRestore } from './undo-restore.ts';

export interface Restored {
  readonly session: string;
  /** False: the agent started anew. */
  readonly resumed: boolean;
  readonly workspaceMade: boolean;
}

/** Until a viewer says how large it is. */
const firstSize = { cols: 110, rows: 34 };

/** Of two at once one does it and the other is refused. When it fails, the session is ended as before and its issue free. */
export async function restoreSession(
  dependencies: SessionDependencies,
  id: string,
  { request = dependencies.newId(), by, ...around }: RestoreAround = { ...atOnceOrNever(), by: null },
): Promise<Result<Restored, RestoreProblem>> {
  return workAt(dependencies, request, async () => {
    const task = await taskInTurn(dependencies, id, { request, around });
    return task.ok ? restoreNow({ ...task.value, by }, request) : task;
  });
}

/** How it waits in line when as many agents run as may. */
export interface RestoreAround extends WaitingAround {
  /** Of one that waits already, and whose process is gone. */
  readonly request?: string;
  /** Null: Athene itself. */
  readonly by: Doer | null;
}

/** Where nobody wants to wait. */
export function atOnceOrNever(): WaitingAround {
  const cancel = new AbortController();
  return { cancel: cancel.signal, onPlace: (place) => place !== null && cancel.abort() };
}

/** Looked at before it waits in line, and again when its turn has come. What does not come so far leaves the line. */
async function taskInTurn(
  dependencies: SessionDependencies,
  id: string,
  { request, around }: { readonly request: string; readonly around: WaitingAround },
): Promise<Result<RestoreTask, RestoreProblem>> {
  const planned = await planRestore(dependencies, id);
  const turn = planned.ok ? await waitInLine(dependencies, placeFor(planned.value.before, request), around) : null;
  if (turn === 'left') return fail(queued(id));
  const task = turn === 'after-waiting' ? await planRestore(dependencies, id) : planned;
  if (task.ok && turn !== 'cancelled') return task;
  await dependencies.store.write('restore: leave the line', (tx) => leaveLine(tx, request));
  return task.ok ? fail(cancelled(id)) : task;
}

const placeFor = ({ id, project, owner }: SessionRecord, request: string): Waiting => ({
  ...{ request, kind: 'restore', session: id, project, owner },
});

async function restoreNow(
  task: RestoreTask & Pick<RestoreAround, 'by'>,
  request: string,
): Promise<Result<Restored, RestoreProblem>> {
  const { dependencies, before } = task;
  // Shells of one that ended while it was paused: nobody would continue them later.
  if (before.frozen !== null) await continueAll(dependencies, before.frozen);
  const begun = await beginRestore(task, request);
  if (!begun.ok) {
    await dependencies.store.write('restore: leave the line', (tx) => leaveLine(tx, request));
    return begun;
  }
  const restored = await carryOut(task, begun.value, request).catch((error: unknown) => fail(unexpected(error)));
  if (restored.ok) return restored;
  dependencies.log('restore.failed', { session: before.id, code: restored.problem.code });
  const left = await undoRestore(dependencies, request, begun.value);
  return left === null ? restored : fail({ ...restored.problem, details: left });
}

async function carryOut(
  task: RestoreTask,
  { terminal }: RestoreIntent,
  request: string,
): Promise<Result<Restored, RestoreProblem>> {
  const { dependencies, before, agent, project } = task;
  const workspace = await workspaceOf(task);
  if (!workspace.ok) return workspace;
  const ports = presentPorts(dependencies, before);
  const record = { ...before, ports, workspace: workspace.value };
  const launching = { dependencies, ...agent, record, project };
  const { launch: bare, resumed } = await launchAgain(launching);
  const setsUp = task.missing !== null || isUnfinished(launching);
  const launch = setsUp ? await withSetUp(launching, bare, () => undefined) : bare;
  const started = await dependencies.runtime.create({
    terminal,
    session: before.id,
    argv: launch.argv,
    cwd: workspace.value.path,
    env: agentEnvironment(launching, launch, task.token),
    size: firstSize,
  });
  if (!started.ok) return fail({ ...started.problem, code: 'terminal-failed', kept: stays });
  const stored = await recordRestored(dependencies, request, { before, terminal, workspace: workspace.value });
  if (!stored) return fail(takenBack(before.id));
  return ok({ session: before.id, resumed, workspaceMade: task.missing !== null });
}

/** Given anew when the restore began, where its own were no longer free. */
function presentPorts({ store }: SessionDependencies, { id, ports }: SessionRecord): SessionRecord['ports'] {
  const stored = store.read((tx) => getSession(tx, id));
  return stored !== null && 'record' in stored ? stored.record.ports : ports;
}

async function workspaceOf({ dependencies, before, missing }: RestoreTask) {
  if (missing === null && before.workspace !== null) return ok(before.workspace);
  if (missing === null) return fail(noWorkspace(before.id));
  const made = await dependencies.workspaces.create(missing.spec, () => undefined, new AbortController().signal);
  if (!made.ok) return fail({ ...made.problem, code: 'workspace-missing' as const, kept: stays });
  const { path, branch, baseCommit, branchCreated } = made.value;
  const earlier = before.workspace;
  return ok({
    ...{ path, branch, baseCommit: earlier?.baseCommit || baseCommit },
    branchCreated: earlier?.branchCreated ?? branchCreated,
    kind: earlier?.kind ?? ('worktree' as const),
  });
}

const stays = 'The session is ended as before; its branch and what was put aside are kept.';

export const noWorkspace = (id: string): RestoreProblem => ({
  code: 'workspace-missing',
  what: `${id} has no workspace, and it is not known on which branch it worked.`,
  kept: stays,
  todo: 'Start a new session on the branch that you mean.',
});

const cancelled = (id: string): RestoreProblem => ({
  code: 'restore-cancelled',
  what: `${id} was not restored: it would have had to wait, or was taken out of the line.`,
  kept: stays,
  todo: 'See `athene spawns ls` for who waits, and `athene spawns limit` for how many agents may run.',
});

const queued = (id: string): RestoreProblem => ({
  code: 'restore-queued',
  what: `${id} waits in line until fewer agents run.`,
  kept: 'It keeps its place, and is restored as soon as the app or server of Athene runs again.',
});

const takenBack = (id: string): RestoreProblem => ({
  code: 'session-running',
  what: `${id} was changed by somebody else while it was being restored.`,
  kept: 'What had been started was ended again.',
  todo: 'See `athene status`.',
});

const unexpected = (error: unknown): RestoreProblem => ({
  code: 'terminal-failed',
  what: `The session could not be restored: ${error instanceof Error ? error.message : String(error)}`,
  kept: stays,
  todo: 'Try again; `athene doctor` looks for what is wrong with this machine.',
});
