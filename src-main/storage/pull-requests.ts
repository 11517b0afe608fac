// What was last read of pull requests, and since when that could not be had anew.
import { fittingLine } from '#shared/domain/plain-line.ts';
import { pullRequestFactsSchema, type PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import { pullRequestKey, type PullRequestView } from '#shared/domain/pull-request-view.ts';
import { recordChange } from './changes.ts';
import { fromJson, toJson } from './json.ts';
import type { ReadTransaction, Transaction } from './store.ts';

type Key = Pick<PullRequestView, 'project' | 'number'>;
interface Row extends Key {
  readonly facts: string | null;
  readonly stale_since: number | null;
  readonly stale_why: string | null;
}

/** What nobody has read for this long is forgotten, in milliseconds. */
const keptFor = 30 * 24 * 3_600_000;
const columns = 'project, number, facts, stale_since, stale_why';

/** Told to those who look when more than the time of reading is new. */
export function savePullRequest(tx: Transaction, project: string, facts: PullRequestFacts): void {
  const key = { project, number: facts.pullRequest.number };
  const before = findPullRequest(tx, key);
  tx.run(
    `INSERT OR REPLACE INTO pull_requests (${columns}, read_at, updated) VALUES (?, ?, ?, NULL, NULL, ?, ?)`,
    ...[project, key.number, toJson({ ...facts, stale: null }), facts.readAt, tx.now],
  );
  if (before === null || before.stale !== null || isAnother(before.facts, facts))
    recordChange(tx, 'pull-request', pullRequestKey(key));
}

/** Does it say anything that was not known before? */
export const isAnother = (before: PullRequestFacts | null, after: PullRequestFacts): boolean =>
  before === null || toJson({ ...before, readAt: 0, stale: null }) !== toJson({ ...after, readAt: 0, stale: null });

/** It could not be read. What was read before stays, and the first time that it failed. */
export function notePullRequestStale(tx: Transaction, key: Key, why: string): void {
  const reason = fittingLine(why, 600);
  const before = findPullRequest(tx, key)?.stale;
  if (before?.why === reason) return;
  tx.run(
    `INSERT INTO pull_requests (${columns}, read_at, updated) VALUES (?1, ?2, NULL, ?3, ?4, NULL, ?5)
     ON CONFLICT (project, number) DO UPDATE SET stale_since = ifnull(stale_since, ?3), stale_why = ?4, updated = ?5`,
    ...[key.project, key.number, tx.now, reason, tx.now],
  );
  recordChange(tx, 'pull-request', pullRequestKey(key));
}

export function findPullRequest(tx: ReadTransaction, { project, number }: Key): PullRequestView | null {
  const row = tx.get<Row>(`SELECT ${columns} FROM pull_requests WHERE project = ? AND number = ?`, project, number);
  return row === undefined ? null : viewOf(row);
}

export const listPullRequests = (tx: ReadTransaction): readonly PullRequestView[] =>
  tx.all<Row>(`SELECT ${columns} FROM pull_requests ORDER BY project, number`).map(viewOf);

/** By its key, as changes name it. */
export function pullRequestAt(tx: ReadTransaction, key: string): PullRequestView | null {
  const at = key.lastIndexOf('#');
  return findPullRequest(tx, { project: key.slice(0, at), number: Number(key.slice(at + 1)) });
}

export function prunePullRequests(tx: Transaction): void {
  tx.run('DELETE FROM pull_requests WHERE updated < ?', tx.now - keptFor);
}

/** What can't be read (a newer Athene wrote it) counts as never read. */
function viewOf({ project, number, facts, stale_since: since, stale_why: why }: Row): PullRequestView {
  const stale = since === null || why === null ? null : { since, why };
  const read = facts === null ? null : (pullRequestFactsSchema.safeParse(fromJson(facts)).data ?? null);
  return { project, number, facts: read === null ? null : { ...read, stale }, stale };
}
