// Rows that belong to a session and are not removed with it by the database itself.
import { deleteJournal } from './journal.ts';
import { clearMark, listMarks } from './marks.ts';
import { deleteDeliveriesOf } from './outbox.ts';
import type { ReadTransaction, Transaction } from './store.ts';

const tables = ['marks', 'outbox', 'journal'] as const;

export interface Belongings {
  readonly of: (typeof tables)[number];
  readonly session: string;
}

export const listBelongings = (tx: ReadTransaction): readonly Belongings[] =>
  tables.flatMap((of) =>
    tx
      .all<{ session: string }>(`SELECT DISTINCT session FROM ${of} ORDER BY session`)
      .map(({ session }) => ({ of, session })),
  );

export function deleteBelongings(tx: Transaction, { of, session }: Belongings): void {
  if (of === 'marks') for (const { mark } of listMarks(tx, session)) clearMark(tx, session, mark);
  else if (of === 'outbox') deleteDeliveriesOf(tx, session);
  else deleteJournal(tx, session);
}
