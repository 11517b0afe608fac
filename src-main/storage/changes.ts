// The change feed: per kind and key the number of its latest change. Numbers only grow, across processes and restarts.
import type { ReadTransaction, Transaction } from './store.ts';

/** The key is the session's id for everything that belongs to one, and the request's id for requests. */
export type ChangeKind =
  | 'project'
  | 'settings'
  | 'draft'
  | 'session'
  | 'claim'
  | 'journal'
  | 'terminal'
  | 'outbox'
  | 'mark'
  | 'notice'
  | 'request'
  | 'spool'
  | 'question'
  | 'event'
  | 'report'
  | 'reaction'
  | 'pull-request';

export interface Change {
  readonly seq: number;
  readonly kind: ChangeKind;
  readonly key: string;
}

/** Older changes than this, in milliseconds, are forgotten by pruneChanges: who was away longer takes a fresh snapshot. */
const keptFor = 7 * 24 * 3_600_000;

/** Called by every function that writes a row, in the same transaction. An older change of the same thing is replaced. */
export function recordChange(tx: Transaction, kind: ChangeKind, key: string): void {
  tx.run('INSERT OR REPLACE INTO changes (kind, key, at) VALUES (?, ?, ?)', kind, key, tx.now);
}

/** Number of the latest change; 0 in a new database. Never falls, also when changes are pruned. */
export const lastChange = (tx: ReadTransaction): number =>
  tx.get<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'changes'")?.seq ?? 0;

/** What changed after `seq`, oldest first, each thing once; `gap` when that is not known (pruned, or another database). */
export function changesSince(
  tx: ReadTransaction,
  seq: number,
  kinds: readonly ChangeKind[],
): readonly Change[] | 'gap' {
  const floor = tx.get<{ seq: number }>('SELECT seq FROM change_floor')?.seq ?? 0;
  if (seq < floor || seq > lastChange(tx)) return 'gap';
  return tx
    .all<Change>('SELECT seq, kind, key FROM changes WHERE seq > ? ORDER BY seq', seq)
    .filter(({ kind }) => kinds.includes(kind));
}

export function pruneChanges(tx: Transaction): void {
  const last = tx.get<{ seq: number | null }>(
    'SELECT max(seq) AS seq FROM changes WHERE at < ?',
    tx.now - keptFor,
  )?.seq;
  if (last === null || last === undefined) return;
  tx.run('DELETE FROM changes WHERE seq <= ?', last);
  tx.run('UPDATE change_floor SET seq = max(seq, ?)', last);
}
