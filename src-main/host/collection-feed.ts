// A feed over rows: sends a snapshot or the changes since a number, then each change as it is committed by any process.
import type { FeedSink } from '#shared/rpc/handlers.ts';
import { changesSince, lastChange, type Change, type ChangeKind } from '../storage/changes.ts';
import type { ReadTransaction, Store } from '../storage/store.ts';

export interface CollectionSource<Item> {
  /** Changes of these kinds concern the collection. */
  readonly kinds: readonly ChangeKind[];
  /** Id of the item that a change concerns; null when it is none of these. */
  idFor(tx: ReadTransaction, change: Change): string | null;
  list(tx: ReadTransaction): readonly Item[];
  /** Null when there is no such item (any more). */
  find(tx: ReadTransaction, id: string): Item | null;
  idOf(item: Item): string;
}

export class CollectionFeed<Item> {
  readonly #store: Store;
  readonly #source: CollectionSource<Item>;
  readonly #onError: (error: unknown) => void;
  readonly #sinks = new Set<FeedSink<Item>>();
  readonly #stop: () => void;
  #seq: number;

  constructor(store: Store, source: CollectionSource<Item>, onError: (error: unknown) => void) {
    this.#store = store;
    this.#source = source;
    this.#onError = onError;
    this.#stop = store.onChange(() => this.#advance());
    this.#seq = store.read(lastChange);
  }

  /** Items may hold facts that are not stored: those of a resumed feed are sent anew. Returns the way to stop. */
  subscribe(after: number | null, sink: FeedSink<Item>): () => void {
    this.#advance();
    this.#store.read((tx) => {
      const changes = after === null ? 'gap' : changesSince(tx, after, this.#source.kinds);
      if (changes === 'gap') return sink.snapshot(this.#source.list(tx), lastChange(tx));
      for (const item of this.#source.list(tx)) sink.upsert(item, this.#seq);
      for (const id of this.#idsOf(tx, changes)) if (this.#source.find(tx, id) === null) sink.remove(id, this.#seq);
    });
    this.#sinks.add(sink);
    return () => this.#sinks.delete(sink);
  }

  /** An item looks different for a reason that is not in the database. */
  touch(id: string): void {
    if (this.#sinks.size === 0) return;
    this.#guard(() => this.#store.read((tx) => this.#send(tx, id)));
  }

  /** Any of them may look different for a reason that is not in the database, or be there or not. */
  renew(): void {
    if (this.#sinks.size === 0) return;
    this.#advance();
    this.#guard(() =>
      this.#store.read((tx) => {
        const items = this.#source.list(tx);
        this.#tell((sink) => sink.snapshot(items, this.#seq));
      }),
    );
  }

  close(): void {
    this.#stop();
    this.#sinks.clear();
  }

  #advance(): void {
    this.#guard(() =>
      this.#store.read((tx) => {
        if (this.#sinks.size === 0) return void (this.#seq = lastChange(tx));
        const changes = changesSince(tx, this.#seq, this.#source.kinds);
        const seq = lastChange(tx);
        if (changes === 'gap') {
          const items = this.#source.list(tx);
          this.#tell((sink) => sink.snapshot(items, seq));
        } else {
          this.#seq = seq;
          for (const id of this.#idsOf(tx, changes)) this.#guard(() => this.#send(tx, id));
        }
        this.#seq = seq;
      }),
    );
  }

  #idsOf(tx: ReadTransaction, changes: readonly Change[]): ReadonlySet<string> {
    return new Set(changes.map((change) => this.#source.idFor(tx, change)).filter((id) => id !== null));
  }

  #send(tx: ReadTransaction, id: string): void {
    const item = this.#source.find(tx, id);
    this.#tell((sink) => (item === null ? sink.remove(id, this.#seq) : sink.upsert(item, this.#seq)));
  }

  /** What one subscriber throws is nothing to the others. */
  #tell(one: (sink: FeedSink<Item>) => void): void {
    for (const sink of this.#sinks) this.#guard(() => one(sink));
  }

  /** What could not be read now (a busy database) comes with the next change, since the number stays behind. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#onError(error);
    }
  }
}
