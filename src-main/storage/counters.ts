// Numbers of session ids: handed out once, for ever.
import type { ReadTransaction, Transaction } from './store.ts';

export interface Counter {
  readonly prefix: string;
  /** The number that was handed out last. */
  readonly last: number;
}

export const listCounters = (tx: ReadTransaction): readonly Counter[] =>
  tx.all<Counter>('SELECT prefix, last FROM counters ORDER BY prefix');

/** Never below the number of a session that there is. */
export function raiseCounter(tx: Transaction, prefix: string): void {
  tx.run(
    `INSERT INTO counters (prefix, last) SELECT ?1, max(number) FROM sessions WHERE prefix = ?1 HAVING max(number) IS NOT NULL
     ON CONFLICT (prefix) DO UPDATE SET last = max(last, excluded.last)`,
    prefix,
  );
}

/**
 * The next number of the prefix (whatever its case): greater than every one handed out before, than every session's, and than `atLeast`
 * (the highest number seen on remote branches, 0 when none). A transaction that rolls back has handed out nothing.
 */
export function reserveNumber(tx: Transaction, prefix: string, atLeast: number): number {
  if (!Number.isSafeInteger(atLeast) || atLeast < 0 || atLeast >= Number.MAX_SAFE_INTEGER) {
    throw new RangeError(`Not a number of a session: ${atLeast}`);
  }
  const row = tx.get<{ last: number }>(
    `INSERT INTO counters (prefix, last)
     VALUES (?1, max(?2, coalesce((SELECT max(number) FROM sessions WHERE prefix = ?1), 0)) + 1)
     ON CONFLICT (prefix) DO UPDATE SET last = max(last + 1, excluded.last)
     RETURNING last`,
    prefix,
    atLeast,
  );
  if (row === undefined) throw new Error(`No number came back for ${prefix}`);
  return row.last;
}
