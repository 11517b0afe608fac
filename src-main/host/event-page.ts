// One page of the timeline, from one view of the database.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { InputOf, OutputOf } from '#shared/rpc/define-contract.ts';
import { lastEvent, listEvents, listEventsAfter } from '../storage/events.ts';
import type { ReadTransaction } from '../storage/store.ts';

type Asked = InputOf<AtheneContract, 'event.list'>;
type EventPage = OutputOf<AtheneContract, 'event.list'>;

export function eventPage(tx: ReadTransaction, { before, after, limit, ...filter }: Asked): EventPage {
  const last = lastEvent(tx);
  if (after !== null) return { events: [...listEventsAfter(tx, filter, { limit, after })], next: null, last };
  const events = [...listEvents(tx, filter, { limit, before })];
  const oldest = events.length < limit ? undefined : events.at(-1);
  return { events, next: oldest === undefined ? null : { at: oldest.at, id: oldest.id }, last };
}
