// Spawns whose process is provably gone are taken back by whoever comes next; a stopped or unreadable one is left alone.
import { z } from 'zod';
import { spawnStepNameSchema, type SpawnStepName } from '#shared/domain/spawn.ts';
import { probeProcess } from '../../lib/process-identity.ts';
import { listJournal } from '../../storage/journal.ts';
import { failRequest, listRequests, takeOverRequest, type RequestRow } from '../../storage/requests.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { undoSpawn } from './undo-spawn.ts';
import type { FailedSpawn, SpawnProblem } from './spawn-step.ts';

const ownerSchema = z.object({ pid: z.number(), startTime: z.string(), bootId: z.string() });

/** Returns the requests that were taken back. */
export async function recoverSpawns(dependencies: SessionDependencies): Promise<readonly string[]> {
  const running = dependencies.store.read((tx) => listRequests(tx, 'running'));
  const recovered: string[] = [];
  for (const request of running) {
    if (request.kind === 'spawn' && isAbandoned(request) && (await recover(dependencies, request))) {
      recovered.push(request.id);
    }
  }
  return recovered;
}

function isAbandoned({ owner }: RequestRow): boolean {
  const identity = ownerSchema.safeParse(owner);
  return identity.success && probeProcess(identity.data) === 'gone';
}

/** False when another process was quicker. */
async function recover(dependencies: SessionDependencies, row: RequestRow): Promise<boolean> {
  const ours = await dependencies.store.write('spawn: take over', (tx) =>
    takeOverRequest(tx, row, dependencies.identity),
  );
  if (!ours) return false;
  dependencies.log('spawn.recovered', { request: row.id, session: row.session });
  const failed: FailedSpawn = { problem: interrupted, step: lastStep(dependencies, row) };
  if (row.session === null) {
    await dependencies.store.write('spawn: interrupted', (tx) => failRequest(tx, row.id, failed));
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

const interrupted: SpawnProblem = {
  code: 'spawn-interrupted',
  what: 'The process that was making the session ended in the middle.',
  kept: 'The prompt is kept; what had been made was taken back.',
  todo: 'Start it again.',
};
