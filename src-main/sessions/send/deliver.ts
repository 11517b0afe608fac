// Types what waits in the outbox into its terminal, in order. What was begun is never typed twice.
import { z } from 'zod';
import { isUnderWay } from '#shared/domain/set-up.ts';
import { frozenOf } from '#shared/domain/frozen.ts';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { probeProcess } from '../../lib/process-identity.ts';
import {
  claimDelivery,
  markDelivered,
  markFailed,
  nextDelivery,
  noteWaiting,
  pendingFor,
  type Delivery,
} from '../../storage/outbox.ts';
import { getTerminal } from '../../storage/terminals.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { findSession, notePrompt } from '../session-record.ts';
import { readSetUp, waitForSetUp } from '../set-up/set-up-state.ts';
import { waitUntilReady, type Listener, type Readiness } from './readiness.ts';
import { typeMessage, unknownPart, type Typed } from './type-message.ts';

const never = new AbortController().signal;

/**
 * Everything that waits for the session, until something has to wait on. Does nothing while another process types; what one that is gone
 * had begun is given up, visibly, since nobody knows how much of it was typed. Until it types it has claimed nothing: whoever is stopped
 * while it waits for an agent keeps nobody from it.
 */
export async function deliverPending(
  dependencies: SessionDependencies,
  session: string,
  signal: AbortSignal = never,
): Promise<void> {
  const { store, identity } = dependencies;
  for (const delivery of store.read((tx) => pendingFor(tx, session)).filter(isAbandoned)) {
    await settle(dependencies, delivery, { kind: 'failed', why: unknownPart });
  }
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
    await settle(dependencies, delivery, await typeIn(dependencies, delivery, listens));
  }
}

const ownerSchema = z.object({ pid: z.number(), startTime: z.string(), bootId: z.string() });

const isAbandoned = (delivery: Delivery): boolean => delivery.state === 'delivering' && isOwnerGone(delivery);

function isOwnerGone({ owner }: Delivery): boolean {
  const identity = ownerSchema.safeParse(owner);
  return identity.success && probeProcess(identity.data) === 'gone';
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

function listenerOf({ store, agents }: SessionDependencies, record: SessionRecord, terminal: string): Listener {
  const row = store.read((tx) => getTerminal(tx, terminal));
  const signs = agents.definition(record.agent)?.screenSigns ?? null;
  return { terminal, createdAt: row?.created ?? record.createdAt, signs };
}

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
  { session, body }: Delivery,
  listening: Extract<Listening, { kind: 'listens' | 'ended' }>,
): Promise<Typed> {
  if (listening.kind === 'ended') return { kind: 'failed', why: `${session} has ended; nobody was there to read it.` };
  return typeMessage(dependencies, listening.listener, body, listening.ready);
}

/** The record says of its prompt what the outbox says, at every moment. Nothing follows when it is not that attempt any more. */
async function settle({ store }: SessionDependencies, delivery: Delivery, outcome: Typed): Promise<void> {
  await store.write('send: settle', (tx) => {
    const isTyped = outcome.kind === 'typed';
    const settled = isTyped ? markDelivered(tx, delivery, outcome.seen) : markFailed(tx, delivery, outcome.why);
    if (settled && delivery.kind === 'prompt') notePrompt(tx, delivery.session, isTyped ? 'delivered' : 'failed');
  });
}
