// Rows of the timeline. Each is written in the transaction of what it tells of, by whoever changes that, and never changed afterwards.
import {
  eventRetention,
  longestEventText,
  priorityOf,
  type EventCursor,
  type EventFilter,
  type EventView,
  type NewEvent,
} from '#shared/domain/event.ts';
import { plainLine } from '#shared/domain/plain-line.ts';
import { redact } from '../lib/log.ts';
import { recordChange } from './changes.ts';
import { fromJson } from './json.ts';
import type { ReadTransaction, Transaction, Value } from './store.ts';

/** Characters of JSON that the data of one event may have; of more, its short values are kept. */
const largestData = 4096;

/** What is in it of secrets goes before it is stored; so does what would not print. */
export function recordEvent(tx: Transaction, event: NewEvent): void {
  const { kind, session, project = projectOf(tx, session), source, text, data = {}, at = tx.now } = event;
  const priority = event.priority ?? priorityOf(kind);
  tx.run(
    'INSERT INTO events (at, session, project, source, kind, priority, text, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ...[at, session, project, source, kind, priority, harmlessText(text), harmlessData(data)],
  );
  recordChange(tx, 'event', session ?? project ?? '');
}

export function recordEvents(tx: Transaction, events: readonly NewEvent[]): void {
  for (const event of events) recordEvent(tx, event);
}

/**
 * For what several processes see at once, each by itself: nothing when the session has an event of this kind with the same `data[by]`
 * already.
 */
export function recordEventOnce(tx: Transaction, event: NewEvent & { readonly session: string }, by: string): void {
  const known = tx.get(
    'SELECT 1 FROM events WHERE session = ? AND kind = ? AND json_extract(data, ?) = ?',
    ...[event.session, event.kind, `$.${by}`, String(event.data?.[by])],
  );
  if (known === undefined) recordEvent(tx, event);
}

const projectOf = (tx: ReadTransaction, session: string | null): string | null =>
  session === null
    ? null
    : (tx.get<{ project: string }>('SELECT project FROM sessions WHERE id = ?', session)?.project ?? null);

/** A line has no more UTF-16 units than its schema allows, whatever its characters are. */
function harmlessText(text: string): string {
  const line = plainLine(String(redact(text, 0)), longestEventText);
  return line.length <= longestEventText ? line : plainLine(line, longestEventText / 2);
}

function harmlessData(data: Readonly<Record<string, unknown>>): string {
  const clean = redact(data, 0) as Readonly<Record<string, unknown>>;
  const whole = JSON.stringify(clean);
  if (whole.length <= largestData) return whole;
  const short = Object.entries(clean).filter(([, value]) => JSON.stringify(value ?? null).length <= 200);
  return JSON.stringify({ ...Object.fromEntries(short.slice(0, 15)), cut: true });
}

/** Newest first, older than `before`. */
export const listEvents = (
  tx: ReadTransaction,
  filter: EventFilter,
  { limit, before = null }: { readonly limit: number; readonly before?: EventCursor | null },
): readonly EventView[] => select(tx, olderThan(conditionsOf(filter), before), 'ORDER BY at DESC, id DESC', limit);

/** In the order in which they were written, after the one with that id: for whoever follows. */
export const listEventsAfter = (
  tx: ReadTransaction,
  filter: EventFilter,
  { limit, after }: { readonly limit: number; readonly after: number },
): readonly EventView[] => select(tx, [...conditionsOf(filter), ['id > ?', after]], 'ORDER BY id', limit);

/** What an agent sent to a session, as far as an event keeps a text. */
export interface AgentMessage {
  readonly from: string;
  readonly text: string;
}

const mostMessages = 200;

/** The latest first. */
export const listAgentMessages = (tx: ReadTransaction, session: string): readonly AgentMessage[] =>
  tx
    .all<{ sender: string | null; text: string }>(
      `SELECT json_extract(data, '$.from') AS sender, text FROM events
       WHERE session = ? AND kind = 'message.sent' AND source = 'agent' ORDER BY id DESC LIMIT ?`,
      ...[session, mostMessages],
    )
    .flatMap(({ sender, text }) =>
      sender === null ? [] : [{ from: sender, text: text.slice(`Message of ${sender}: `.length) }],
    );

/** Id of the latest event, of one session or of all; 0 when there is none. */
export const lastEvent = (tx: ReadTransaction, session: string | null = null): number =>
  (session === null
    ? tx.get<{ id: number | null }>('SELECT max(id) AS id FROM events')
    : tx.get<{ id: number | null }>('SELECT max(id) AS id FROM events WHERE session = ?', session)
  )?.id ?? 0;

/**
 * Ids of those that nobody wants any more: beyond the most that are kept of one session and of all, by the order of writing, so that no
 * clock matters; and with `byAge` those that are too old.
 */
export const superfluousEvents = (tx: ReadTransaction, byAge: boolean, limits: Limits = eventRetention): number[] =>
  tx
    .all<{ id: number }>(
      `SELECT id FROM events WHERE at < ?
       UNION
       SELECT id FROM (
         SELECT id, row_number() OVER (PARTITION BY session ORDER BY id DESC) AS place FROM events WHERE session IS NOT NULL
       ) WHERE place > ?
       UNION
       SELECT id FROM (SELECT id FROM events ORDER BY id DESC LIMIT -1 OFFSET ?)`,
      ...[byAge ? tx.now - limits.days * 24 * 3_600_000 : 0, limits.perSession, limits.total],
    )
    .map(({ id }) => id);

type Limits = Readonly<Record<'days' | 'perSession' | 'total', number>>;

export function deleteEvents(tx: Transaction, ids: readonly number[]): void {
  tx.run('DELETE FROM events WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));
}

type Condition = readonly [sql: string, ...values: Value[]];

function conditionsOf(filter: EventFilter): readonly Condition[] {
  const { session, project, kinds, sources, priorities, since, search } = filter;
  return [
    ...when(session, 'session = ?'),
    ...when(project, 'project = ?'),
    ...when(since, 'at >= ?'),
    ...(kinds.length === 0 ? [] : [kindsAre(kinds)]),
    ...(sources.length === 0 ? [] : [isOneOf('source', sources)]),
    ...(priorities.length === 0 ? [] : [isOneOf('priority', priorities)]),
    ...when(search === null ? null : expressionOf(search), wordsMatch),
  ];
}

const when = (value: Value, sql: string): readonly Condition[] => (value === null ? [] : [[sql, value]]);

const wordsMatch = 'id IN (SELECT rowid FROM event_words WHERE event_words MATCH ?)';

const isOneOf = (column: string, values: readonly string[]): Condition => [
  `${column} IN (${values.map(() => '?').join(', ')})`,
  ...values,
];

/** `session.` stands for all that begin so. */
function kindsAre(kinds: readonly string[]): Condition {
  const [groups, whole] = [kinds.filter(isGroup), kinds.filter((kind) => !isGroup(kind))];
  // '/' is the character after '.'.
  const parts: readonly Condition[] = [
    ...groups.map((group): Condition => ['kind >= ? AND kind < ?', group, `${group.slice(0, -1)}/`]),
    ...(whole.length === 0 ? [] : [isOneOf('kind', whole)]),
  ];
  return [`(${parts.map(([sql]) => sql).join(' OR ')})`, ...parts.flatMap(([, ...values]) => values)];
}

const isGroup = (kind: string): boolean => kind.endsWith('.');

/**
 * Each word in quotes, so that none is taken for an operator, and as the beginning of one. Null: there is nothing to look for. Words of
 * signs alone match nothing by themselves.
 */
function expressionOf(search: string): string | null {
  const words = plainLine(search, 500).split(' ').filter(Boolean).slice(0, 20);
  return words.length === 0 ? null : words.map((word) => `"${word.replaceAll('"', '""')}" *`).join(' ');
}

const olderThan = (conditions: readonly Condition[], before: EventCursor | null): readonly Condition[] =>
  before === null ? conditions : [...conditions, ['(at, id) < (?, ?)', before.at, before.id]];

interface Row extends Omit<EventView, 'data'> {
  readonly data: string;
}

function select(
  tx: ReadTransaction,
  conditions: readonly Condition[],
  order: string,
  limit: number,
): readonly EventView[] {
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}`;
  const values = conditions.flatMap(([, ...given]) => given);
  return tx
    .all<Row>(
      `SELECT id, at, session, project, source, kind, priority, text, data FROM events ${where} ${order} LIMIT ?`,
      ...[...values, limit],
    )
    .map((row) => ({ ...row, data: objectIn(row.data) }));
}

function objectIn(text: string): Readonly<Record<string, unknown>> & Record<string, unknown> {
  const value = fromJson(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
