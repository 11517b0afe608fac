// Removes what is over: sessions whose agent is gone, or whose pull request was closed unmerged. Coordinators and pinned ones stay.
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { listMarks } from '../storage/marks.ts';
import { listSessions } from '../storage/sessions.ts';
import type { SessionDependencies } from './dependencies.ts';
import { killSession } from './kill.ts';
import { removeSession } from './remove.ts';

export interface CleanupReport {
  readonly killed: string[];
  readonly skipped: string[];
  readonly errors: { readonly session: string; readonly error: string }[];
  /** Refs of the snapshots that were taken. */
  readonly rescued: string[];
}

/** A dry run gives the same lists and changes nothing; what only the removal itself finds out (a process in the worktree) is not in it. */
export async function cleanUp(
  dependencies: SessionDependencies,
  { project, dryRun }: { readonly project: string | null; readonly dryRun: boolean },
): Promise<CleanupReport> {
  const { sessions } = dependencies.store.read(listSessions);
  const pinned = new Set(
    dependencies.store
      .read((tx) => listMarks(tx))
      .filter(({ mark }) => mark === 'pin')
      .map(({ session }) => session),
  );
  const report: CleanupReport = { killed: [], skipped: [], errors: [], rescued: [] };
  for (const { record } of sessions) {
    if (project !== null && record.project !== project) continue;
    const over = !pinned.has(record.id) && record.kind === 'worker' && (await isOver(dependencies, record));
    if (!over) report.skipped.push(record.id);
    else if (dryRun) report.killed.push(record.id);
    else await removeOne(dependencies, record.id, report);
  }
  return report;
}

/** A look that gives no answer says no. */
async function isOver({ runtime }: SessionDependencies, { lifecycle, terminal }: SessionRecord): Promise<boolean> {
  if (lifecycle.pullRequest.state === 'closed') return true;
  if (!isTerminal(lifecycle) || lifecycle.session.state === 'not_started') return false;
  return terminal === null || (await runtime.probe(terminal)).kind === 'ended';
}

async function removeOne(dependencies: SessionDependencies, id: string, report: CleanupReport): Promise<void> {
  const killed = await killSession(dependencies, id);
  if (!killed.ok) return void report.errors.push({ session: id, error: killed.problem.what });
  if (killed.value.survivors.length > 0) {
    return void report.errors.push({ session: id, error: `Still there: ${killed.value.survivors.join(', ')}` });
  }
  const removed = await removeSession(dependencies, id);
  if (!removed.ok) return void report.errors.push({ session: id, error: removed.problem.what });
  report.killed.push(id);
  if (removed.value.rescueRef !== null) report.rescued.push(removed.value.rescueRef);
}
