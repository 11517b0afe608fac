// Unfinished text of a dialog, kept here because a browser's own store is lost with every new port.
import { recordChange } from './changes.ts';
import type { ReadTransaction, Transaction } from './store.ts';

export const getDraft = (tx: ReadTransaction, name: string): string | null =>
  tx.get<{ body: string }>('SELECT body FROM drafts WHERE name = ?', name)?.body ?? null;

/** Null forgets it. */
export function setDraft(tx: Transaction, name: string, body: string | null): void {
  if (body === null) tx.run('DELETE FROM drafts WHERE name = ?', name);
  else tx.run('INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)', name, body, tx.now);
  recordChange(tx, 'draft', name);
}
