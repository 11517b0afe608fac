import { expect, it } from 'vitest';
import type { EventView } from '#shared/domain/event.ts';
import { fail, ok } from '#shared/lib/result.ts';
import type { HostConnection } from '../connection/host-client.ts';
import { createLedgerFeed } from './ledger-feed.ts';

/** A host with events of these ids, which answers as many at a time as it is asked for. */
function hostWith(count: number) {
  let ids = Array.from({ length: count }, (_, index) => index + 1);
  let broken = false;
  const asked: unknown[] = [];
  const call = async (_: string, wanted: { after?: number; before?: { id: number }; limit: number }) => {
    asked.push(wanted.after ?? wanted.before?.id ?? null);
    if (broken) return fail({ code: 'storage-busy', what: 'Busy.' });
    const all = wanted.after === undefined ? ids.toReversed() : ids.filter((id) => id > (wanted.after ?? 0));
    const rest = wanted.before === undefined ? all : all.filter((id) => id < (wanted.before?.id ?? 0));
    const events = rest.slice(0, wanted.limit).map((id) => ({ id, at: id }) as EventView);
    const end = events.at(-1)?.id ?? 0;
    const next = rest.length > events.length && wanted.after === undefined ? { at: end, id: end } : null;
    return ok({ events, next, last: ids.at(-1) ?? 0 });
  };
  return {
    asked,
    connection: { call } as unknown as Pick<HostConnection, 'call'>,
    write: (more: number) => (ids = [...ids, ...Array.from({ length: more }, (_, at) => ids.length + at + 1)]),
    break: (on: boolean) => (broken = on),
  };
}

const idsOf = (feed: ReturnType<typeof createLedgerFeed>) => feed.state.get().events?.map(({ id }) => id) ?? null;
const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, at) => from - at);

it('reads the newest, goes on with what was written since, and back to the first on demand', async () => {
  const host = hostWith(250);
  const feed = createLedgerFeed(host.connection, 'api');
  expect(idsOf(feed)).toBeNull();
  await feed.look();
  expect(idsOf(feed)).toEqual(down(250, 51));
  // More than one answer holds.
  host.write(230);
  await feed.look();
  expect(idsOf(feed)).toEqual(down(480, 51));
  await feed.showEarlier();
  expect([idsOf(feed), feed.state.get().next]).toEqual([down(480, 1), null]);
});

it('looks once more for all who ask while it is read', async () => {
  const host = hostWith(1);
  const feed = createLedgerFeed(host.connection, null);
  const first = feed.look();
  host.write(1);
  await Promise.all([first, feed.look(), feed.look()]);
  expect([idsOf(feed), host.asked.length]).toEqual([[2, 1], 2]);
});

it('keeps what it knows while it can not be read, says why, and goes on afterwards', async () => {
  const host = hostWith(2);
  const feed = createLedgerFeed(host.connection, null);
  await feed.look();
  host.break(true);
  await feed.look();
  expect([idsOf(feed), feed.state.get().problem]).toEqual([[2, 1], 'Busy.']);
  host.break(false);
  await feed.look();
  expect(feed.state.get().problem).toBeNull();
});
