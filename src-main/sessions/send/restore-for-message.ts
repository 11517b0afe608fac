// Brings an ended session back for a message that waits for it. What can't be brought back is a refusal, and nothing is sent.
import type { Doer } from '#shared/domain/caller.ts';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { deleteDelivery, noteWaiting, prepareDelivery, type Delivery } from '../../storage/outbox.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { atOnceOrNever, restoreSession } from '../restore/restore-session.ts';
import type { RestoreProblem } from '../restore/restore-task.ts';
import { findSession } from '../session-record.ts';
import type { SendProblem } from './message-to-send.ts';

type Waiting = Pick<Delivery, 'id' | 'session'>;
type WaitingOf = Waiting & { readonly by: Doer };

/** True when it was restored here; false when somebody else has just done so. */
export async function restoreForMessage(
  dependencies: SessionDependencies,
  { by, ...message }: WaitingOf,
): Promise<Result<boolean, SendProblem>> {
  const { store, identity } = dependencies;
  await store.write('send: prepare', (tx) => prepareDelivery(tx, message.id, identity));
  try {
    const restored = await restoreSession(dependencies, message.session, { ...atOnceOrNever(), by });
    if (restored.ok || isLiveNow(dependencies, message.session, restored.problem)) {
      await store.write('send: prepared', (tx) => noteWaiting(tx, message, null));
      return ok(restored.ok);
    }
    return fail(await withdrawn(dependencies, message, restored.problem));
  } catch (error) {
    // Else it would wait for as long as this process lives.
    await store.write('send: withdraw', (tx) => deleteDelivery(tx, message));
    throw error;
  }
}

/** Of two at once, one restores and the other is told that the session runs. */
function isLiveNow(dependencies: SessionDependencies, session: string, { code }: RestoreProblem): boolean {
  const found = code === 'session-running' ? findSession(dependencies, session) : null;
  if (found?.ok !== true) return false;
  const { lifecycle } = found.value;
  return lifecycle.session.state === 'not_started' || !isTerminal(lifecycle);
}

async function withdrawn(
  { store }: SessionDependencies,
  message: Waiting,
  problem: RestoreProblem,
): Promise<SendProblem> {
  await store.write('send: withdraw', (tx) => deleteDelivery(tx, message));
  return {
    ...problem,
    code: 'session-ended',
    what: cannotSend(message.session, problem.what),
    kept: 'Nothing was sent.',
  };
}

/** Its work is done: nobody would expect it to begin again by a message. Null when it is not. */
export function refusalOfDone({ id, lifecycle }: SessionRecord): SendProblem | null {
  const merged = lifecycle.pullRequest.state === 'merged';
  if (!merged && lifecycle.session.state !== 'done') return null;
  return {
    code: 'session-ended',
    what: cannotSend(id, merged ? 'its pull request is merged.' : 'its work is done.'),
    kept: 'Nothing was sent.',
    todo: `Start a new session, or restore it yourself first: athene session restore ${id}`,
  };
}

const cannotSend = (id: string, reason: string): string => `Cannot send to session ${id}: ${reason}`;
