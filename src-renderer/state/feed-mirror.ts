// A feed's collection as this client knows it; outlives connections.
import type { FeedItemChange, FeedListener } from '#shared/rpc/feed-listener.ts';
import { createStore, type Readable } from '../lib/store.ts';

export interface Mirror<Item> {
  /** Null until the first snapshot. */
  readonly items: Readable<readonly Item[] | null>;
  /** Number after which to go on; undefined before the first snapshot. */
  readonly after: () => number | undefined;
  readonly listener: FeedListener<Item>;
}

/**
 * @param order a total order in which items are shown; items keep their identity while they do not change
 * @param onEnd the feed ended: whoever opened it opens it again
 */
export function mirrorFeed<Item>({
  idOf,
  order,
  onEnd,
}: {
  readonly idOf: (item: Item) => string;
  readonly order: (a: Item, b: Item) => number;
  readonly onEnd: () => void;
}): Mirror<Item> {
  const items = createStore<readonly Item[] | null>(null);
  const byId = new Map<string, Item>();
  let seq: number | undefined;
  const publish = (): void => items.set([...byId.values()].toSorted(order));
  return {
    items,
    after: () => seq,
    listener: {
      onSnapshot(snapshot, number) {
        byId.clear();
        for (const item of snapshot) byId.set(idOf(item), item);
        seq = number;
        publish();
      },
      onChange(change: FeedItemChange<Item>, number) {
        if (change.kind === 'upsert') byId.set(idOf(change.item), change.item);
        else byId.delete(change.id);
        seq = number;
        publish();
      },
      onEnd,
    },
  };
}
