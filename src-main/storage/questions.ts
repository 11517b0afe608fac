// What agents asked, each with an id: at most one of a session is open. Closed ones stay for a week, so that an answer to one of them is known for what it is.
import { z } from 'zod';
import { foundQuestionSchema, type AskedQuestion, type FoundQuestion } from '#shared/domain/asked-question.ts';
import type { NewEvent } from '#shared/domain/event.ts';
import type { Answered } from '#shared/domain/resolved-because.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import type { ProcessIdentity } from '../lib/process-identity.ts';
import { recordChange } from './changes.ts';
import { recordEvent } from './events.ts';
import { fromJson, toJson } from './json.ts';
import type { ReadTransaction, Transaction } from './store.ts';

const closingSchema = z.discriminatedUnion('kind', [
  /** Through Athene. `by`: `person`, or the id of the session that leads it; `what`: the choice's label, or the text. */
  z.strictObject({ kind: z.literal('answered'), by: z.string(), what: z.string(), confirmed: z.boolean() }),
  /** Somebody typed in the terminal. */
  z.strictObject({ kind: z.literal('typed') }),
  /** The agent went on, or its hook told that it was answered. */
  z.strictObject({ kind: z.literal('withdrawn') }),
  /** Something else is asked. */
  z.strictObject({ kind: z.literal('outdated') }),
  z.strictObject({ kind: z.literal('ended') }),
]);
export type Closing = z.infer<typeof closingSchema>;

export interface StoredQuestion {
  /** UUIDv7. */
  readonly id: string;
  readonly session: string;
  readonly terminal: string;
  readonly source: AskedQuestion['source'];
  readonly found: FoundQuestion;
  readonly asked: number;
  /** It was seen to draw while it asks: that it prints does not mean that it went on. */
  readonly drawsOn: boolean;
  /** Who has taken it to answer it (the process, and `by` for whom), as JSON gave it back; null while nobody has. Nobody else answers it after that. */
  readonly answering: unknown;
  readonly closed: number | null;
  /** Null while it is open, or where it can't be read. */
  readonly how: Closing | null;
}

type Row = Omit<StoredQuestion, 'found' | 'drawsOn' | 'answering' | 'how'> & {
  readonly draws_on: number;
  readonly found: string;
  readonly answering: string | null;
  readonly how: string | null;
};

export type NewQuestion = Pick<
  StoredQuestion,
  'id' | 'session' | 'terminal' | 'source' | 'found' | 'asked' | 'drawsOn'
>;

/** Kept of each session, in rows: a program may ask in other words all the time. */
const kept = 200;

/** Throws when the session has an open one. */
export function insertQuestion(
  tx: Transaction,
  { id, session, terminal, source, found, asked, drawsOn }: NewQuestion,
): void {
  tx.run(
    'INSERT INTO questions (id, session, terminal, source, found, asked, draws_on) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ...[id, session, terminal, source, toJson(found), asked, Number(drawsOn)],
  );
  tx.run(
    `DELETE FROM questions WHERE session = ?1 AND closed IS NOT NULL AND rowid NOT IN (
       SELECT rowid FROM questions WHERE session = ?1 ORDER BY rowid DESC LIMIT ?2
     )`,
    ...[session, kept],
  );
  recordChange(tx, 'question', session);
  const { kind, tool, command } = found;
  recordEvent(tx, {
    ...{ kind: 'question.asked', session, at: asked, text: `It asks: ${found.text}` },
    ...{ source: source === 'screen' ? 'screen' : 'hook', data: { question: id, kind, tool, command } },
  });
}

/** More became known of the same question. */
export function enrichQuestion(
  tx: Transaction,
  { id, session }: Pick<StoredQuestion, 'id' | 'session'>,
  { source, found, asked, drawsOn }: Pick<StoredQuestion, 'source' | 'found' | 'asked' | 'drawsOn'>,
): void {
  tx.run(
    'UPDATE questions SET source = ?, found = ?, asked = ?, draws_on = ? WHERE id = ?',
    ...[source, toJson(found), asked, Number(drawsOn), id],
  );
  recordChange(tx, 'question', session);
}

/** False when it is closed, or was taken before, by whomever. */
export const takeQuestion = (
  tx: Transaction,
  id: string,
  owner: ProcessIdentity & { readonly by: string; readonly at: number },
): boolean =>
  tx.run(
    'UPDATE questions SET answering = ? WHERE id = ? AND closed IS NULL AND answering IS NULL',
    ...[toJson(owner), id],
  ) > 0;

const answererSchema = z.object({ by: z.string() });

/** The last answer to what a session asks, also one that is on its way; null when there is none since then. */
export function answeredSince(tx: ReadTransaction, session: string, since: number): Answered | null {
  const rows = tx
    .all<Row>(
      `SELECT * FROM questions WHERE session = ? AND (closed >= ? OR (closed IS NULL AND answering IS NOT NULL))
       ORDER BY closed IS NULL DESC, closed DESC, id DESC`,
      ...[session, since],
    )
    .map(readRow);
  return rows.map((row) => (row === null ? null : answeredOf(row))).find((answered) => answered !== null) ?? null;
}

function answeredOf({ closed, how, answering }: StoredQuestion): Answered | null {
  if (how?.kind === 'typed') return { where: 'terminal' };
  if (how?.kind === 'answered') return { where: 'athene', by: how.by };
  const answerer = answererSchema.safeParse(answering);
  return closed === null && answerer.success ? { where: 'athene', by: answerer.data.by } : null;
}

/** Nothing was typed. */
export const giveBackQuestion = (tx: Transaction, id: string): void =>
  void tx.run('UPDATE questions SET answering = NULL WHERE id = ? AND closed IS NULL', id);

/** False when it is closed already. */
export function closeQuestion(
  tx: Transaction,
  { id, session }: Pick<StoredQuestion, 'id' | 'session'>,
  how: Closing,
): boolean {
  const closed = tx.run(
    'UPDATE questions SET closed = ?, how = ? WHERE id = ? AND closed IS NULL',
    ...[tx.now, toJson(how), id],
  );
  if (closed > 0) recordChange(tx, 'question', session);
  if (closed > 0 && how.kind !== 'ended')
    recordEvent(tx, { session, ...closingTold(how), data: { question: id, how } });
  return closed > 0;
}

function closingTold(how: Exclude<Closing, { kind: 'ended' }>): Pick<NewEvent, 'kind' | 'source' | 'text'> {
  switch (how.kind) {
    case 'answered': {
      const who = how.by === 'person' ? 'person' : 'agent';
      const text = `${who === 'agent' ? `${how.by} answered` : 'Answered'}: ${how.what}`;
      return { kind: 'question.answered', source: who, text: how.confirmed ? text : `${text} (not seen to arrive)` };
    }
    case 'typed':
      return { kind: 'question.answered', source: 'person', text: 'Answered in its terminal.' };
    case 'withdrawn':
      return { kind: 'question.withdrawn', source: 'athene', text: 'The question is not asked any more.' };
    case 'outdated':
      return { kind: 'question.withdrawn', source: 'athene', text: 'It asks something else now.' };
    default:
      return assertNever(how);
  }
}

export function findQuestion(tx: ReadTransaction, id: string): StoredQuestion | null {
  const row = tx.get<Row>('SELECT * FROM questions WHERE id = ?', id);
  return row === undefined ? null : readRow(row);
}

/** Those of one session, or all. One that can't be read is left out. */
export const listOpenQuestions = (tx: ReadTransaction, session: string | null = null): readonly StoredQuestion[] =>
  tx
    .all<Row>(
      'SELECT * FROM questions WHERE closed IS NULL AND (?1 IS NULL OR session = ?1) ORDER BY asked, id',
      session,
    )
    .map(readRow)
    .filter((question) => question !== null);

/** Also one that can't be read. */
export const closeUnreadable = (tx: Transaction, session: string): void =>
  void tx.run(
    'UPDATE questions SET closed = ?, how = ? WHERE session = ? AND closed IS NULL',
    ...[tx.now, toJson({ kind: 'outdated' }), session],
  );

/** Milliseconds. */
const keptFor = 7 * 24 * 3_600_000;

export function pruneQuestions(tx: Transaction): void {
  tx.run('DELETE FROM questions WHERE closed < ?', tx.now - keptFor);
}

function readRow({ draws_on: drawsOn, ...row }: Row): StoredQuestion | null {
  const found = foundQuestionSchema.safeParse(fromJson(row.found));
  if (!found.success) return null;
  const how = closingSchema.safeParse(fromJson(row.how));
  return {
    ...row,
    found: found.data,
    drawsOn: drawsOn === 1,
    answering: fromJson(row.answering),
    how: how.data ?? null,
  };
}
