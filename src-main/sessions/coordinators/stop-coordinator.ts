// Ends a coordinator, and on demand the workers that it answers for; or lets it start no more of them.
import type { AtheneContract } from '#shared/contract/contract.ts';
import { isCoordinator } from '#shared/domain/coordinator.ts';
import { isOver } from '#shared/domain/lifecycle.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf, OutputOf } from '#shared/rpc/define-contract.ts';
import { listSessions } from '../../storage/sessions.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { changeSession, findSession } from '../session-record.ts';

type StopProblem = Problem<CodeOf<AtheneContract, 'coordinator.stop'>>;
type Stopped = OutputOf<AtheneContract, 'coordinator.stop'>;

/** @param kill as a stop of that session alone is done */
export async function stopCoordinator(
  sessions: SessionDependencies,
  { id, withWorkers }: { readonly id: string; readonly withWorkers: boolean },
  kill: (id: string) => Promise<Result<{ readonly survivors: readonly number[] }, Problem>>,
): Promise<Result<Stopped, StopProblem>> {
  const found = findCoordinator(sessions, id);
  if (!found.ok) return found;
  const report: Stopped = { stopped: [], failed: [] };
  const stop = async (session: string): Promise<void> => {
    const killed = await kill(session);
    if (!killed.ok) report.failed.push({ session, why: killed.problem.what });
    else if (killed.value.survivors.length > 0) {
      report.failed.push({ session, why: `Still there: ${killed.value.survivors.join(', ')}` });
    } else report.stopped.push(session);
  };
  // First: it would start others in their place.
  await stop(id);
  // Counted only now, when it starts no more.
  if (withWorkers) for (const worker of liveWorkers(sessions, found.value)) await stop(worker.id);
  return ok(report);
}

/** Those that go on are not touched. */
export async function pauseCoordinator(
  sessions: SessionDependencies,
  { id, on }: { readonly id: string; readonly on: boolean },
): Promise<Result<null, StopProblem>> {
  const found = findCoordinator(sessions, id);
  if (!found.ok) return found;
  await changeSession(sessions, on ? 'spawning paused' : 'spawning resumed', id, (record) =>
    record.spawningPaused === on ? record : { ...record, spawningPaused: on },
  );
  return ok(null);
}

/** That it answers for: an orchestrator for those of its project that nobody else has, a meta orchestrator for its own. */
export const liveWorkers = (
  { store }: Pick<SessionDependencies, 'store'>,
  coordinator: Pick<SessionRecord, 'id' | 'kind' | 'project'>,
): readonly SessionRecord[] =>
  store
    .read(listSessions)
    .sessions.map(({ record }) => record)
    .filter((record) => !isOver(record.lifecycle) && answersFor(coordinator, record));

export function answersFor(
  { id, kind, project }: Pick<SessionRecord, 'id' | 'kind' | 'project'>,
  worker: Pick<SessionRecord, 'kind' | 'owner' | 'project'>,
): boolean {
  if (worker.kind !== 'worker') return false;
  if (kind === 'meta-orchestrator') return worker.owner.kind === 'meta' && worker.owner.name === id;
  return kind === 'orchestrator' && worker.owner.kind === 'project' && worker.project === project;
}

function findCoordinator(sessions: SessionDependencies, id: string): Result<SessionRecord, StopProblem> {
  const found = findSession(sessions, id);
  if (!found.ok || isCoordinator(found.value.kind)) return found;
  return fail({
    code: 'not-a-coordinator',
    what: `${id} is a worker: it leads nobody.`,
    kept: 'Nothing was changed.',
    todo: `Stop it with athene session kill ${id}`,
  });
}
