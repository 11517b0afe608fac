// Types what waits in the outbox into its terminal, in order. What was begun is never typed twice.
import { isUnderWay } from '#shared/domain/set-up.ts';
import { frozenOf } from '#shared/domain/frozen.ts';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { claimDelivery, nextDelivery, noteWaiting, type Delivery } from '../../storage/outbox.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { findSession } from '../session-record.ts';
import { readSetUp, waitForSetUp } from '../set-up/set-up-state.ts';
import { listenerOf, type Listener } from './listener.ts';
import { waitUntilReady, type Readiness } from './readiness.ts';
import { settle, settleTyped } from './settle.ts';
import { typeMessage } from './type-message.ts';
import { holdsLine, isOwnerGone, settleAbandoned } from './unfinished.ts';

const never = new AbortController().signal;

/**
 * Everything that waits for the session, until something has to wait on. Does nothing while another process types; what one that is gone
 * had begun is entered where it is seen to stand, else given up, visibly. Until it types it has claimed nothing: whoever is stopped
 * while it waits for an agent keeps nobody from it.
 */
export async function deliverPending(
  dependencies: SessionDependencies,
  session: string,
  signal: AbortSignal = never,
): Promise<void> {
  const { store, identity } = dependencies;
  await settleAbandoned(dependencies, session);
  while (!signal.aborted) {
    const next = store.read((tx) => nextDelivery(tx, session));
    const found = next === null ? null : findSession(dependencies, session);
    if (next === null || found?.ok !== true) return;
    const listens = await listensNow(dependencies, found.value, next, signal);
    if (listens.kind === 'waits' || listens.kind === 'asks') return noteWhy(dependencies, next, listens);
    const delivery = await store.write('send: claim', (tx) =>
      claimDelivery(tx, { session, owner: identity, judged: next }),
    );
    // Somebody else was quicker, or prepares its session anew, who then delivers as well.
    if (delivery === null) return;
    await typeIn(dependencies, delivery, listens);
  }
}

/** Ready with the listener, or why not. */
type Listening =
  | { readonly kind: 'listens'; readonly listener: Listener; readonly ready: Extract<Readiness, { kind: 'ready' }> }
  | Exclude<Readiness, { kind: 'ready' }>;

async function listensNow(
  dependencies: SessionDependencies,
  record: SessionRecord,
  next: Delivery,
  signal: AbortSignal,
): Promise<Listening> {
  const { lifecycle, terminal } = record;
  // Whoever makes or restores it delivers then.
  if (lifecycle.session.state === 'not_started') return { kind: 'waits', why: beingMade };
  if (frozenOf(record) !== null) return { kind: 'waits', why: paused };
  if (!(await isSetUp(dependencies, record, { next, signal }))) return { kind: 'waits', why: beingSetUp };
  const listener = isTerminal(lifecycle) || terminal === null ? null : listenerOf(dependencies, record, terminal);
  // Its sender is about to restore the session.
  if (listener === null) return isPrepared(next) ? { kind: 'waits', why: null } : { kind: 'ended' };
  const readiness = await waitUntilReady(dependencies, listener, signal);
  const held =
    readiness.kind !== 'ready' || next.anyway ? null : await holdsLine(dependencies, next.session, readiness.screen);
  if (held !== null) return { kind: 'waits', why: held };
  if (readiness.kind === 'asks' && next.anyway) {
    return { kind: 'listens', listener, ready: { kind: 'ready', screen: readiness.screen, wasAtRest: true } };
  }
  return readiness.kind === 'ready' ? { kind: 'listens', listener, ready: readiness } : readiness;
}

/** The first prompt has its sender wait; whatever comes later is tried again when it is over. */
async function isSetUp(
  { paths, runtime }: SessionDependencies,
  { id, lifecycle, terminal }: SessionRecord,
  { next, signal }: { readonly next: Delivery; readonly signal: AbortSignal },
): Promise<boolean> {
  if (terminal === null || isTerminal(lifecycle)) return true;
  const isLive = async () => (await runtime.probe(terminal)).kind !== 'ended';
  if (next.kind === 'prompt') await waitForSetUp(paths, id, { isLive, signal });
  return !isUnderWay(readSetUp(paths, id)) || !(await isLive());
}

const isPrepared = (delivery: Delivery): boolean => delivery.owner !== null && !isOwnerGone(delivery);

/** Writes only what nobody has written yet: each write is heard by every process. */
async function noteWhy(
  { store }: SessionDependencies,
  next: Delivery,
  listening: Extract<Listening, { kind: 'waits' | 'asks' }>,
): Promise<void> {
  const why = listening.kind === 'asks' ? untilAnswered(listening.question) : listening.why;
  if (why !== null && why !== next.detail) await store.write('send: waits', (tx) => noteWaiting(tx, next, why));
}

const untilAnswered = (question: string): string =>
  `It waits until the question on the screen is answered: "${question}"`;
const beingSetUp = 'It waits until the set-up of the worktree is over.';
const paused = 'The session is paused; it is typed when it goes on.';
export const beingMade = 'The session is still being made; it comes after the prompt.';

async function typeIn(
  dependencies: SessionDependencies,
  delivery: Delivery,
  listening: Extract<Listening, { kind: 'listens' | 'ended' }>,
): Promise<void> {
  if (listening.kind === 'ended') {
    const why = `${delivery.session} has ended; nobody was there to read it.`;
    return settle(dependencies, delivery, { kind: 'failed', why, typing: 'none' });
  }
  const { listener, ready } = listening;
  return settleTyped(dependencies, delivery, listener, await typeMessage(dependencies, listener, delivery.body, ready));
}
