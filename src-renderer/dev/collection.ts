import type { FeedSink } from '#shared/rpc/handlers.ts';

/** A keyed collection that its feed's readers hear of. */
export function collection<T>(idOf: (item: T) => string, items: readonly T[]) {
  const byId = new Map(items.map((item) => [idOf(item), item]));
  const sinks = new Set<FeedSink<T>>();
  let seq = 1;
  return {
    get: (id: string) => byId.get(id),
    items: (): readonly T[] => [...byId.values()],
    put(item: T) {
      byId.set(idOf(item), item);
      seq += 1;
      for (const sink of sinks) sink.upsert(item, seq);
    },
    drop(id: string) {
      byId.delete(id);
      seq += 1;
      for (const sink of sinks) sink.remove(id, seq);
    },
    feed(_key: unknown, _after: number | null, sink: FeedSink<T>) {
      sinks.add(sink);
      sink.snapshot([...byId.values()], seq);
      return () => void sinks.delete(sink);
    },
  };
}
