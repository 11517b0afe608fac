// One row per claimed issue; the unique constraint is what keeps two sessions off one issue.
import { recordChange } from './changes.ts';
import { fromJson, toJson } from './json.ts';
import type { ReadTransaction, Transaction } from './store.ts';

export interface Claim {
  readonly project: string;
  /** Normal form. */
  readonly issue: string;
  readonly session: string;
  /** Identity of the process that spawned it, as JSON gave it back: validate before use. */
  readonly owner: unknown;
  /** Milliseconds since the epoch. */
  readonly created: number;
}

type Row = Omit<Claim, 'owner'> & { readonly owner: string };

const columns = 'project, issue, session, owner, created';

export function findClaim(tx: ReadTransaction, project: string, issue: string): Claim | null {
  const row = tx.get<Row>(`SELECT ${columns} FROM claims WHERE project = ? AND issue = ?`, project, issue);
  return row === undefined ? null : readRow(row);
}

/** Throws when the issue is claimed already (look with findClaim in the same transaction), or when the session is not there at the commit. */
export function insertClaim(tx: Transaction, claim: Omit<Claim, 'created'>): void {
  const { project, issue, session, owner } = claim;
  tx.run(
    'INSERT INTO claims (project, issue, session, owner, created) VALUES (?, ?, ?, ?, ?)',
    ...[project, issue, session, toJson(owner), tx.now],
  );
  recordChange(tx, 'claim', session);
}

/** Returns how many issues became free. */
export function deleteClaimsOf(tx: Transaction, session: string): number {
  const count = tx.run('DELETE FROM claims WHERE session = ?', session);
  if (count > 0) recordChange(tx, 'claim', session);
  return count;
}

export const listClaims = (tx: ReadTransaction): readonly Claim[] =>
  tx.all<Row>(`SELECT ${columns} FROM claims ORDER BY project, issue`).map(readRow);

const readRow = (row: Row): Claim => ({ ...row, owner: fromJson(row.owner) });
