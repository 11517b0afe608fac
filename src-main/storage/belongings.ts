// Rows that belong to a session and are not removed with it by the database itself.
import { assertNever } from '#shared/lib/assert-never.ts';
import { deleteJournal } from './journal.ts';
import { deleteMarksOf } from './marks.ts';
import { deleteNoticesOf } from './notices.ts';
import { deleteDeliveriesOf } from './outbox.ts';
import { deleteReactionsOf } from './reactions.ts';
import { deleteReportsOf } from './reports.ts';
import { deleteSpoolEventsOf } from './spool-events.ts';
import type { ReadTransaction, Transaction } from './store.ts';

const tables = ['marks', 'outbox', 'journal', 'spool_events', 'reports', 'reactions'] as const;

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
  switch (of) {
    case 'marks':
      return deleteMarksOf(tx, session);
    case 'outbox':
      return deleteDeliveriesOf(tx, session);
    case 'journal':
      return deleteJournal(tx, session);
    case 'spool_events':
      return deleteSpoolEventsOf(tx, session);
    case 'reports':
      return deleteReportsOf(tx, session);
    case 'reactions':
      return deleteReactionsOf(tx, session);
    default:
      return assertNever(of);
  }
}

/** With the session itself: everything of it, and what was told of it alone. */
export function deleteAllBelongings(tx: Transaction, session: string): void {
  for (const of of tables) deleteBelongings(tx, { of, session });
  deleteNoticesOf(tx, session);
}
