// Types what waits in the outbox into its terminal, in order. What was begun is never typed twice.
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { isTerminal } from '#shared/domain/lifecycle.ts';
import type { PromptDelivery } from '#shared/domain/session.ts';
import { probeProcess } from '../lib/process-identity.ts';
import {
  claimDelivery,
  markDelivered,
  markFailed,
  pendingFor,
  releaseDelivery,
  type Delivery,
} from '../storage/outbox.ts';
import type { SessionDependencies } from './dependencies.ts';
import { enter, keystrokes } from './keystrokes.ts';
import { changeSession, findSession } from './session-record.ts';

/** `waits`: put back untouched, for whoever runs next. */
type Outcome =
  | { readonly kind: 'typed' }
  | { readonly kind: 'waits' }
  | { readonly kind: 'failed'; readonly why: string };

const never = new AbortController().signal;

/**
 * Everything that waits for the session. Does nothing when another process is at it; what one that is gone had begun is given up,
 * visibly, since nobody knows how much of it was typed. What the signal finds still waiting for the agent to listen is put back.
 */
export async function deliverPending(
  dependencies: SessionDependencies,
  session: string,
  signal: AbortSignal = never,
): Promise<void> {
  const { store, identity } = dependencies;
  for (const delivery of store.read((tx) => pendingFor(tx, session)).filter(isAbandoned)) {
    await settle(dependencies, delivery, { kind: 'failed', why: notConfirmed });
  }
  while (!signal.aborted) {
    const delivery = await store.write('send: claim', (tx) => claimDelivery(tx, { session, owner: identity }));
    if (delivery === null) return;
    await settle(dependencies, delivery, await typeIn(dependencies, delivery, signal));
  }
}

const ownerSchema = z.object({ pid: z.number(), startTime: z.string(), bootId: z.string() });

function isAbandoned({ state, owner }: Delivery): boolean {
  const identity = ownerSchema.safeParse(owner);
  return state === 'delivering' && identity.success && probeProcess(identity.data) === 'gone';
}

async function typeIn(dependencies: SessionDependencies, delivery: Delivery, signal: AbortSignal): Promise<Outcome> {
  const found = findSession(dependencies, delivery.session);
  const terminal = found.ok && !isTerminal(found.value.lifecycle) ? found.value.terminal : null;
  if (terminal === null) return { kind: 'failed', why: `${delivery.session} has ended; nobody was there to read it.` };
  if (delivery.kind === 'prompt') await waitUntilItListens(dependencies, terminal, signal);
  if (signal.aborted) return { kind: 'waits' };
  const typed = await dependencies.runtime.input(terminal, keystrokes(delivery.body));
  if (!typed.ok) return { kind: 'failed', why: typed.problem.what };
  // Programs that read a paste in pieces take an Enter that comes along with it for part of the text.
  await delay(enterAfter);
  const entered = await dependencies.runtime.input(terminal, enter);
  return entered.ok ? { kind: 'typed' } : { kind: 'failed', why: notConfirmed };
}

const notConfirmed = 'It is not known how much of the text was typed.';
/** Milliseconds between text and Enter. */
const enterAfter = 150;
/** Milliseconds: silence after output by which an agent is taken to listen; without any output; the longest wait; between looks. */
const listening = { quiet: 400, mute: 3000, atMost: 20_000, look: 100 };

/** Returns at the latest after `listening.atMost`; a program that never falls silent gets its prompt all the same. */
async function waitUntilItListens(
  { runtime, now }: SessionDependencies,
  terminal: string,
  signal: AbortSignal,
): Promise<void> {
  const began = now();
  while (now() - began < listening.atMost && !signal.aborted) {
    const status = await runtime.list();
    const own = status.ok ? status.value.find((each) => each.terminal === terminal) : undefined;
    if (status.ok && (own?.exit ?? null) !== null) return;
    const printed = own?.lastOutputAt ?? null;
    if (printed === null ? now() - began >= listening.mute : now() - printed >= listening.quiet) return;
    await delay(listening.look);
  }
}

async function settle(dependencies: SessionDependencies, delivery: Delivery, outcome: Outcome): Promise<void> {
  await dependencies.store.write('send: settle', (tx) => {
    if (outcome.kind === 'typed') return markDelivered(tx, delivery);
    return outcome.kind === 'waits' ? releaseDelivery(tx, delivery) : markFailed(tx, delivery, outcome.why);
  });
  if (delivery.kind !== 'prompt' || outcome.kind === 'waits') return;
  const promptDelivery: PromptDelivery = outcome.kind === 'typed' ? 'delivered' : 'failed';
  await changeSession(dependencies, 'prompt', delivery.session, (record) => ({ ...record, promptDelivery }));
}
