// What a person noted on a session: read up to here, pinned, snoozed until then, put away, muted.
import { recordChange } from './changes.ts';
import { fromJson, toJson } from './json.ts';
import type { ReadTransaction, Transaction } from './store.ts';

export type MarkName = 'read' | 'pin' | 'snooze' | 'archive' | 'mute';

export interface Mark {
  readonly session: string;
  readonly mark: MarkName;
  /** As JSON gave it back: validate before use. */
  readonly value: unknown;
  readonly updated: number;
}

type Row = Omit<Mark, 'value'> & { readonly value: string };

export function setMark(tx: Transaction, { session, mark, value }: Omit<Mark, 'updated'>): void {
  tx.run('INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?)', session, mark, toJson(value), tx.now);
  recordChange(tx, 'mark', session);
}

export function clearMark(tx: Transaction, session: string, mark: MarkName): void {
  if (tx.run('DELETE FROM marks WHERE session = ? AND mark = ?', session, mark) > 0) recordChange(tx, 'mark', session);
}

export function deleteMarksOf(tx: Transaction, session: string): void {
  if (tx.run('DELETE FROM marks WHERE session = ?', session) > 0) recordChange(tx, 'mark', session);
}

/** Marks of one session, or of all. */
export const listMarks = (tx: ReadTransaction, session: string | null = null): readonly Mark[] =>
  tx
    .all<Row>('SELECT * FROM marks WHERE ?1 IS NULL OR session = ?1 ORDER BY session, mark', session)
    .map((row) => ({ ...row, value: fromJson(row.value) }));
