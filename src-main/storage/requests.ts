// What clients asked for, by the id that they made: a repeated request finds the first, and a failed one keeps its input.
import { recordChange } from './changes.ts';
import { fromJson, toJson } from './json.ts';
import type { ReadTransaction, Transaction } from './store.ts';
import { leaveLine } from './waiting-line.ts';

export type RequestState = 'running' | 'done' | 'failed';

export interface RequestRow {
  readonly id: string;
  readonly kind: string;
  /** `input`, `result` and `owner` are as JSON gave them back: validate before use. */
  readonly input: unknown;
  readonly state: RequestState;
  readonly session: string | null;
  /** What was answered, a Problem when it failed; null while it runs. */
  readonly result: unknown;
  /** Identity of the process that works on it. */
  readonly owner: unknown;
  readonly created: number;
  readonly updated: number;
}

export interface NewRequest {
  /** UUID made by the client. */
  readonly id: string;
  readonly kind: string;
  readonly input: unknown;
  readonly owner: unknown;
}

type Row = Omit<RequestRow, 'input' | 'result' | 'owner'> & Record<'input' | 'result' | 'owner', string>;

/** Finished requests are forgotten after this long, in milliseconds; failed ones stay until somebody dismisses them. */
const keptFor = 7 * 24 * 3_600_000;

/** 'new' when this call made it and the caller is to do the work; else what is known of the first one. */
export function beginRequest(tx: Transaction, { id, kind, input, owner }: NewRequest): 'new' | RequestRow {
  const existing = getRequest(tx, id);
  if (existing !== null) return existing;
  tx.run(
    `INSERT INTO requests (id, kind, input, state, result, owner, created, updated) VALUES (?, ?, ?, 'running', 'null', ?, ?, ?)`,
    ...[id, kind, toJson(input), toJson(owner), tx.now, tx.now],
  );
  recordChange(tx, 'request', id);
  return 'new';
}

export function getRequest(tx: ReadTransaction, id: string): RequestRow | null {
  const row = tx.get<Row>('SELECT * FROM requests WHERE id = ?', id);
  return row === undefined ? null : readRow(row);
}

/** The request that made, or tried to make, the session. */
export const requestOfSession = (tx: ReadTransaction, session: string): string | null =>
  tx.get<{ id: string }>('SELECT id FROM requests WHERE session = ? ORDER BY created DESC LIMIT 1', session)?.id ??
  null;

export function attachSession(tx: Transaction, id: string, session: string): void {
  tx.run('UPDATE requests SET session = ?, updated = ? WHERE id = ?', session, tx.now, id);
  recordChange(tx, 'request', id);
}

/** Another process goes on with it (its owner is provably gone). False when somebody else took it since `row` was read. */
export function takeOverRequest(tx: Transaction, row: RequestRow, owner: unknown): boolean {
  const changed = tx.run(
    "UPDATE requests SET owner = ?, updated = ? WHERE id = ? AND state = 'running' AND owner = ?",
    ...[toJson(owner), tx.now, row.id, toJson(row.owner)],
  );
  if (changed > 0) recordChange(tx, 'request', row.id);
  return changed > 0;
}

export const finishRequest = (tx: Transaction, id: string, result: unknown): void =>
  settle(tx, { id, state: 'done', result });

/** The input stays, so that nothing typed is lost. */
export const failRequest = (tx: Transaction, id: string, result: unknown): void =>
  settle(tx, { id, state: 'failed', result });

/** Oldest first. */
export const listRequests = (tx: ReadTransaction, state: RequestState | null = null): readonly RequestRow[] =>
  tx.all<Row>('SELECT * FROM requests WHERE ?1 IS NULL OR state = ?1 ORDER BY created, id', state).map(readRow);

/** How many sessions somebody has had made since then; what failed before anything was made is not among them. */
export const countSpawnsSince = (
  tx: ReadTransaction,
  { by, since, except }: { readonly by: string; readonly since: number; readonly except: string },
): number =>
  tx.get<{ count: number }>(
    `SELECT count(*) AS count FROM requests
     WHERE kind = 'spawn' AND created > ? AND id <> ? AND session IS NOT NULL
       AND CASE WHEN json_valid(input) THEN json_extract(input, '$.by') END = ?`,
    ...[since, except, by],
  )?.count ?? 0;

export function deleteRequest(tx: Transaction, id: string): boolean {
  leaveLine(tx, id);
  const deleted = tx.run('DELETE FROM requests WHERE id = ?', id) > 0;
  if (deleted) recordChange(tx, 'request', id);
  return deleted;
}

export function pruneRequests(tx: Transaction): void {
  tx.run("DELETE FROM requests WHERE state = 'done' AND updated < ?", tx.now - keptFor);
}

function settle(tx: Transaction, { id, state, result }: Pick<RequestRow, 'id' | 'state' | 'result'>): void {
  const changed = tx.run(
    'UPDATE requests SET state = ?, result = ?, updated = ? WHERE id = ?',
    ...[state, toJson(result), tx.now, id],
  );
  if (changed === 0) throw new Error(`There is no request ${id}`);
  leaveLine(tx, id);
  recordChange(tx, 'request', id);
}

const readRow = (row: Row): RequestRow => ({
  ...row,
  input: fromJson(row.input),
  result: fromJson(row.result),
  owner: fromJson(row.owner),
});
