// Entries that Athene made in agents' own files, so that exactly those are taken out again.
import type { ReadTransaction, Transaction } from './store.ts';

export interface TrustEntry {
  readonly agent: string;
  /** The agent's own file. */
  readonly file: string;
  /** The worktree. */
  readonly path: string;
  readonly session: string;
}

/** False when it is on record already. */
export const insertTrust = (tx: Transaction, { agent, file, path, session }: TrustEntry): boolean =>
  tx.run(
    'INSERT INTO trusts (agent, file, path, session, created) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ...[agent, file, path, session, tx.now],
  ) > 0;

export const listTrusts = (tx: ReadTransaction): readonly TrustEntry[] =>
  tx.all<TrustEntry>('SELECT agent, file, path, session FROM trusts ORDER BY created, path');

export function deleteTrust(tx: Transaction, { agent, file, path }: TrustEntry): void {
  tx.run('DELETE FROM trusts WHERE agent = ? AND file = ? AND path = ?', agent, file, path);
}
