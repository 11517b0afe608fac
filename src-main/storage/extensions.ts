// Directories that Athene made beside agents' own extensions, so that exactly those are taken out again.
import type { ReadTransaction, Transaction } from './store.ts';

export interface ExtensionEntry {
  readonly agent: string;
  readonly directory: string;
}

/** False when it is on record already. */
export const insertExtension = (tx: Transaction, { agent, directory }: ExtensionEntry): boolean =>
  tx.run(
    'INSERT INTO extensions (agent, directory, created) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    ...[agent, directory, tx.now],
  ) > 0;

export const listExtensions = (tx: ReadTransaction): readonly ExtensionEntry[] =>
  tx.all<ExtensionEntry>('SELECT agent, directory FROM extensions ORDER BY created, directory');

export function deleteExtension(tx: Transaction, { agent, directory }: ExtensionEntry): void {
  tx.run('DELETE FROM extensions WHERE agent = ? AND directory = ?', agent, directory);
}
