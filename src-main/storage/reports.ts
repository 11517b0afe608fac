// What agents reported of themselves, and what was refused: the newest of each session.
import { reportStateSchema, type ReportState } from '#shared/domain/fact.ts';
import type { ReportedPullRequest } from '#shared/domain/reported-pull-request.ts';
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
  /** By which command it was said. */
  readonly source: 'report' | 'acknowledge';
  readonly pullRequest: ReportedPullRequest | null;
  /** The status before it; null where that was not noted. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Kept of each session, in rows. */
const kept = 200;

/** What follows from it is not known yet: `noteAfter` says it. */
export function insertReport(tx: Transaction, report: Omit<Report, 'after'>): void {
  const { id, session, terminal, at, actor, state, note, refusal, source, pullRequest, before } = report;
  tx.run(
    `INSERT INTO reports (id, session, terminal, at, actor, state, note, refusal, source, pull_request_number, pull_request_url, before)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, session, terminal, at, actor, state, note, refusal, source],
    ...[pullRequest?.number ?? null, pullRequest?.url ?? null, before],
  );
  tx.run(
    'DELETE FROM reports WHERE session = ? AND id NOT IN (SELECT id FROM reports WHERE session = ? ORDER BY id DESC LIMIT ?)',
    ...[session, session, kept],
  );
  recordChange(tx, 'report', session);
}

export function noteAfter(tx: Transaction, id: string, after: string): void {
  tx.run('UPDATE reports SET after = ? WHERE id = ?', after, id);
}

/** The newest first, refused ones too. */
export const listReports = (tx: ReadTransaction, session: string, limit: number): readonly Report[] =>
  tx
    .all<Row>('SELECT * FROM reports WHERE session = ? ORDER BY id DESC LIMIT ?', session, limit)
    .flatMap((row) => read(row) ?? []);

/** The newest that counts; null when there is none, or it can't be read. */
export const lastReport = (tx: ReadTransaction, session: string): Report | null =>
  read(tx.get<Row>('SELECT * FROM reports WHERE session = ? AND refusal IS NULL ORDER BY id DESC LIMIT 1', session));

export function deleteReportsOf(tx: Transaction, session: string): void {
  tx.run('DELETE FROM reports WHERE session = ?', session);
}

type Row = Omit<Report, 'state' | 'pullRequest' | 'source'> & {
  readonly state: string;
  readonly source: string;
  readonly pull_request_number: number | null;
  readonly pull_request_url: string | null;
};

function read(row: Row | undefined): Report | null {
  const state = reportStateSchema.safeParse(row?.state);
  if (row === undefined || !state.success) return null;
  const { pull_request_number: number, pull_request_url: url, source, ...rest } = row;
  const pullRequest = number === null && url === null ? null : { number, url };
  return { ...rest, state: state.data, source: source === 'acknowledge' ? source : 'report', pullRequest };
}
