// Rows of sessions. A record that cannot be read is reported as damaged and left alone; it never hides the others.
import type { EventSource } from '#shared/domain/event.ts';
import { eventsBetween } from '#shared/domain/events-between.ts';
import type { PortBlock } from '#shared/domain/ports.ts';
import { sessionRecordSchema } from '#shared/domain/session.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { recordChange } from './changes.ts';
import { deleteClaimsOf } from './claims.ts';
import { recordEvents } from './events.ts';
import { fromJson } from './json.ts';
import { isSealed, sealOf } from './seal.ts';
import type { ReadTransaction, Transaction } from './store.ts';

export interface StoredSession {
  readonly record: SessionRecord;
  /** Grows with each write; hand it to updateSession. */
  readonly rev: number;
}

export interface DamagedSession {
  readonly id: string;
  readonly project: string;
  /** For a person: why the record can't be read. */
  readonly why: string;
}

export interface SessionList {
  readonly sessions: readonly StoredSession[];
  readonly damaged: readonly DamagedSession[];
}

interface Row {
  readonly id: string;
  readonly project: string;
  readonly record: string;
  readonly record_version: number;
  readonly rev: number;
  /** Null when it was written by a version that set none. */
  readonly seal: string | null;
}

const recordVersion = 1;
const columns = 'id, project, record, record_version, rev, seal';

/** Throws when the record is not valid or the id (whatever the case) or number is taken. */
export function insertSession(tx: Transaction, record: SessionRecord): void {
  const checked = sessionRecordSchema.parse(record);
  const { id, project, kind, prefix, number, version } = checked;
  const text = JSON.stringify(checked);
  tx.run(
    `INSERT INTO sessions (id, project, kind, prefix, number, place, port_base, port_count, record, record_version, seal, rev, created, updated)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`,
    ...[id, project, kind, prefix, number, ...placeColumns(record), text, version, sealOf(text), tx.now, tx.now],
  );
  recordChange(tx, 'session', id);
  recordEvents(tx, eventsBetween(null, record));
}

export function getSession(
  tx: ReadTransaction,
  id: string,
): StoredSession | { readonly damaged: DamagedSession } | null {
  const row = tx.get<Row>(`SELECT ${columns} FROM sessions WHERE id = ?`, id);
  return row === undefined ? null : readRow(row);
}

/** All sessions, oldest first. */
export function listSessions(tx: ReadTransaction): SessionList {
  const list = { sessions: [] as StoredSession[], damaged: [] as DamagedSession[] };
  for (const row of tx.all<Row>(`SELECT ${columns} FROM sessions ORDER BY created, rowid`)) {
    const read = readRow(row);
    if ('damaged' in read) list.damaged.push(read.damaged);
    else list.sessions.push(read);
  }
  return list;
}

/** Whatever the case: two that differ only in it would be one on some file systems. */
export const isIdTaken = (tx: ReadTransaction, id: string): boolean =>
  tx.get('SELECT 1 FROM sessions WHERE id = ? COLLATE NOCASE', id) !== undefined;

/** Those that this session has had made; damaged ones are left out. Oldest first. */
export const listSpawnedBy = (tx: ReadTransaction, session: string): readonly SessionRecord[] =>
  tx
    .all<Row>(
      `SELECT ${columns} FROM sessions
       WHERE CASE WHEN json_valid(record) THEN json_extract(record, '$.spawnedBy') END = ? ORDER BY created, rowid`,
      session,
    )
    .map(readRow)
    .flatMap((read) => ('record' in read ? [read.record] : []));

/** Does a session other than `except` go on with this conversation of its agent? */
export const hasConversation = (tx: ReadTransaction, conversation: string, except: string): boolean =>
  tx.get(
    `SELECT 1 FROM sessions
     WHERE id <> ? AND CASE WHEN json_valid(record) THEN json_extract(record, '$.conversation') END = ?`,
    ...[except, conversation],
  ) !== undefined;

/** Whose the pull request of that key is, as changes name it; null: of none. */
export function sessionWithPullRequest(tx: ReadTransaction, key: string): string | null {
  const at = key.lastIndexOf('#');
  const row = tx.get<{ id: string }>(
    `SELECT id FROM sessions WHERE project = ? AND CASE WHEN json_valid(record)
       THEN json_extract(record, '$.lifecycle.pullRequest.number') END = ? ORDER BY created DESC LIMIT 1`,
    ...[key.slice(0, at), Number(key.slice(at + 1))],
  );
  return row?.id ?? null;
}

/** Those whose pull request was open when it was last heard of, whether or not they live. */
export const listWithOpenPullRequest = (tx: ReadTransaction): readonly string[] =>
  tx
    .all<{ id: string }>(
      `SELECT id FROM sessions
       WHERE CASE WHEN json_valid(record) THEN json_extract(record, '$.lifecycle.pullRequest.state') END = 'open'`,
    )
    .map(({ id }) => id);

/**
 * Compare and set: false when the session is gone, damaged, or has been written since `rev` was read. Throws on an invalid record. What
 * the change tells the timeline is written with it; `source`: who has told of it, where that is known.
 */
export function updateSession(
  tx: Transaction,
  id: string,
  rev: number,
  record: SessionRecord,
  source?: EventSource,
): boolean {
  const checked = sessionRecordSchema.parse(record);
  const { project, kind, prefix, number, version } = checked;
  if (record.id !== id) throw new Error(`The record of ${record.id} can't be stored as ${id}`);
  const current = getSession(tx, id);
  if (current === null || 'damaged' in current || current.rev !== rev) return false;
  const text = JSON.stringify(checked);
  tx.run(
    `UPDATE sessions SET project = ?, kind = ?, prefix = ?, number = ?, place = ?, port_base = ?, port_count = ?,
       record = ?, record_version = ?, seal = ?, rev = rev + 1, updated = ? WHERE id = ?`,
    ...[project, kind, prefix, number, ...placeColumns(record), text, version, sealOf(text), tx.now, id],
  );
  recordChange(tx, 'session', id);
  const events = eventsBetween(current.record, record);
  recordEvents(tx, source === undefined ? events : events.map((event) => ({ ...event, source })));
  return true;
}

/** Found by column, since not every record can be parsed in the transaction that gives places and ports. */
const placeColumns = ({
  place,
  workspace,
  ports,
}: SessionRecord): readonly [string | null, number | null, number | null] => [
  workspace?.path ?? place?.path ?? null,
  ports?.base ?? null,
  ports?.count ?? null,
];

/** Sessions, damaged ones too, that have their files there. */
export const sessionsAt = (tx: ReadTransaction, place: string): readonly string[] =>
  tx.all<{ id: string }>('SELECT id FROM sessions WHERE place = ? ORDER BY created, rowid', place).map(({ id }) => id);

/** The ports of every session on record. */
export const listPorts = (tx: ReadTransaction): readonly (PortBlock & { readonly session: string })[] =>
  tx.all(
    'SELECT id AS session, port_base AS base, port_count AS count FROM sessions WHERE port_base IS NOT NULL ORDER BY port_base',
  );

/** Frees its claims too. False when there is none, or when it is damaged: nothing destroys what it can't read. */
export function deleteSession(tx: Transaction, id: string): boolean {
  const current = getSession(tx, id);
  if (current === null || 'damaged' in current) return false;
  deleteClaimsOf(tx, id);
  tx.run('DELETE FROM sessions WHERE id = ?', id);
  recordChange(tx, 'session', id);
  recordEvents(tx, eventsBetween(current.record, null));
  return true;
}

function readRow(row: Row): StoredSession | { readonly damaged: DamagedSession } {
  const damaged = (why: string) => ({ damaged: { id: row.id, project: row.project, why } });
  if (row.record_version > recordVersion) {
    return damaged(`made by a newer Athene (record version ${row.record_version}): update Athene to see it`);
  }
  const parsed = isSealed(row.record, row.seal)
    ? { success: true as const, data: JSON.parse(row.record) as SessionRecord }
    : sessionRecordSchema.safeParse(fromJson(row.record));
  if (!parsed.success) return damaged(`unreadable record: ${firstIssue(parsed.error.issues)}`);
  if (parsed.data.id !== row.id) return damaged(`the record is that of another session`);
  return { record: parsed.data, rev: row.rev };
}

const firstIssue = (issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string => {
  const [issue] = issues;
  return issue === undefined
    ? 'not valid'
    : `${issue.path.map(String).join('.')} ${issue.message}`.trim().slice(0, 300);
};
