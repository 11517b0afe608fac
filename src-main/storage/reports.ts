// What agents reported of themselves, and what was refused: the newest of each session.
import { reportStateSchema, type ReportState } from '#shared/domain/fact.ts';
import { recordChange } from './changes.ts';
import type { ReadTransaction, Transaction } from './store.ts';

export interface Report {
  /** UUIDv7. */
  readonly id: string;
  readonly session: string;
  /** The agent's terminal when it reported. */
  readonly terminal: string | null;
  readonly at: number;
  /** Who told it: the session's own id, or `person`. */
  readonly actor: string;
  readonly state: ReportState;
  readonly note: string | null;
  /** Why it was refused; null when it counts. */
  readonly refusal: string | null;
}

/** Kept of each session, in rows. */
const kept = 200;

export function insertReport(tx: Transaction, report: Report): void {
  const { id, session, terminal, at, actor, state, note, refusal } = report;
  tx.run(
    'INSERT INTO reports (id, session, terminal, at, actor, state, note, refusal) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ...[id, session, terminal, at, actor, state, note, refusal],
  );
  tx.run(
    'DELETE FROM reports WHERE session = ? AND id NOT IN (SELECT id FROM reports WHERE session = ? ORDER BY id DESC LIMIT ?)',
    ...[session, session, kept],
  );
  recordChange(tx, 'report', session);
}

/** The newest that counts; null when there is none, or it can't be read. */
export const lastReport = (tx: ReadTransaction, session: string): Report | null =>
  read(tx.get<Row>('SELECT * FROM reports WHERE session = ? AND refusal IS NULL ORDER BY id DESC LIMIT 1', session));

export function deleteReportsOf(tx: Transaction, session: string): void {
  tx.run('DELETE FROM reports WHERE session = ?', session);
}

type Row = Omit<Report, 'state'> & { readonly state: string };

function read(row: Row | undefined): Report | null {
  const state = reportStateSchema.safeParse(row?.state);
  return row === undefined || !state.success ? null : { ...row, state: state.data };
}
