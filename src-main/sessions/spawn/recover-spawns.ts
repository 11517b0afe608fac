// Spawns and restores whose process is provably gone are finished when their agent runs already, else taken back, by whoever comes next;
// a stopped or unreadable one is left alone.
import { z } from 'zod';
import { spawnStepNameSchema, type SpawnStepName } from '#shared/domain/spawn.ts';
import { probeProcess } from '../../lib/process-identity.ts';
import { listJournal } from '../../storage/journal.ts';
import { deleteRequest, listRequests, takeOverRequest, type RequestRow } from '../../storage/requests.ts';
import { readLine } from '../../storage/waiting-line.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { restoreKind } from '../restore/begin-restore.ts';
import { isSoleWork } from '../sole-work.ts';
import { restoreIntentSchema } from '../restore/restore-task.ts';
import { undoRestore } from '../restore/undo-restore.ts';
import { finishRestore } from '../restore/finish-restore.ts';
import { finishSpawn } from './finish-spawn.ts';
import { failOrForget, undoSpawn } from './undo-spawn.ts';
import type { FailedSpawn, SpawnProblem } from './spawn-step.ts';

const ownerSchema = z.object({ pid: z.number(), startTime: z.string(), bootId: z.string() });

/** Returns the requests that were finished or taken back. */
export async function recoverSpawns(dependencies: SessionDependencies): Promise<readonly string[]> {
  const { running, waiting } = dependencies.store.read((tx) => ({
    running: listRequests(tx, 'running'),
    waiting: new Set(readLine(tx).flatMap(({ request, admitted }) => (admitted ? [] : [request]))),
  }));
  const recovered: string[] = [];
  for (const request of running) {
    // Nothing was begun for those that wait in line: somebody waits on for them.
    if (waiting.has(request.id) || dependencies.atWork.has(request.id) || !isAbandoned(request, dependencies)) continue;
    if (await workAt(dependencies, request.id, () => recover(dependencies, request))) recovered.push(request.id);
  }
  return recovered;
}

/** Meanwhile this process does not take the request for abandoned. */
export async function workAt<T>(
  { atWork }: Pick<SessionDependencies, 'atWork'>,
  request: string,
  work: () => Promise<T>,
): Promise<T> {
  if (atWork.has(request)) return work();
  atWork.add(request);
  try {
    return await work();
  } finally {
    atWork.delete(request);
  }
}

/** Its process is gone; or it is this one, which could not finish what it had begun (a full disk, a locked database). */
function isAbandoned(row: RequestRow, dependencies: SessionDependencies): boolean {
  const { data } = ownerSchema.safeParse(row.owner);
  return data !== undefined && (isOurs(row, dependencies) || probeProcess(data) === 'gone');
}

function isOurs({ owner }: RequestRow, { identity }: SessionDependencies): boolean {
  const { data } = ownerSchema.safeParse(owner);
  return data?.pid === identity.pid && data.startTime === identity.startTime && data.bootId === identity.bootId;
}

/** False when another process was quicker. */
async function recover(dependencies: SessionDependencies, row: RequestRow): Promise<boolean> {
  const ours = await dependencies.store.write('spawn: take over', (tx) =>
    takeOverRequest(tx, row, dependencies.identity),
  );
  if (!ours) return false;
  dependencies.log('spawn.recovered', { request: row.id, session: row.session, kind: row.kind });
  // Of its own this process has told already that it failed.
  const finishes = !isOurs(row, dependencies);
  const restore = row.kind === restoreKind ? restoreIntentSchema.safeParse(row.input).data : undefined;
  if (restore !== undefined && finishes && (await finishRestore(dependencies, row.id, restore))) return true;
  if (restore !== undefined) return (await undoRestore(dependencies, row.id, restore)) === null;
  // Nothing is half done that the next one would not do again.
  if (isSoleWork(row)) return dependencies.store.write('spawn: sole work', (tx) => deleteRequest(tx, row.id));
  if (row.kind !== 'spawn') return false;
  if (finishes && (await finishSpawn(dependencies, row))) return true;
  const failed: FailedSpawn = { problem: interrupted, step: lastStep(dependencies, row) };
  if (row.session === null) {
    await dependencies.store.write('spawn: interrupted', (tx) => failOrForget(tx, row.id, failed));
  } else {
    await undoSpawn(dependencies, { request: row.id, session: row.session }, failed);
  }
  return true;
}

/** Where its process stood when it ended. */
function lastStep({ store }: SessionDependencies, { session }: RequestRow): SpawnStepName {
  const steps = session === null ? [] : store.read((tx) => listJournal(tx, session));
  return spawnStepNameSchema.safeParse(steps.at(-1)?.step).data ?? 'choose-agent';
}

export const interrupted: SpawnProblem = {
  code: 'spawn-interrupted',
  what: 'The process that was making the session ended in the middle.',
  kept: 'The prompt is kept; what had been made was taken back.',
  todo: 'Start it again.',
};
