// A message to an agent: first stored, then typed into its terminal by whoever runs. One that has ended is restored for it.
import { setTimeout as delay } from 'node:timers/promises';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { enqueue, findDelivery, noteWaiting, pendingFor, type Delivery } from '../../storage/outbox.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { findSession } from '../session-record.ts';
import { beingMade, deliverPending } from './deliver.ts';
import { withoutControls } from './keystrokes.ts';
import type { MessageToSend, SendProblem, Sent } from './message-to-send.ts';
import { refusalOfDone, restoreForMessage } from './restore-for-message.ts';

export async function sendMessage(
  dependencies: SessionDependencies,
  sending: MessageToSend,
): Promise<Result<Sent, SendProblem>> {
  const found = findSession(dependencies, sending.id);
  if (!found.ok) return fail({ ...found.problem, code: 'session-unknown' });
  const body = withoutControls(sending.text);
  if (body.trim() === '') return fail(empty);
  const stored = await store(dependencies, found.value, { ...sending, body });
  if (!stored.ok) return stored;
  const restored = await prepare(dependencies, found.value, { ...sending, delivery: stored.value });
  if (!restored.ok) return restored;
  await deliverUntil(dependencies, sending);
  return outcomeOf(dependencies, sending, restored.value);
}

/** What is refused is refused before anything is stored; a message of this session that is known already is past that. */
async function store(
  { store: rows, identity }: SessionDependencies,
  record: SessionRecord,
  { id, message, body, restore, anyway, from = null, kind = 'message' }: MessageToSend & { readonly body: string },
): Promise<Result<Delivery | null, SendProblem>> {
  const known = rows.read((tx) => findDelivery(tx, message));
  // Who may send to one session may not thereby hear of, or hold up, what waits for another.
  if (known !== null) return known.session === id ? ok(known) : fail(ofAnother);
  const ended = hasEnded(record);
  const refusal = ended ? (refusalOfDone(record) ?? (restore ? null : declined(id))) : null;
  if (refusal !== null) return fail(refusal);
  return rows.write('send: enqueue', (tx) => {
    enqueue(tx, { id: message, session: id, kind, body, anyway, from, owner: ended ? identity : null });
    if (record.lifecycle.session.state === 'not_started') noteWaiting(tx, { id: message, session: id }, beingMade);
    return ok(findDelivery(tx, message));
  });
}

/** True when the session was restored. */
async function prepare(
  dependencies: SessionDependencies,
  record: SessionRecord,
  { id, message, from = null, delivery }: MessageToSend & { readonly delivery: Delivery | null },
): Promise<Result<boolean, SendProblem>> {
  if (delivery?.state !== 'pending' || !hasEnded(record)) return ok(false);
  return restoreForMessage(dependencies, { id: message, session: id, by: from ?? 'person' });
}

const hasEnded = ({ lifecycle }: SessionRecord): boolean =>
  lifecycle.session.state !== 'not_started' && isTerminal(lifecycle);

/** Milliseconds between two looks at what somebody else does. */
const lookEvery = 300;

/** Until it is typed, has failed, or the time is over: then it stays in the outbox. */
async function deliverUntil(dependencies: SessionDependencies, { id, message, timeout }: MessageToSend): Promise<void> {
  if (timeout <= 0) return;
  const { store: rows, now } = dependencies;
  const until = now() + timeout * 1000;
  const late = AbortSignal.timeout(timeout * 1000);
  do {
    await deliverPending(dependencies, id, late);
    const state = rows.read((tx) => findDelivery(tx, message))?.state;
    if (state !== 'pending' && state !== 'delivering') return;
    await delay(lookEvery);
  } while (now() < until);
}

function outcomeOf(
  { store: rows }: SessionDependencies,
  { id, message }: MessageToSend,
  restored: boolean,
): Result<Sent, SendProblem> {
  const delivery = rows.read((tx) => findDelivery(tx, message));
  if (delivery === null) return fail(discarded(id));
  const { state, detail, seen } = delivery;
  if (state === 'failed') return fail(failed(detail));
  if (state === 'delivered') {
    return ok({ outcome: seen === false ? 'typed' : 'confirmed', why: seen === false ? notSeen : null, restored });
  }
  const typed = rows.read((tx) => pendingFor(tx, id)).find((each) => each.state === 'delivering');
  const why = typed === undefined ? (detail ?? whoeverRuns) : underWay(typed, message);
  return ok({ outcome: 'queued', why, restored });
}

const notSeen = 'Nothing on its screen shows that it arrived; it is not typed again by itself.';
const whoeverRuns = 'It is typed by the app or server that runs, or by the next message.';

/** Whoever is slow or stopped is not robbed of it: nobody else knows how much of the text is typed. */
function underWay({ id, owner }: Delivery, message: string): string {
  const pid = typeof owner === 'object' && owner !== null && 'pid' in owner ? String(owner.pid) : '?';
  return id === message
    ? `Process ${pid} is typing it.`
    : `Process ${pid} is typing an earlier message; this one comes after it.`;
}

const failed = (detail: string | null): SendProblem => ({
  code: 'runtime-unreachable',
  what: detail ?? 'The message could not be typed.',
  kept: 'The text is stored and will not be typed again by itself.',
  todo: 'Look into the terminal, then send it again.',
});

const declined = (id: string): SendProblem => ({
  code: 'session-ended',
  what: `Cannot send to session ${id}: it has ended.`,
  kept: 'Nothing was sent.',
  todo: `Without --no-restore it is restored first; or do so yourself: athene session restore ${id}`,
});

const discarded = (id: string): SendProblem => ({
  code: 'message-refused',
  what: `The message to ${id} was discarded, or its session taken back, before it was typed.`,
});

const ofAnother: SendProblem = {
  code: 'message-refused',
  what: 'The message has the id of one that was sent to another session.',
  kept: 'Nothing was sent.',
};

const empty: SendProblem = { code: 'message-refused', what: 'The message is empty.', kept: 'Nothing was sent.' };
