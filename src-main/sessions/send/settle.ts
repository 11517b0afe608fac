// Writes down what became of an attempt to type a message.
import { type Failure, markDelivered, markFailed, noteEntered, type Delivery } from '../../storage/outbox.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { notePrompt } from '../session-record.ts';
import type { Listener } from './listener.ts';
import { watchArrival, type Typed } from './type-message.ts';

type Outcome = { readonly kind: 'typed'; readonly seen: boolean } | ({ readonly kind: 'failed' } & Failure);

/** That it was entered is written before it is watched: whoever is killed while he looks leaves no doubt behind. */
export async function settleTyped(
  dependencies: SessionDependencies,
  delivery: Delivery,
  { terminal }: Listener,
  typed: Typed,
): Promise<void> {
  if (typed.kind === 'failed') return settle(dependencies, delivery, typed);
  await dependencies.store.write('send: entered', (tx) => noteEntered(tx, delivery));
  const seen = await watchArrival(dependencies, terminal, typed.typing);
  await settle(dependencies, delivery, { kind: 'typed', seen });
}

/** The record says of its prompt what the outbox says, at every moment. Nothing follows when it is not that attempt any more. */
export async function settle({ store }: SessionDependencies, delivery: Delivery, outcome: Outcome): Promise<void> {
  await store.write('send: settle', (tx) => {
    const isTyped = outcome.kind === 'typed';
    const settled = isTyped ? markDelivered(tx, delivery, outcome.seen) : markFailed(tx, delivery, outcome);
    if (settled && delivery.kind === 'prompt') notePrompt(tx, delivery.session, isTyped ? 'delivered' : 'failed');
  });
}
