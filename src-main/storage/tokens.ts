// The hash of each session's token: at most one, that of the agent that was started last. No change is told: nothing shows them.
import type { ReadTransaction, Transaction } from './store.ts';

/** An earlier one is worth nothing from here on. */
export function setTokenHash(tx: Transaction, session: string, hash: string): void {
  tx.run(
    `INSERT INTO tokens (session, hash, created) VALUES (?1, ?2, ?3)
     ON CONFLICT (session) DO UPDATE SET hash = ?2, created = ?3`,
    ...[session, hash, tx.now],
  );
}

export const getTokenHash = (tx: ReadTransaction, session: string): string | null =>
  tx.get<{ hash: string }>('SELECT hash FROM tokens WHERE session = ?', session)?.hash ?? null;

export const deleteToken = (tx: Transaction, session: string): boolean =>
  tx.run('DELETE FROM tokens WHERE session = ?', session) > 0;

/** Sessions that have one. */
export const listTokens = (tx: ReadTransaction): readonly string[] =>
  tx.all<{ session: string }>('SELECT session FROM tokens ORDER BY session').map(({ session }) => session);
