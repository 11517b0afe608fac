import { pruneChanges } from './changes.ts';
import { pruneNotices } from './notices.ts';
import { pruneDeliveries } from './outbox.ts';
import { prunePullRequests } from './pull-requests.ts';
import { pruneQuestions } from './questions.ts';
import { pruneRequests } from './requests.ts';
import { pruneSpoolEvents } from './spool-events.ts';
import type { Transaction } from './store.ts';

/** Forgets what is finished and older than a week: requests, deliveries, spool events, questions, notices, pull requests, change numbers. For the supervisor, once a day. */
export function prune(tx: Transaction): void {
  pruneRequests(tx);
  pruneDeliveries(tx);
  pruneSpoolEvents(tx);
  pruneQuestions(tx);
  pruneNotices(tx);
  prunePullRequests(tx);
  pruneChanges(tx);
}
