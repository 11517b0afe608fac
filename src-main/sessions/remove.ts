// Removes what an ended session leaves: worktree (snapshotted when it holds work), files, row. The branch stays, and what it printed for a while.
import type { AtheneContract } from '#shared/contract/contract.ts';
import { isOver, isTerminal } from '#shared/domain/lifecycle.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { isOwnWorkspace, type WorkspaceKind } from '#shared/domain/workspace.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import { removeDirectory } from '../lib/files.ts';
import { deleteAllBelongings } from '../storage/belongings.ts';
import { recordEventOnce } from '../storage/events.ts';
import { keepTranscript } from '../storage/kept-transcripts.ts';
import { deleteSession, getSession, listSessions } from '../storage/sessions.ts';
import { deleteTerminal, listTerminals } from '../storage/terminals.ts';
import { leaveLineOf } from '../storage/waiting-line.ts';
import type { Removal } from '../plugins/workspaces/workspace.ts';
import type { SessionDependencies } from './dependencies.ts';
import { endShells } from './shells.ts';
import { tearDown } from './tear-down.ts';
import { findSession, unknownSession } from './session-record.ts';
import { whileAlone, whoIsAtWork } from './sole-work.ts';

type RemoveProblem = Problem<CodeOf<AtheneContract, 'session.remove'>>;

export interface Removed {
  /** Private ref of the snapshot, when the worktree held work that no commit had. */
  readonly rescueRef: string | null;
  readonly branch: string | null;
}

export interface RemoveOptions {
  /** Refuse where something would have to be rescued. */
  readonly onlySaved?: boolean;
  /** Ignored files that are too large to be put aside may go. */
  readonly discardLarge?: boolean;
  /** False: without the project's tear-down commands. */
  readonly tearDown?: boolean;
  /** The person knows that nobody else removes it, where that can't be told. */
  readonly takeOver?: boolean;
  /** Only the one that was made then: whoever leads has a name that comes again. */
  readonly madeAt?: number;
}

/** By one process at a time, and nobody restores it meanwhile: what is removed by its name is this one's, and not the next one's. */
export async function removeSession(
  dependencies: SessionDependencies,
  id: string,
  how: RemoveOptions = {},
): Promise<Result<Removed, RemoveProblem>> {
  const beforehand = findEnded(dependencies, id, how);
  if (!beforehand.ok) return beforehand;
  const removed = await whileAlone(dependencies, { kind: 'remove', session: id, takeOver: how.takeOver ?? false }, () =>
    remove(dependencies, id, how),
  );
  return removed ?? fail(beingRemoved(dependencies, id));
}

/** The row goes last: whatever fails before can be tried again. */
async function remove(
  dependencies: SessionDependencies,
  id: string,
  how: RemoveOptions,
): Promise<Result<Removed, RemoveProblem>> {
  const found = findEnded(dependencies, id, how);
  if (!found.ok) return found;
  const record = found.value;
  const user = (await openAgent(dependencies, id)) ?? otherSession(dependencies, record);
  if (user !== null) return fail(inUse(record, user));
  const shells = await endShells(dependencies, id);
  if (!shells.ok) return fail({ ...shells.problem, code: 'cannot-tell', kept: 'Nothing was removed.' });
  const workspace = await removeWorkspace(dependencies, record, how);
  if (!workspace.ok) return workspace;
  const terminals = await forgetTerminals(dependencies, id);
  if (!terminals.ok) return terminals;
  await dependencies.hooks.withdrawTrust(id);
  await removeDirectory(dependencies.paths.sessionDirectory(id), dependencies.paths.sessions);
  const gone = await forgetSession(dependencies, record);
  return gone ? ok(workspace.value) : fail(unknownSession(id));
}

function findEnded(
  dependencies: SessionDependencies,
  id: string,
  { madeAt }: RemoveOptions,
): Result<SessionRecord, RemoveProblem> {
  const found = findSession(dependencies, id);
  if (!found.ok) {
    const { problem } = found;
    return fail({ ...problem, code: problem.code === 'session-unknown' ? 'session-unknown' : 'cannot-tell' });
  }
  const { createdAt, lifecycle } = found.value;
  if (madeAt !== undefined && madeAt !== createdAt) return fail(unknownSession(id));
  const ended = isTerminal(lifecycle) && lifecycle.session.state !== 'detecting';
  return ended ? found : fail(running(found.value));
}

/** One that may still live, wherever its program is now. Shells are ended with the session. */
async function openAgent({ store, runtime }: SessionDependencies, id: string): Promise<string | null> {
  for (const terminal of store.read((tx) => listTerminals(tx, id))) {
    if (terminal.role !== 'agent' || terminal.state === 'exited') continue;
    const probe = await runtime.probe(terminal.id);
    if (probe.kind === 'alive') return "its agent's terminal is open";
  }
  return null;
}

/** Another session that works in the same place and has not ended. */
function otherSession({ store }: SessionDependencies, { id, workspace }: SessionRecord): string | null {
  if (workspace === null) return null;
  const other = store
    .read(listSessions)
    .sessions.find(
      ({ record }) => record.id !== id && record.workspace?.path === workspace.path && !isOver(record.lifecycle),
    );
  return other === undefined ? null : `${other.record.id} works in it`;
}

const inUse = ({ id }: SessionRecord, why: string): RemoveProblem => ({
  code: 'workspace-dirty',
  what: `The worktree of ${id} can't be removed now: ${why}.`,
  kept: 'Nothing was removed.',
  todo: 'End that, then try again.',
});

async function removeWorkspace(
  dependencies: SessionDependencies,
  record: SessionRecord,
  { onlySaved = false, discardLarge = false, tearDown: tearsDown = true }: RemoveOptions,
): Promise<Result<Removed, RemoveProblem>> {
  const branch = record.workspace?.branch ?? null;
  // What Athene did not make it only forgets.
  if (!isOwnWorkspace(kindOf(record))) return ok({ rescueRef: null, branch });
  const place = placeOf(dependencies, record);
  if (!place.ok) return place;
  const project = dependencies.projects.find(record.project);
  const afterRescue = project.ok && tearsDown ? tearDown(dependencies, record, project.value) : undefined;
  const removed = await dependencies.workspaces.remove({ ...place.value, onlySaved, discardLarge, afterRescue });
  if (removed.ok) {
    const { rescueRef } = removed.value;
    if (rescueRef !== null) await tellRescue(dependencies, record, rescueRef);
    return ok({ rescueRef, branch });
  }
  const { code } = removed.problem;
  return fail({
    ...removed.problem,
    code:
      code === 'workspace-dirty' || code === 'cannot-tell' || code === 'tear-down-failed' ? code : 'workspace-failed',
  });
}

/** A removal that is tried again may tell of the same snapshot. */
const tellRescue = ({ store }: SessionDependencies, { id }: SessionRecord, ref: string): Promise<void> =>
  store.write('remove: rescue', (tx) =>
    recordEventOnce(
      tx,
      {
        ...{ kind: 'rescue.made', session: id, source: 'athene', data: { ref } },
        text: `What was not committed was put aside: athene rescue show ${ref.replace('refs/athene/rescue/', '')}`,
      },
      'ref',
    ),
  );

const kindOf = ({ workspace, place }: SessionRecord) => (workspace ?? place)?.kind ?? 'worktree';

/** Where its workspace is, or would be. */
export function placeOf(
  { projects, paths }: Pick<SessionDependencies, 'projects' | 'paths'>,
  record: SessionRecord,
): Result<Removal & { readonly kind: WorkspaceKind }, Problem<'cannot-tell'>> {
  const { id, project, workspace } = record;
  const known = projects.find(project);
  if (!known.ok) return fail(projectMissing(id, project));
  const { path, defaultBranch } = known.value;
  return ok({
    ...{ kind: kindOf(record), project: { id: project, path, defaultBranch }, session: id },
    path: (workspace ?? record.place)?.path ?? paths.worktreeFor(project, id),
  });
}

async function forgetTerminals(
  { store, runtime }: SessionDependencies,
  session: string,
): Promise<Result<null, RemoveProblem>> {
  for (const { id } of store.read((tx) => listTerminals(tx, session))) {
    // What it printed stays, as long as a snapshot does.
    const forgotten = await runtime.forget(id, { keepOutput: true });
    if (!forgotten.ok && forgotten.problem.code !== 'terminal-unknown') {
      return fail({ ...forgotten.problem, code: 'cannot-tell' });
    }
  }
  return ok(null);
}

/** False when it can't be read any more. */
const forgetSession = ({ store }: SessionDependencies, { id, createdAt }: SessionRecord): Promise<boolean> =>
  store.write('remove: session', (tx) => {
    const stored = getSession(tx, id);
    if (stored === null || 'damaged' in stored || stored.record.createdAt !== createdAt) return false;
    for (const terminal of listTerminals(tx, id)) {
      keepTranscript(tx, terminal);
      deleteTerminal(tx, terminal.id);
    }
    deleteAllBelongings(tx, id);
    leaveLineOf(tx, id);
    return deleteSession(tx, id);
  });

function beingRemoved(dependencies: SessionDependencies, id: string): RemoveProblem {
  const by = whoIsAtWork(dependencies, 'remove', id);
  const kept = 'Nothing was done beside it.';
  if (by === null || by.state === 'works') {
    const what = `${id} is being removed just now${by === null ? '' : `, by process ${by.pid}`}.`;
    return { code: 'removal-running', what, kept, todo: 'See `athene status`, and try again if it is still there.' };
  }
  // Nobody waits for it.
  return by.state === 'stands-still'
    ? {
        ...{ code: 'cannot-tell', kept, what: `${id} is being removed by process ${by.pid}, which stands still.` },
        todo: 'Let that go on (fg, or kill -CONT), or end it; then try again.',
      }
    : {
        ...{ code: 'cannot-tell', kept, what: `Nobody can tell whether process ${by.pid} still removes ${id}.` },
        todo: `It may be one of another container. If you know that it has ended: athene session remove ${id} --take-over`,
      };
}

const running = ({ id }: SessionRecord): RemoveProblem => ({
  code: 'session-running',
  what: `${id} still runs, or can't be seen to have ended.`,
  kept: 'Nothing was removed.',
  todo: `Stop it first: athene session kill ${id}`,
});

const projectMissing = (id: string, project: string): Problem<'cannot-tell'> => ({
  code: 'cannot-tell',
  what: `The project ${project} of ${id} is not configured, so its worktree can't be judged.`,
  kept: 'Nothing was removed.',
  todo: 'Add the project again under the same id.',
});
