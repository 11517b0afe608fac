// What agents' hooks and wrappers told, each once, for a week.
import { spoolRetention } from '#shared/domain/spool-event.ts';
import { recordChange } from './changes.ts';
import { fromJson, toJson } from './json.ts';
import type { ReadTransaction, Transaction } from './store.ts';

export interface StoredEvent {
  readonly id: string;
  readonly session: string;
  readonly terminal: string;
  readonly source: string;
  readonly kind: string;
  /** When it happened, as far as the writer's file tells. */
  readonly at: number;
  /** As JSON gave it back: validate before use. */
  readonly body: unknown;
}

type Row = Omit<StoredEvent, 'body'> & { readonly body: string };

/** False when the id is known already: then nothing may follow from it once more. */
export function insertSpoolEvent(tx: Transaction, event: StoredEvent): boolean {
  const { id, session, terminal, source, kind, at, body } = event;
  const added = tx.run(
    `INSERT INTO spool_events (id, session, terminal, source, kind, at, body, created)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    ...[id, session, terminal, source, kind, at, toJson(body), tx.now],
  );
  if (added > 0) recordChange(tx, 'spool', session);
  return added > 0;
}

/** Those of one session in the order in which they happened. */
export const listSpoolEvents = (tx: ReadTransaction, session: string): readonly StoredEvent[] =>
  tx
    .all<Row>(
      'SELECT id, session, terminal, source, kind, at, body FROM spool_events WHERE session = ? ORDER BY at, rowid',
      session,
    )
    .map((row) => ({ ...row, body: fromJson(row.body) }));

/**
 * Those told in a terminal that were stored after number `after`, in the order in which they were stored: the latest `most` of them.
 * `last` is the number up to which was read. Numbers begin anew once all rows were forgotten.
 */
export function lastSpoolEvents(
  tx: ReadTransaction,
  { terminal, after, most }: { readonly terminal: string; readonly after: number; readonly most: number },
): { readonly last: number; readonly events: readonly StoredEvent[] } {
  const newest = tx.get<{ number: number | null }>('SELECT max(rowid) AS number FROM spool_events')?.number ?? 0;
  const known = after > newest ? 0 : after;
  const rows = tx.all<Row & { readonly number: number }>(
    `SELECT rowid AS number, id, session, source, kind, at, body FROM spool_events
     WHERE terminal = ? AND rowid > ? ORDER BY rowid DESC LIMIT ?`,
    ...[terminal, known, most],
  );
  const events = rows.toReversed().map(({ id, session, source, kind, at, body }): StoredEvent => ({
    ...{ id, session, terminal, source, kind, at, body: fromJson(body) },
  }));
  return { last: rows[0]?.number ?? known, events };
}

export function deleteSpoolEventsOf(tx: Transaction, session: string): void {
  tx.run('DELETE FROM spool_events WHERE session = ?', session);
}

/** A day longer than files are taken for: what is forgotten here is never ingested again. */
export function pruneSpoolEvents(tx: Transaction): void {
  tx.run('DELETE FROM spool_events WHERE created < ?', tx.now - (spoolRetention + 1) * 24 * 3_600_000);
}
