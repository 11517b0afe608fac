// Events by which whoever leads is told of answers: what a person answered, and what it was told of that.
import type { ReadTransaction } from './store.ts';

export interface AnswerEvent {
  readonly id: number;
  readonly session: string;
  readonly question: string;
  /** The choice; null where it was typed in the terminal, or was a text. */
  readonly what: string | null;
}

type Row = Omit<AnswerEvent, 'question'> & { readonly question: string | null };

/** What a person answered, in the order in which it was written; none that was before `since`, in milliseconds since the epoch. */
export const listAnswersSince = (
  tx: ReadTransaction,
  { after, since }: { readonly after: number; readonly since: number },
): readonly AnswerEvent[] =>
  tx
    .all<Row>(
      `SELECT id, session, json_extract(data, '$.question') AS question, json_extract(data, '$.how.what') AS what FROM events
       WHERE id > ? AND kind = 'question.answered' AND source = 'person' AND session IS NOT NULL AND at >= ? ORDER BY id`,
      ...[after, since],
    )
    .flatMap(({ question, ...row }) => (question === null ? [] : [{ ...row, question }]));

/** It knows of this answer. */
export const wasTold = (tx: ReadTransaction, leader: string, question: string): boolean =>
  tx.get(
    `SELECT 1 FROM events WHERE session = ? AND kind = 'coordinator.informed' AND json_extract(data, '$.question') = ?`,
    ...[leader, question],
  ) !== undefined;

/** The message by which it was told last; null when it never was. */
export const lastNoteTo = (tx: ReadTransaction, leader: string): string | null =>
  tx.get<{ message: string | null }>(
    `SELECT json_extract(data, '$.message') AS message FROM events
     WHERE session = ? AND kind = 'coordinator.informed' ORDER BY id DESC LIMIT 1`,
    leader,
  )?.message ?? null;
