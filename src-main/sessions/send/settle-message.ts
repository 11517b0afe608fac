// What a person decides about a message that is not known to have arrived: send it again, type it all the same, or forget it.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { NewEvent } from '#shared/domain/event.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import { recordEvent } from '../../storage/events.ts';
import { deleteDelivery, deliverAnyway, findDelivery, forgetTyping, type Delivery } from '../../storage/outbox.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { notePrompt } from '../session-record.ts';
import type { MessageToSend, SendProblem, Sent } from './message-to-send.ts';
import { sendMessage } from './send-message.ts';
import { enterWhatStands, isPaused } from './unfinished.ts';

type MessageProblem = Problem<CodeOf<AtheneContract, 'message.discard'>>;

interface Kept {
  readonly session: string;
  readonly message: string;
}

type Again = Kept & { readonly as: string } & Pick<MessageToSend, 'restore' | 'from'>;

/**
 * Under a new id; the old one is forgotten when the new one is on its way. One that still stands whole in the terminal is entered, not typed
 * again. Asked twice with the same new id, it is sent once.
 */
export async function sendAgain(
  dependencies: SessionDependencies,
  { session, message, as, restore, from = null }: Again,
): Promise<Result<Sent, SendProblem>> {
  const { store } = dependencies;
  const old = store.read((tx) => findDelivery(tx, message));
  const known = old ?? store.read((tx) => findDelivery(tx, as));
  // Who may send to a session may not thereby read, or take away, what waits for another.
  if (known === null || known.session !== session) return fail({ ...gone, code: 'message-refused' });
  if (old !== null && !isSettled(old)) return fail({ ...stillWaits, code: 'message-refused' });
  const begun = old?.state === 'failed' && old.typing === 'begun' ? old : null;
  if (begun !== null && isPaused(dependencies, session)) return fail(paused(session));
  // Whoever sends it again has looked: what else may stand in the terminal holds it no more.
  if (begun !== null && !(await enterWhatStands(dependencies, begun, as))) {
    await store.write('send: looked at', (tx) => forgetTyping(tx, begun));
  }
  const sent = await sendMessage(dependencies, {
    id: session,
    message: as,
    text: known.body,
    kind: known.kind,
    restore,
    from,
    anyway: false,
    timeout: patience,
  });
  if (old !== null && store.read((tx) => findDelivery(tx, as))?.session === session) {
    await store.write('send: forget', (tx) => deleteDelivery(tx, old));
  }
  return sent;
}

/** Seconds. */
const patience = 30;

const isSettled = ({ state }: Delivery): boolean => state === 'failed' || state === 'delivered';

export async function sendAnyway(
  { store }: SessionDependencies,
  { session, message }: Kept,
): Promise<Result<null, MessageProblem>> {
  const freed = await store.write('send: anyway', (tx) => deliverAnyway(tx, { id: message, session }));
  return freed ? ok(null) : fail(gone);
}

/** A prompt stays the goal of its session; that it did not arrive is nobody's concern any more. */
export async function discardMessage(
  { store }: SessionDependencies,
  { session, message }: Kept,
): Promise<Result<null, MessageProblem>> {
  return store.write('send: discard', (tx) => {
    const delivery = findDelivery(tx, message);
    if (!deleteDelivery(tx, { id: message, session })) return fail(gone);
    if (delivery?.kind === 'prompt') notePrompt(tx, session, 'none');
    else recordEvent(tx, discarded(session, message));
    return ok(null);
  });
}

const discarded = (session: string, message: string): NewEvent => ({
  ...{ kind: 'message.discarded', session, source: 'person', data: { message } },
  text: 'A message was discarded before it arrived.',
});

const gone: MessageProblem = {
  code: 'message-unknown',
  what: 'There is no such message any more, or it is being typed right now.',
};

const paused = (session: string): SendProblem => ({
  code: 'message-refused',
  what: `${session} is paused: nobody can see what of the message stands in its terminal.`,
  kept: 'It was left as it is.',
  todo: `Let it go on first: athene session thaw ${session}`,
});

const stillWaits = { what: 'The message still waits to be typed.', kept: 'It was left as it is.' };
