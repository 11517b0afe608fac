// Spawns and restores that wait until fewer agents run, in the order in which they came; and those that may start and do not count as sessions yet.
import { recordChange } from './changes.ts';
import { fromJson, toJson } from './json.ts';
import type { ReadTransaction, Transaction } from './store.ts';

export interface LineRow {
  readonly request: string;
  readonly kind: 'spawn' | 'restore';
  /** That is to be restored; null for a spawn. */
  readonly session: string | null;
  readonly project: string;
  /** Of the session that is made; as JSON gave it back. */
  readonly owner: unknown;
  /** Identity of the process that waits; as JSON gave it back. */
  readonly process: unknown;
  readonly admitted: boolean;
  readonly created: number;
}

export type NewInLine = Omit<LineRow, 'admitted' | 'created'>;

type Row = Omit<LineRow, 'owner' | 'process' | 'admitted'> & {
  readonly owner: string;
  readonly process: string;
  readonly admitted: number;
};

/** One that is there already keeps its place. */
export function joinLine(tx: Transaction, { request, kind, session, project, owner, process }: NewInLine): void {
  tx.run(
    `INSERT OR IGNORE INTO waiting_line (request, kind, session, project, owner, process, admitted, created)
     VALUES (?, ?, ?, ?, ?, ?, 0, ?)`,
    ...[request, kind, session, project, toJson(owner), toJson(process), tx.now],
  );
  tellLine(tx);
}

export function admit(tx: Transaction, request: string): void {
  tx.run('UPDATE waiting_line SET admitted = 1 WHERE request = ?', request);
  tellLine(tx, request);
}

/** It counts as a session from now on, or has come to nothing. False when it was in no line. */
export function leaveLine(tx: Transaction, request: string): boolean {
  const row = tx.get<Row>('SELECT * FROM waiting_line WHERE request = ?', request);
  if (row === undefined) return false;
  tx.run('DELETE FROM waiting_line WHERE request = ?', request);
  tellOne(tx, row);
  tellLine(tx);
  return true;
}

/** Another process waits with it from now on. False when somebody else was quicker. */
export function takeOverPlace(tx: Transaction, row: LineRow, process: unknown): boolean {
  const changed = tx.run(
    'UPDATE waiting_line SET process = ?, admitted = 0 WHERE request = ? AND process = ?',
    ...[toJson(process), row.request, toJson(row.process)],
  );
  if (changed > 0) tellLine(tx);
  return changed > 0;
}

/** Oldest first. */
export const readLine = (tx: ReadTransaction): readonly LineRow[] =>
  tx.all<Row>('SELECT * FROM waiting_line ORDER BY position').map((row) => ({
    ...row,
    owner: fromJson(row.owner),
    process: fromJson(row.process),
    admitted: row.admitted === 1,
  }));

/** Everybody's place may be another now. */
function tellLine(tx: Transaction, besides: string | null = null): void {
  for (const row of tx.all<Row>('SELECT * FROM waiting_line ORDER BY position')) {
    if (row.admitted === 0 || row.request === besides) tellOne(tx, row);
  }
}

const tellOne = (tx: Transaction, { kind, request, session }: Row): void =>
  kind === 'spawn' ? recordChange(tx, 'request', request) : recordChange(tx, 'session', session ?? request);

/** The session is forgotten: nobody waits for it any more. */
export function leaveLineOf(tx: Transaction, session: string): void {
  for (const { request } of readLine(tx).filter((row) => row.session === session)) leaveLine(tx, request);
}
