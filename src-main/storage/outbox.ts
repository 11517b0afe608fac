// Prompts and messages on their way into a session, delivered in order by whichever process runs.
import type { EventKind } from '#shared/domain/event.ts';
import { recordChange } from './changes.ts';
import { recordEvent } from './events.ts';
import { fromJson, toJson } from './json.ts';
import type { ReadTransaction, Transaction } from './store.ts';

export type DeliveryState = 'pending' | 'delivering' | 'delivered' | 'failed';

/**
 * How far the last attempt is known to have come. `none`: nothing of it stands in the line for input. `begun`: some of it, all, or nothing
 * was typed, and Enter perhaps pressed. `entered`: text and Enter were taken.
 */
export type Typing = 'none' | 'begun' | 'entered';

export interface Delivery {
  /** UUID made by the client: enqueued twice, it is delivered once. */
  readonly id: string;
  readonly session: string;
  readonly kind: 'prompt' | 'message';
  readonly body: string;
  readonly state: DeliveryState;
  /** How often somebody has begun to deliver it. */
  readonly attempts: number;
  readonly typing: Typing;
  /** Identity of the process that delivers it, null before; as JSON gave it back: validate before use. */
  readonly owner: unknown;
  /** Why it failed, or what it waits for. */
  readonly detail: string | null;
  /** Of a delivered one: whether its arrival was seen on the screen. Null: nobody looked. */
  readonly seen: boolean | null;
  /** Typed also while a question stands on the screen. */
  readonly anyway: boolean;
  readonly created: number;
  readonly updated: number;
}

type Row = Omit<Delivery, 'owner' | 'seen' | 'anyway'> & {
  readonly owner: string;
  readonly seen: number | null;
  readonly anyway: number;
};

/** Delivered ones are forgotten after this long, in milliseconds. */
const keptFor = 7 * 24 * 3_600_000;

export type Message = Pick<Delivery, 'id' | 'session' | 'kind' | 'body'> & {
  readonly anyway?: boolean;
  /** Identity of a process that still prepares the session for it; nobody takes an ended session for its end meanwhile. */
  readonly owner?: unknown;
  /** The session whose agent sends it; null: a person does. */
  readonly from?: string | null;
  /** Whoever sends it tells the timeline, in the same transaction. */
  readonly isTold?: boolean;
};

/** False when the id is known already: nothing is sent twice. */
export function enqueue(tx: Transaction, message: Message): boolean {
  const { id, session, kind, body, anyway = false, owner = null, from = null, isTold = false } = message;
  const added = tx.run(
    `INSERT INTO outbox (id, session, kind, body, state, owner, anyway, created, updated)
     VALUES (?, ?, ?, ?, 'pending', ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    ...[id, session, kind, body, toJson(owner), anyway ? 1 : 0, tx.now, tx.now],
  );
  if (added > 0) recordChange(tx, 'outbox', session);
  // What becomes of a prompt is told by the record of its session.
  if (added > 0 && kind === 'message' && !isTold) {
    const source = from === null ? 'person' : 'agent';
    const text = `${from === null ? 'Message' : `Message of ${from}`}: ${body}`;
    recordEvent(tx, { kind: 'message.sent', session, source, text, data: { message: id, from } });
  }
  return added > 0;
}

/** Another agent's message was typed into it since then, or is being typed. */
export const hasAgentTypedSince = (tx: ReadTransaction, session: string, since: number): boolean =>
  tx.get(
    `SELECT 1 FROM outbox JOIN events ON events.session = outbox.session AND events.kind = 'message.sent'
       AND events.source = 'agent' AND json_extract(events.data, '$.message') = outbox.id
     WHERE outbox.session = ? AND outbox.state <> 'pending' AND outbox.updated >= ?`,
    ...[session, since],
  ) !== undefined;

/** The prompt comes first, whatever was sent while the session was being made. */
const inOrder = "ORDER BY kind = 'message', position";

/** What is to be delivered next in the session; null when there is nothing, or another is under way. */
export function nextDelivery(tx: ReadTransaction, session: string): Delivery | null {
  const row = tx.get<Row>(
    `SELECT * FROM outbox WHERE session = ?1 AND state = 'pending'
       AND NOT EXISTS (SELECT 1 FROM outbox WHERE session = ?1 AND state = 'delivering') ${inOrder} LIMIT 1`,
    session,
  );
  return row === undefined ? null : readRow(row);
}

/** Says what a pending one waits for; null: nothing any more, and nobody prepares its session. Writes only what differs. */
export function noteWaiting(
  tx: Transaction,
  { id, session }: Pick<Delivery, 'id' | 'session'>,
  why: string | null,
): void {
  const changed = tx.run(
    `UPDATE outbox SET detail = ?1, owner = CASE WHEN ?1 IS NULL THEN 'null' ELSE owner END
     WHERE id = ?2 AND state = 'pending' AND (detail IS NOT ?1 OR owner <> 'null')`,
    ...[why, id],
  );
  if (changed > 0) recordChange(tx, 'outbox', session);
}

/**
 * Takes the session's next pending delivery; null when there is none or another is under way (order is kept). Looks at no process:
 * one whose deliverer is gone stays 'delivering' until somebody who has proof calls releaseDelivery.
 * @param judged take this one, as it was when somebody looked at its session, or none: another was not judged
 */
export function claimDelivery(
  tx: Transaction,
  { session, owner, judged = null }: { session: string; owner: unknown; judged?: Delivery | null },
): Delivery | null {
  const row = tx.get<Row>(
    `UPDATE outbox SET state = 'delivering', typing = 'begun', attempts = attempts + 1, owner = ?2, updated = ?3, detail = NULL
     WHERE position = (SELECT position FROM outbox WHERE session = ?1 AND state = 'pending' ${inOrder} LIMIT 1)
       AND NOT EXISTS (SELECT 1 FROM outbox WHERE session = ?1 AND state = 'delivering')
       AND (?4 IS NULL OR (id = ?4 AND owner = ?5))
     RETURNING *`,
    ...[session, toJson(owner), tx.now, judged?.id ?? null, toJson(judged?.owner ?? null)],
  );
  if (row === undefined) return null;
  recordChange(tx, 'outbox', session);
  return readRow(row);
}

/** Back to pending, for another try. False when it is not that attempt any more. */
export const releaseDelivery = (tx: Transaction, delivery: Delivery): boolean =>
  endAttempt(tx, delivery, { state: 'pending', typing: 'none', detail: null });

/** Text and Enter were taken. False when it is not that attempt any more. */
export const noteEntered = (tx: Transaction, { id, attempts }: Delivery): boolean =>
  tx.run("UPDATE outbox SET typing = 'entered' WHERE id = ? AND attempts = ? AND state = 'delivering'", id, attempts) >
  0;

/**
 * What another began, or what failed in the middle, becomes an attempt of this process. Null when it is not that attempt any more: somebody
 * else was quicker. Whoever takes one that is under way has proof that its deliverer is gone.
 * @param as its id from now on
 */
export function takeOver(
  tx: Transaction,
  delivery: Delivery,
  { owner, as }: { owner: unknown; as: string },
): Delivery | null {
  const { id, session, attempts, state } = delivery;
  const row = tx.get<Row>(
    `UPDATE outbox SET id = ?, state = 'delivering', attempts = attempts + 1, owner = ?, updated = ?, detail = NULL
     WHERE id = ? AND attempts = ? AND state = ? AND typing = 'begun' RETURNING *`,
    ...[as, toJson(owner), tx.now, id, attempts, state],
  );
  if (row === undefined) return null;
  recordChange(tx, 'outbox', session);
  return readRow(row);
}

/** Failed ones whose text may stand in the session's line for input; oldest first. */
export const unfinishedFor = (tx: ReadTransaction, session: string): readonly Delivery[] =>
  tx
    .all<Row>(
      "SELECT * FROM outbox WHERE session = ? AND state = 'failed' AND typing = 'begun' ORDER BY position",
      session,
    )
    .map(readRow);

/** Nothing of it stands there any more, or somebody has looked and takes that upon himself. */
export const forgetTyping = (tx: Transaction, { id }: Pick<Delivery, 'id'>): boolean =>
  tx.run("UPDATE outbox SET typing = 'none' WHERE id = ? AND state = 'failed' AND typing = 'begun'", id) > 0;

/** @param seen whether its arrival was seen. False when it is not that attempt any more. */
export function markDelivered(tx: Transaction, delivery: Delivery, seen: boolean): boolean {
  const ended = endAttempt(tx, delivery, { state: 'delivered', typing: 'entered', detail: null, seen });
  if (ended && seen) tellOf(tx, delivery, 'message.confirmed', 'The message was seen to arrive.');
  else if (ended) tellOf(tx, delivery, 'message.not_confirmed', 'The message was typed, and not seen to arrive.');
  return ended;
}

/** The text stays, so that it can be shown and sent again. False when it is not that attempt any more. */
export function markFailed(tx: Transaction, delivery: Delivery, { why, typing }: Failure): boolean {
  const ended = endAttempt(tx, delivery, { state: 'failed', typing, detail: why });
  if (ended) tellOf(tx, delivery, 'message.failed', `The message did not arrive: ${why}`);
  return ended;
}

export interface Failure {
  readonly why: string;
  /** `begun` holds whatever comes later. */
  readonly typing: Exclude<Typing, 'entered'>;
}

function tellOf(tx: Transaction, { id, session, kind }: Delivery, what: MessageOutcome, text: string): void {
  if (kind === 'message') recordEvent(tx, { kind: what, session, source: 'athene', text, data: { message: id } });
}

type MessageOutcome = Extract<EventKind, `message.${string}`>;

/** Null when it was never stored, or delivered so long ago that it is forgotten. */
export function findDelivery(tx: ReadTransaction, id: string): Delivery | null {
  const row = tx.get<Row>('SELECT * FROM outbox WHERE id = ?', id);
  return row === undefined ? null : readRow(row);
}

/** When the latest one was typed into the session; null: none was, or it is forgotten. */
export const lastDeliveredAt = (tx: ReadTransaction, session: string): number | null =>
  tx.get<{ at: number | null }>(
    "SELECT MAX(updated) AS at FROM outbox WHERE session = ? AND state = 'delivered'",
    session,
  )?.at ?? null;

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

/** What somebody may want to know of: waiting, under way, failed, or typed without having been seen to arrive. Oldest first. */
export const listUnsettled = (tx: ReadTransaction, session: string | null = null): readonly Delivery[] =>
  tx
    .all<Row>(
      "SELECT * FROM outbox WHERE (?1 IS NULL OR session = ?1) AND (state <> 'delivered' OR seen = 0) ORDER BY position",
      session,
    )
    .map(readRow);

/** False when there is no such delivery, or it is being typed right now. */
export function deleteDelivery(tx: Transaction, { id, session }: Pick<Delivery, 'id' | 'session'>): boolean {
  const deleted = tx.run("DELETE FROM outbox WHERE id = ? AND session = ? AND state <> 'delivering'", id, session);
  if (deleted > 0) recordChange(tx, 'outbox', session);
  return deleted > 0;
}

/** Whoever sends a pending one again prepares its session anew. */
export function prepareDelivery(tx: Transaction, id: string, owner: unknown): void {
  tx.run("UPDATE outbox SET owner = ? WHERE id = ? AND state = 'pending'", toJson(owner), id);
}

/** Typed also while a question stands on the screen. False when it does not wait any more. */
export function deliverAnyway(tx: Transaction, { id, session }: Pick<Delivery, 'id' | 'session'>): boolean {
  const changed = tx.run(
    "UPDATE outbox SET anyway = 1, detail = NULL WHERE id = ? AND session = ? AND state = 'pending'",
    ...[id, session],
  );
  if (changed > 0) recordChange(tx, 'outbox', session);
  return changed > 0;
}

export function deleteDeliveriesOf(tx: Transaction, session: string): void {
  if (tx.run('DELETE FROM outbox WHERE session = ?', session) > 0) recordChange(tx, 'outbox', session);
}

export function pruneDeliveries(tx: Transaction): void {
  tx.run("DELETE FROM outbox WHERE state = 'delivered' AND updated < ?", tx.now - keptFor);
}

function endAttempt(
  tx: Transaction,
  { id, session, attempts }: Delivery,
  {
    state,
    typing,
    detail,
    seen = null,
  }: Pick<Delivery, 'state' | 'typing' | 'detail'> & Partial<Pick<Delivery, 'seen'>>,
): boolean {
  const changed = tx.run(
    `UPDATE outbox SET state = ?, typing = ?, detail = ?, seen = ?, owner = 'null', updated = ?
     WHERE id = ? AND attempts = ? AND state = 'delivering'`,
    ...[state, typing, detail, seen === null ? null : Number(seen), tx.now, id, attempts],
  );
  if (changed > 0) recordChange(tx, 'outbox', session);
  return changed > 0;
}

const readRow = ({ owner, seen, anyway, ...row }: Row): Delivery => ({
  ...row,
  owner: fromJson(owner),
  seen: seen === null ? null : seen === 1,
  anyway: anyway === 1,
});
