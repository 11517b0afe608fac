// Prompts and messages on their way into a session, delivered in order by whichever process runs.
import { recordChange } from './changes.ts';
import { fromJson, toJson } from './json.ts';
import type { ReadTransaction, Transaction } from './store.ts';

export type DeliveryState = 'pending' | 'delivering' | 'delivered' | 'failed';

export interface Delivery {
  /** UUID made by the client: enqueued twice, it is delivered once. */
  readonly id: string;
  readonly session: string;
  readonly kind: 'prompt' | 'message';
  readonly body: string;
  readonly state: DeliveryState;
  /** How often somebody has begun to deliver it. */
  readonly attempts: number;
  /** Identity of the process that delivers it, null before; as JSON gave it back: validate before use. */
  readonly owner: unknown;
  /** Why it failed. */
  readonly detail: string | null;
  readonly created: number;
  readonly updated: number;
}

type Row = Omit<Delivery, 'owner'> & { readonly owner: string };

/** Delivered ones are forgotten after this long, in milliseconds. */
const keptFor = 7 * 24 * 3_600_000;

/** False when the id is known already: nothing is sent twice. */
export function enqueue(tx: Transaction, message: Pick<Delivery, 'id' | 'session' | 'kind' | 'body'>): boolean {
  const { id, session, kind, body } = message;
  const added = tx.run(
    `INSERT INTO outbox (id, session, kind, body, state, owner, created, updated)
     VALUES (?, ?, ?, ?, 'pending', 'null', ?, ?) ON CONFLICT (id) DO NOTHING`,
    ...[id, session, kind, body, tx.now, tx.now],
  );
  if (added > 0) recordChange(tx, 'outbox', session);
  return added > 0;
}

/**
 * Takes the session's oldest pending delivery; null when there is none or another is under way (order is kept). Looks at no process:
 * one whose deliverer is gone stays 'delivering' until somebody who has proof calls releaseDelivery.
 */
export function claimDelivery(
  tx: Transaction,
  { session, owner }: { session: string; owner: unknown },
): Delivery | null {
  const row = tx.get<Row>(
    `UPDATE outbox SET state = 'delivering', attempts = attempts + 1, owner = ?2, updated = ?3
     WHERE position = (SELECT min(position) FROM outbox WHERE session = ?1 AND state = 'pending')
       AND NOT EXISTS (SELECT 1 FROM outbox WHERE session = ?1 AND state = 'delivering')
     RETURNING *`,
    ...[session, toJson(owner), tx.now],
  );
  if (row === undefined) return null;
  recordChange(tx, 'outbox', session);
  return readRow(row);
}

/** Back to pending, for another try. False when it is not that attempt any more. */
export const releaseDelivery = (tx: Transaction, delivery: Delivery): boolean =>
  endAttempt(tx, delivery, { state: 'pending', detail: null });

/** False when it is not that attempt any more. */
export const markDelivered = (tx: Transaction, delivery: Delivery): boolean =>
  endAttempt(tx, delivery, { state: 'delivered', detail: null });

/** The text stays, so that it can be shown and sent again. False when it is not that attempt any more. */
export const markFailed = (tx: Transaction, delivery: Delivery, why: string): boolean =>
  endAttempt(tx, delivery, { state: 'failed', detail: why });

/** Null when it was never stored, or delivered so long ago that it is forgotten. */
export function findDelivery(tx: ReadTransaction, id: string): Delivery | null {
  const row = tx.get<Row>('SELECT * FROM outbox WHERE id = ?', id);
  return row === undefined ? null : readRow(row);
}

/** What has not arrived in the session and may still, oldest first: pending and under way. */
export const pendingFor = (tx: ReadTransaction, session: string): readonly Delivery[] =>
  tx
    .all<Row>(
      "SELECT * FROM outbox WHERE session = ? AND state IN ('pending', 'delivering') ORDER BY position",
      session,
    )
    .map(readRow);

/** The same for all sessions. */
export const listPending = (tx: ReadTransaction): readonly Delivery[] =>
  tx.all<Row>("SELECT * FROM outbox WHERE state IN ('pending', 'delivering') ORDER BY position").map(readRow);

export function deleteDeliveriesOf(tx: Transaction, session: string): void {
  if (tx.run('DELETE FROM outbox WHERE session = ?', session) > 0) recordChange(tx, 'outbox', session);
}

export function pruneDeliveries(tx: Transaction): void {
  tx.run("DELETE FROM outbox WHERE state = 'delivered' AND updated < ?", tx.now - keptFor);
}

function endAttempt(
  tx: Transaction,
  { id, session, attempts }: Delivery,
  next: { readonly state: DeliveryState; readonly detail: string | null },
): boolean {
  const changed = tx.run(
    "UPDATE outbox SET state = ?, detail = ?, updated = ? WHERE id = ? AND attempts = ? AND state = 'delivering'",
    ...[next.state, next.detail, tx.now, id, attempts],
  );
  if (changed > 0) recordChange(tx, 'outbox', session);
  return changed > 0;
}

const readRow = ({ owner, ...row }: Row): Delivery => ({ ...row, owner: fromJson(owner) });
