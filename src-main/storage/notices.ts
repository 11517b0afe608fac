// Notices that were told, each once for the home, and how each notifier got on with them.
import type { Notice } from '#shared/domain/notice.ts';
import type { NoticeDelivery, NoticeView } from '#shared/domain/notice-view.ts';
import { recordChange } from './changes.ts';
import { fromJson, toJson } from './json.ts';
import type { ReadTransaction, Transaction } from './store.ts';

/** How long a notice is kept, in milliseconds, and how many are listed. */
const keptFor = 14 * 24 * 3_600_000;
const listed = 300;
/** Of one that a bundle took the place of: it is not shown. */
export const gathered = 'gathered';

interface Row extends Omit<Notice, 'sessions'> {
  readonly sessions: string;
  readonly at: number;
  readonly read: number | null;
  readonly resolved: number | null;
  readonly why: string | null;
}

type DeliveryRow = NoticeDelivery & { readonly notice: string };
const columns = 'id, kind, priority, sessions, title, body, at, read, resolved, why';
const shown = `cleared IS NULL AND (why IS NULL OR why <> '${gathered}')`;

export function insertNotice(tx: Transaction, { id, kind, priority, sessions, title, body }: Notice): void {
  tx.run(
    `INSERT INTO notices (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)`,
    ...[id, kind, priority, toJson(sessions), title, body, tx.now],
  );
  recordChange(tx, 'notice', id);
}

/** Those that a person may look at, oldest first: the latest few hundred. */
export function listNotices(tx: ReadTransaction): readonly NoticeView[] {
  const rows = tx.all<Row>(`SELECT ${columns} FROM notices WHERE ${shown} ORDER BY at DESC, id DESC LIMIT ${listed}`);
  const deliveries = Map.groupBy(listDeliveries(tx, null), ({ notice }) => notice);
  return rows.reverse().map((row) => viewOf(row, deliveries.get(row.id) ?? []));
}

export function findNotice(tx: ReadTransaction, id: string): NoticeView | null {
  const row = tx.get<Row>(`SELECT ${columns} FROM notices WHERE id = ? AND ${shown}`, id);
  return row === undefined ? null : viewOf(row, listDeliveries(tx, id));
}

/** Those whose cause still stood when somebody last looked. */
export const listOpenNotices = (tx: ReadTransaction): readonly { readonly notice: Notice; readonly at: number }[] =>
  tx
    .all<Row>(`SELECT ${columns} FROM notices WHERE resolved IS NULL ORDER BY at, id`)
    .map((row) => ({ notice: noticeOf(row), at: row.at }));

/** What has not been sent yet will not be. */
export function resolveNotice(tx: Transaction, id: string, why: string): void {
  if (tx.run('UPDATE notices SET resolved = ?, why = ? WHERE id = ? AND resolved IS NULL', tx.now, why, id) === 0)
    return;
  tx.run(
    `UPDATE notice_deliveries SET state = 'dropped', detail = ?, updated = ? WHERE notice = ? AND state = 'pending'`,
    ...[why === gathered ? 'Another notice tells of it.' : 'Its cause was gone before it could be sent.', tx.now, id],
  );
  recordChange(tx, 'notice', id);
}

export function markNotices(tx: Transaction, ids: readonly string[], mark: 'read' | 'cleared', on: boolean): void {
  for (const id of ids) {
    const changed = tx.run(`UPDATE notices SET ${mark} = ? WHERE id = ?`, on ? tx.now : null, id);
    if (changed > 0) recordChange(tx, 'notice', id);
  }
}

/** With a removed session goes what tells of it alone. */
export function deleteNoticesOf(tx: Transaction, session: string): void {
  const rows = tx.all<{ id: string }>('SELECT id FROM notices WHERE sessions = ?', toJson([session]));
  for (const { id } of rows) {
    tx.run('DELETE FROM notices WHERE id = ?', id);
    recordChange(tx, 'notice', id);
  }
}

export function pruneNotices(tx: Transaction): void {
  tx.run('DELETE FROM notices WHERE at < ?', tx.now - keptFor);
}

export const addDelivery = (tx: Transaction, notice: string, notifier: string, held: string | null): number =>
  tx.run(
    'INSERT INTO notice_deliveries VALUES (?, ?, ?, 0, ?, ?, ?)',
    ...[notice, notifier, held === null ? 'pending' : 'held', tx.now, held, tx.now],
  );

export interface DueDelivery {
  readonly notice: Notice;
  readonly at: number;
  readonly notifier: string;
  readonly attempts: number;
}

/** What is to be sent now, oldest first. */
export const listDueDeliveries = (tx: ReadTransaction): readonly DueDelivery[] =>
  tx
    .all<Row & { readonly notifier: string; readonly attempts: number }>(
      `SELECT ${columns}, notifier, attempts FROM notice_deliveries JOIN notices ON notices.id = notice
       WHERE state = 'pending' AND due <= ? ORDER BY at, id`,
      tx.now,
    )
    .map((row) => ({ notice: noticeOf(row), at: row.at, notifier: row.notifier, attempts: row.attempts }));

/** False when it is not to be sent any more. Written down before it is: what may have been sent is never sent again. */
export function beginDelivery(tx: Transaction, notice: string, notifier: string): boolean {
  const begun = tx.run(
    `UPDATE notice_deliveries SET state = 'sending', attempts = attempts + 1, detail = NULL, updated = ?
     WHERE notice = ? AND notifier = ? AND state = 'pending'`,
    ...[tx.now, notice, notifier],
  );
  if (begun > 0) recordChange(tx, 'notice', notice);
  return begun > 0;
}

/** @param again when it is tried once more, unless its cause is gone meanwhile; null: it is not */
export function endDelivery(
  tx: Transaction,
  { notice, notifier }: { readonly notice: string; readonly notifier: string },
  outcome: { readonly failed: string | null; readonly again: number | null },
): void {
  const isOver = tx.get('SELECT 1 FROM notices WHERE id = ? AND resolved IS NOT NULL', notice) !== undefined;
  const again = isOver ? 'dropped' : 'pending';
  const state = outcome.failed === null ? 'sent' : outcome.again === null ? 'failed' : again;
  tx.run(
    `UPDATE notice_deliveries SET state = ?, detail = ?, due = ?, updated = ?
     WHERE notice = ? AND notifier = ? AND state = 'sending'`,
    ...[state, outcome.failed, outcome.again ?? tx.now, tx.now, notice, notifier],
  );
  recordChange(tx, 'notice', notice);
}

/** Notifiers that are sending something, as far as is written down. */
export const listSending = (tx: ReadTransaction): readonly string[] =>
  tx
    .all<{ notifier: string }>(`SELECT DISTINCT notifier FROM notice_deliveries WHERE state = 'sending'`)
    .map(({ notifier }) => notifier);

/** Those of a notifier, or of all, of which nobody wrote down how they went: whether they arrived, nobody can tell. */
export function failBrokenOff(tx: Transaction, why: string, notifier: string | null = null): number {
  const those = `state = 'sending' AND (?1 IS NULL OR notifier = ?1)`;
  const rows = tx.all<{ notice: string }>(`SELECT notice FROM notice_deliveries WHERE ${those}`, notifier);
  tx.run(
    `UPDATE notice_deliveries SET state = 'failed', detail = ?2, updated = ?3 WHERE ${those}`,
    ...[notifier, why, tx.now],
  );
  for (const { notice } of rows) recordChange(tx, 'notice', notice);
  return rows.length;
}

const listDeliveries = (tx: ReadTransaction, notice: string | null): readonly DeliveryRow[] =>
  tx.all<DeliveryRow>(
    `SELECT notice, notifier, state, attempts, detail, updated AS at FROM notice_deliveries
     WHERE ?1 IS NULL OR notice = ?1 ORDER BY notice, notifier`,
    notice,
  );

function noticeOf({ id, kind, priority, sessions, title, body }: Row): Notice {
  return { id, kind, priority, sessions: sessionsOf(sessions), title, body };
}

/** Only rows of ours are here; one that can't be read is of nobody. */
const sessionsOf = (text: string): string[] => {
  const ids = fromJson(text);
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
};

const viewOf = (row: Row, deliveries: readonly DeliveryRow[]): NoticeView => ({
  ...noticeOf(row),
  sessions: sessionsOf(row.sessions),
  at: row.at,
  read: row.read !== null,
  resolved: row.resolved === null ? null : { at: row.resolved, why: row.why ?? '' },
  deliveries: deliveries.map(({ notifier, state, attempts, detail, at }) => ({
    notifier,
    state,
    attempts,
    detail,
    at,
  })),
});
