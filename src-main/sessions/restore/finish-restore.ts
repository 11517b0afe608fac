// The last transaction of a restore: by the process that did it, or by the next one when that died after the agent was started.
import { isStopWanted, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import { notEscalated, type SessionRecord } from '#shared/domain/session.ts';
import { probePath } from '../../lib/files.ts';
import { clearMark } from '../../storage/marks.ts';
import { nextDelivery } from '../../storage/outbox.ts';
import { deleteRequest } from '../../storage/requests.ts';
import { getSession, updateSession } from '../../storage/sessions.ts';
import type { Transaction } from '../../storage/store.ts';
import { getTerminal, updateTerminal } from '../../storage/terminals.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { isRunning } from '../spawn/finish-spawn.ts';
import { withoutOldPullRequest } from './begin-restore.ts';
import type { RestoreIntent } from './restore-task.ts';

/** False: it is to be taken back. */
export async function finishRestore(
  dependencies: SessionDependencies,
  request: string,
  { before, terminal }: RestoreIntent,
): Promise<boolean> {
  const { workspace } = before;
  // One that had gone was made at the same place again, before the agent was started in it.
  if (workspace === null || probePath(workspace.path).kind !== 'directory') return false;
  if (!(await isRunning(dependencies, terminal))) return false;
  return recordRestored(dependencies, request, { before, terminal, workspace });
}

/** False when somebody has changed or stopped the session meanwhile. */
export const recordRestored = (
  { store, now }: SessionDependencies,
  request: string,
  { before, terminal, workspace }: Pick<SessionRecord, 'workspace'> & Pick<RestoreIntent, 'before' | 'terminal'>,
): Promise<boolean> =>
  store.write('restore: done', (tx) => {
    const found = getSession(tx, before.id);
    const row = getTerminal(tx, terminal);
    if (found === null || 'damaged' in found || row === null || found.record.terminal !== terminal) return false;
    if (isStopWanted(found.record.lifecycle)) return false;
    updateSession(tx, before.id, found.rev, {
      ...found.record,
      ...notEscalated,
      workspace,
      exit: null,
      restoredAt: now(),
      recoveryCount: 0,
      promptDelivery: promptAfter(tx, before),
      lifecycle: withRuntimeStarted(withoutOldPullRequest(found.record.lifecycle), now()),
    });
    updateTerminal(tx, terminal, { state: 'alive' });
    // Whoever starts it again wants to see it.
    clearMark(tx, before.id, 'archive');
    deleteRequest(tx, request);
    return true;
  });

/** One that still waits is typed into the new terminal. */
const promptAfter = (tx: Transaction, { id, promptDelivery }: SessionRecord): SessionRecord['promptDelivery'] =>
  promptDelivery === 'pending' && nextDelivery(tx, id)?.kind !== 'prompt' ? 'failed' : promptDelivery;
