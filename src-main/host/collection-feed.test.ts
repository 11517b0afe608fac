import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeedSink } from '#shared/rpc/handlers.ts';
import { recordChange } from '../storage/changes.ts';
import { ScratchHome } from '../storage/fixtures/scratch-home.ts';
import type { Store } from '../storage/store.ts';
import { CollectionFeed } from './collection-feed.ts';

interface Item {
  readonly id: string;
  readonly value: number;
}
type Told = readonly ['all', readonly Item[]] | readonly ['item', Item] | readonly ['gone', string];

let home: ScratchHome;
let store: Store;
let feed: CollectionFeed<Item>;
let errors: unknown[];
const items = new Map<string, number>();
const itemOf = (id: string): Item | null => (items.has(id) ? { id, value: items.get(id) ?? 0 } : null);

beforeEach(async () => {
  home = new ScratchHome();
  ({ store } = await home.open());
  items.clear();
  errors = [];
  feed = new CollectionFeed(
    store,
    {
      kinds: ['session'],
      idFor: (_tx, { key }) => key,
      list: () => [...items.keys()].map(itemOf).filter((item) => item !== null),
      find: (_tx, id) => {
        if (id === 'bad') throw new Error('unreadable');
        return itemOf(id);
      },
      idOf: ({ id }) => id,
    },
    (error) => errors.push(error),
  );
});

afterEach(async () => {
  feed.close();
  await home.remove();
});

/** A sink that writes down what it is told, and the number of the last. */
function subscriber() {
  const told: Told[] = [];
  const numbers: number[] = [];
  const note = (what: Told, seq: number) => {
    told.push(what);
    numbers.push(seq);
  };
  const sink: FeedSink<Item> = {
    snapshot: (all, seq) => note(['all', all], seq),
    upsert: (item, seq) => note(['item', item], seq),
    remove: (id, seq) => note(['gone', id], seq),
    end: () => undefined,
  };
  return { told, numbers, sink };
}

const change = (id: string, value: number | null) =>
  store.write('change', (tx) => {
    if (value === null) items.delete(id);
    else items.set(id, value);
    recordChange(tx, 'session', id);
  });

describe('a feed over rows', () => {
  it('is told anew as a whole where it looks different for a reason that is not in the database', async () => {
    await change('a', 1);
    const { told, numbers, sink } = subscriber();
    feed.renew();
    feed.subscribe(null, sink);
    items.set('a', 2);
    items.set('b', 3);
    feed.renew();
    expect(told.at(-1)).toEqual([
      'all',
      [
        { id: 'a', value: 2 },
        { id: 'b', value: 3 },
      ],
    ]);
    expect(told.length).toBe(2);
    expect(numbers[0]).toBe(numbers[1]);
  });

  it('begins with everything, then tells each change in order, with numbers that never fall', async () => {
    await change('a', 1);
    const { told, numbers, sink } = subscriber();
    feed.subscribe(null, sink);
    await change('a', 2);
    await change('a', null);
    await expect.poll(() => told.at(-1)).toEqual(['gone', 'a']);
    expect(told[0]).toEqual(['all', [{ id: 'a', value: 1 }]]);
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
  });

  it('tells one that comes back what it has missed, removals too, and everything when it was away too long', async () => {
    await change('a', 1);
    await change('b', 1);
    const first = subscriber();
    feed.subscribe(null, first.sink)();
    await change('a', 2);
    await change('b', null);
    const back = subscriber();
    feed.subscribe(first.numbers.at(-1) ?? 0, back.sink)();
    expect(back.told).toEqual([
      ['item', { id: 'a', value: 2 }],
      ['gone', 'b'],
    ]);
    const stranger = subscriber();
    feed.subscribe(1_000_000, stranger.sink)();
    expect(stranger.told).toEqual([['all', [{ id: 'a', value: 2 }]]]);
    expect(first.told).toHaveLength(1);
  });

  it('goes on past a row that can not be read and a subscriber that throws', async () => {
    const throwing: FeedSink<Item> = {
      ...subscriber().sink,
      upsert: () => {
        throw new Error('gone away');
      },
    };
    const { told, sink } = subscriber();
    feed.subscribe(null, throwing);
    feed.subscribe(null, sink);
    await store.write('both', (tx) => {
      items.set('a', 1);
      recordChange(tx, 'session', 'bad');
      recordChange(tx, 'session', 'a');
    });
    await expect.poll(() => told.at(-1)).toEqual(['item', { id: 'a', value: 1 }]);
    expect(errors.map(String)).toEqual(expect.arrayContaining(['Error: unreadable', 'Error: gone away']));
  });
});
