import { expect, it } from 'vitest';
import type { EventView } from '#shared/domain/event.ts';
import type { HostConnection } from '../connection/host-client.ts';
import { createTimeline } from './timeline.ts';

const event = (id: number, at = id): EventView => ({
  ...{ id, at, session: 'api-1', project: 'api', source: 'athene', kind: 'session.working', priority: 'info' },
  ...{ text: `event ${id}`, data: {} },
});

interface Listener {
  readonly onSnapshot: (items: readonly object[], seq: number) => void;
  readonly onChange: (change: { readonly kind: 'upsert'; readonly item: object }, seq: number) => void;
}

/** A host with these events, whose newest one can be told. */
function hostWith(...events: EventView[]) {
  let tell: (last: number) => void = () => undefined;
  let broken = false;
  const newest = (): number => Math.max(0, ...events.map(({ id }) => id));
  const list = async (_name: string, input: { before?: { at: number; id: number }; after?: number; limit: number }) => {
    if (broken) return { ok: false, problem: { code: 'storage-busy', what: 'It is busy.' } };
    const { before, after, limit } = input;
    if (after !== undefined) {
      const later = events.filter(({ id }) => id > after).toSorted((a, b) => a.id - b.id);
      return { ok: true, value: { events: later.slice(0, limit), next: null, last: newest() } };
    }
    const sorted = events.toSorted((a, b) => b.at - a.at || b.id - a.id);
    const from = before === undefined ? 0 : sorted.findIndex(({ id }) => id === before.id) + 1;
    const page = sorted.slice(from, from + limit);
    const oldest = page.length < limit ? null : (page.at(-1) ?? null);
    return { ok: true, value: { events: page, next: oldest && { at: oldest.at, id: oldest.id }, last: newest() } };
  };
  const follow = (_name: string, key: object, listener: Listener) => {
    tell = (last) => listener.onChange({ kind: 'upsert', item: { ...key, last } }, 1);
    listener.onSnapshot([{ ...key, last: newest() }], 1);
    return () => (tell = () => undefined);
  };
  return {
    connection: { call: list, follow } as unknown as HostConnection,
    add(...more: EventView[]) {
      events.push(...more);
      tell(newest());
    },
    fail: (on: boolean) => (broken = on),
  };
}

function open(host: ReturnType<typeof hostWith>) {
  const timeline = createTimeline(host.connection, { session: 'api-1', sources: [], page: 3 });
  return { ...timeline, close: timeline.open() };
}
const idsOf = (timeline: ReturnType<typeof open>) => timeline.state.get().events?.map(({ id }) => id);

it('shows the newest page, earlier ones when asked, and new ones by themselves, each once and in the order of time', async () => {
  const host = hostWith(...[1, 2, 3, 4, 5].map((id) => event(id)));
  const timeline = open(host);
  await expect.poll(() => idsOf(timeline)).toEqual([5, 4, 3]);
  host.add(event(6), event(7, 2), event(8), event(9), event(10));
  await expect.poll(() => idsOf(timeline)).toEqual([10, 9, 8, 6, 5, 4, 3, 7]);
  await timeline.showEarlier();
  expect([idsOf(timeline), timeline.state.get().next]).toEqual([[10, 9, 8, 6, 5, 4, 3, 7, 2, 1], { at: 1, id: 1 }]);
  await timeline.showEarlier();
  expect(timeline.state.get().next).toBeNull();
});

it('says why it could not be read, and is whole again with the next that is told', async () => {
  const host = hostWith(event(1));
  host.fail(true);
  const timeline = open(host);
  await expect.poll(() => timeline.state.get().problem).toBe('It is busy.');
  host.fail(false);
  host.add(event(2));
  await expect.poll(() => timeline.state.get()).toMatchObject({ events: [{ id: 2 }, { id: 1 }], problem: null });
});

it('hears nothing any more once it is closed', async () => {
  const host = hostWith(event(1));
  const timeline = open(host);
  await expect.poll(() => idsOf(timeline)).toEqual([1]);
  timeline.close();
  host.add(event(2));
  await Promise.resolve();
  expect(idsOf(timeline)).toEqual([1]);
});
