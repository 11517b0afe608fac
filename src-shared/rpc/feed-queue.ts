// What a feed still owes to its reader: never more than the last state of each item, however slow the reader is.

export type FeedChange =
  | { readonly kind: 'upsert'; readonly id: string; readonly seq: number; readonly item: unknown }
  | { readonly kind: 'remove'; readonly id: string; readonly seq: number };

export type FeedEvent =
  | { readonly kind: 'snapshot'; readonly seq: number; readonly items: readonly unknown[] }
  | FeedChange;

/**
 * One event leaves per credit. Changes leave in the order of their numbers, so that a reader's last number says exactly what it
 * has: all up to it, or something newer to come.
 */
export class FeedQueue {
  #snapshot: Extract<FeedEvent, { kind: 'snapshot' }> | null = null;
  /** By item, oldest change first. */
  readonly #changes = new Map<string, FeedChange>();
  #credit: number;
  readonly #send: (event: FeedEvent) => void;

  constructor(credit: number, send: (event: FeedEvent) => void) {
    this.#credit = credit;
    this.#send = send;
  }

  snapshot(items: readonly unknown[], seq: number): void {
    this.#changes.clear();
    this.#snapshot = { kind: 'snapshot', seq, items };
    this.#flush();
  }

  change(change: FeedChange): void {
    // Deleted first, so that it moves to the end: a map keeps the place of a key that it has.
    this.#changes.delete(change.id);
    this.#changes.set(change.id, change);
    this.#flush();
  }

  grant(credit: number): void {
    this.#credit += credit;
    this.#flush();
  }

  #flush(): void {
    while (this.#credit > 0) {
      const event = this.#take();
      if (event === null) return;
      this.#credit -= 1;
      this.#send(event);
    }
  }

  #take(): FeedEvent | null {
    const snapshot = this.#snapshot;
    this.#snapshot = null;
    if (snapshot !== null) return snapshot;
    for (const change of this.#changes.values()) {
      this.#changes.delete(change.id);
      return change;
    }
    return null;
  }
}
