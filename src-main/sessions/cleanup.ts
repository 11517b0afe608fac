// Removes what is over: sessions whose agent is gone, whose pull request was closed unmerged, or whose issue is completed. Coordinators
// and pinned ones stay.
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { listMarks } from '../storage/marks.ts';
import { getSession, listSessions } from '../storage/sessions.ts';
import { askOutside } from './ask-outside.ts';
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
  const asked = sessions.map(({ record }) => record).filter((record) => project === null || record.project === project);
  const candidates = asked.filter((record) => !pinned.has(record.id) && record.kind === 'worker');
  const over = await findOver(dependencies, candidates);
  for (const record of asked) {
    // Looked at again: the questions take their time, and it may have been restored meanwhile.
    const goes = over.has(record) || (candidates.includes(record) && (await agentIsGone(dependencies, record.id)));
    if (!goes) report.skipped.push(record.id);
    else if (dryRun) report.killed.push(record.id);
    else await removeOne(dependencies, record.id, report);
  }
  return report;
}

/** Questions to the outside that run at once. */
const atOnce = 4;

/** What code host and tracker call over; nobody is asked about a session whose agent is gone anyway. */
async function findOver(
  dependencies: SessionDependencies,
  candidates: readonly SessionRecord[],
): Promise<ReadonlySet<SessionRecord>> {
  const over = new Set<SessionRecord>();
  const rest: SessionRecord[] = [];
  for (const record of candidates) {
    const begun = record.lifecycle.session.state !== 'not_started';
    if (begun && !(await agentIsGone(dependencies, record.id))) rest.push(record);
  }
  const isOver = askOutside(dependencies);
  for (let next = 0; next < rest.length; next += atOnce) {
    const some = rest.slice(next, next + atOnce);
    const answers = await Promise.all(some.map((record) => isOver(record)));
    for (const [index, record] of some.entries()) if (answers[index] === true) over.add(record);
  }
  return over;
}

/** A look that gives no answer says no. */
async function agentIsGone({ store, runtime }: SessionDependencies, id: string): Promise<boolean> {
  const stored = store.read((tx) => getSession(tx, id));
  if (stored === null || 'damaged' in stored) return false;
  const { lifecycle, terminal } = stored.record;
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
