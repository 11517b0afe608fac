// Takes back a restore from what it wrote down first: the session is ended as before. The same for a failure and for a dead process.
import { workOf } from '#shared/domain/set-up.ts';
import { fail, ok } from '#shared/lib/result.ts';
import { deleteClaimsOf } from '../../storage/claims.ts';
import { deleteRequest } from '../../storage/requests.ts';
import { getSession, updateSession } from '../../storage/sessions.ts';
import { deleteTerminal } from '../../storage/terminals.ts';
import { deleteToken } from '../../storage/tokens.ts';
import { takeBackBrought } from '../set-up/prepare-set-up.ts';
import type { SessionDependencies } from '../dependencies.ts';
import type { RestoreIntent } from './restore-task.ts';

/** Null when all is as before; else what could not be taken back, for a person: then it stays on record and is tried again. */
export async function undoRestore(
  dependencies: SessionDependencies,
  request: string,
  { before, terminal, missing }: RestoreIntent,
): Promise<string | null> {
  const ended = await endTerminal(dependencies, terminal);
  if (!ended.ok) return ended.problem;
  if (missing !== null) {
    const project = dependencies.projects.find(before.project);
    if (project.ok && before.workspace !== null) {
      takeBackBrought({ path: project.value.path, work: workOf(project.value) }, before.workspace.path);
    }
    const undone = await dependencies.workspaces.undoCreate(missing.spec, !missing.branchExists);
    if (!undone.ok) return undone.problem.what;
  }
  await dependencies.store.write('restore: undone', (tx) => {
    const stored = getSession(tx, before.id);
    // Only what this restore has written is taken back.
    if (stored !== null && 'record' in stored && stored.record.terminal === terminal) {
      updateSession(tx, before.id, stored.rev, before);
      deleteClaimsOf(tx, before.id);
      deleteToken(tx, before.id);
    }
    deleteTerminal(tx, terminal);
    deleteRequest(tx, request);
  });
  return null;
}

async function endTerminal({ runtime }: SessionDependencies, terminal: string) {
  const killed = await runtime.kill(terminal);
  if (!killed.ok && killed.problem.code !== 'terminal-unknown') return fail(killed.problem.what);
  if (killed.ok && killed.value.survivors.length > 0) {
    return fail(`Processes of the agent could not be ended: ${killed.value.survivors.join(', ')}.`);
  }
  const forgotten = await runtime.forget(terminal);
  if (!forgotten.ok && forgotten.problem.code !== 'terminal-unknown') return fail(forgotten.problem.what);
  return ok(null);
}
