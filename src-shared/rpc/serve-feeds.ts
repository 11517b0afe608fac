import type { Member } from './define-contract.ts';
import { FeedQueue, type FeedEvent } from './feed-queue.ts';
import { findMember, tooMany, unknownMember } from './find-member.ts';
import type { FeedSink } from './handlers.ts';
import type { ClientMessageOf, WireProblem } from './protocol.ts';
import { invalidInput } from './serve-calls.ts';
import type { Serving } from './serving.ts';
import { utf8Size } from './wire.ts';

type FeedMember = Extract<Member, { readonly kind: 'feed' }>;

export interface ServedFeeds {
  open(message: ClientMessageOf<'feed-open'>): void;
  grant(message: ClientMessageOf<'feed-credit'>): void;
  stop(id: number): void;
  close(): void;
}

export function serveFeeds(serving: Serving): ServedFeeds {
  const open = new Map<number, ServedFeed>();
  return {
    open(message) {
      if (open.has(message.id)) return;
      const refuse = (problem: WireProblem): void => {
        serving.wire.send({ kind: 'feed-end', id: message.id, problem });
      };
      if (open.size >= serving.maximalOpen) return refuse(tooMany(serving.maximalOpen));
      const member = findMember(serving.contract, 'feed', message.name);
      if (member === null) return refuse(unknownMember('feed', message.name));
      const key = member.key.safeParse(message.key);
      if (!key.success) return refuse(invalidInput(key.error));
      const feed = new ServedFeed(serving, member, message, () => open.delete(message.id));
      open.set(message.id, feed);
      feed.start(message.name, key.data, message.after);
    },
    grant: ({ id, more }) => open.get(id)?.grant(more),
    stop: (id) => open.get(id)?.stop(),
    close() {
      for (const feed of [...open.values()]) feed.stop();
    },
  };
}

class ServedFeed implements FeedSink<unknown> {
  readonly #serving: Serving;
  readonly #member: FeedMember;
  readonly #id: number;
  readonly #queue: FeedQueue;
  readonly #onEnd: () => void;
  #stopHandler: (() => void) | null = null;
  #ended = false;

  constructor(serving: Serving, member: FeedMember, message: ClientMessageOf<'feed-open'>, onEnd: () => void) {
    this.#serving = serving;
    this.#member = member;
    this.#id = message.id;
    this.#queue = new FeedQueue(message.credit, (event) => this.#trySend(event));
    this.#onEnd = onEnd;
  }

  start(name: string, key: unknown, after: number | null): void {
    const { handlers, context, unexpected } = this.#serving;
    try {
      const handler = handlers.feeds[name];
      if (handler === undefined) return this.end(unknownMember('feed', name));
      const stop = handler(key, after, this, { context });
      if (this.#ended) stop();
      else this.#stopHandler = stop;
    } catch (error) {
      this.end(unexpected(error));
    }
  }

  grant(credit: number): void {
    if (!this.#ended) this.#queue.grant(credit);
  }

  snapshot(items: readonly unknown[], seq: number): void {
    if (this.#ended) return;
    this.#queue.snapshot(
      items.flatMap((item) => this.#checked(item)),
      seq,
    );
  }

  upsert(item: unknown, seq: number): void {
    if (this.#ended) return;
    for (const checked of this.#checked(item)) {
      this.#queue.change({ kind: 'upsert', id: this.#member.idOf(checked), seq, item: checked });
    }
  }

  remove(id: string, seq: number): void {
    if (!this.#ended) this.#queue.change({ kind: 'remove', id, seq });
  }

  end(problem: WireProblem): void {
    if (this.#ended) return;
    this.#serving.wire.send({ kind: 'feed-end', id: this.#id, problem });
    this.stop();
  }

  stop(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEnd();
    try {
      this.#stopHandler?.();
    } catch (error) {
      this.#serving.unexpected(error);
    }
  }

  /** One item or none: a broken one must not hide the others. */
  #checked(item: unknown): unknown[] {
    const checked = this.#member.item.safeParse(item);
    if (checked.success) return [checked.data];
    this.#serving.unexpected(checked.error);
    return [];
  }

  /** A sink never throws into its handler, whatever the item holds. */
  #trySend(event: FeedEvent): void {
    try {
      this.#send(event);
    } catch (error) {
      this.#serving.unexpected(error);
    }
  }

  #send(event: FeedEvent): void {
    const { wire } = this.#serving;
    const id = this.#id;
    if (event.kind === 'snapshot') return this.#sendSnapshot(event.items, event.seq);
    const sent =
      event.kind === 'upsert'
        ? wire.send({ kind: 'feed-upsert', id, seq: event.seq, item: event.item })
        : wire.send({ kind: 'feed-remove', id, seq: event.seq, item: event.id });
    if (sent !== 'sent') this.#serving.unexpected(new RangeError(`A feed item could not be sent: ${sent}`));
  }

  #sendSnapshot(items: readonly unknown[], seq: number): void {
    const { wire, unexpected } = this.#serving;
    const parts = cutIntoParts(items, wire.limit);
    for (const [index, part] of parts.entries()) {
      const more = index < parts.length - 1;
      const sent = wire.send({ kind: 'feed-snapshot', id: this.#id, seq, items: part, more });
      if (sent === 'sent') continue;
      unexpected(new RangeError(`A feed item could not be sent: ${sent}`));
      // An empty part, so that the snapshot still comes to its end.
      wire.send({ kind: 'feed-snapshot', id: this.#id, seq, items: [], more });
    }
  }
}

/** Bytes of a frame that are not items, generously. */
const around = 256;

/** At least one part; an item too large for any frame gets a part of its own. */
function cutIntoParts(items: readonly unknown[], limit: number): unknown[][] {
  let part: unknown[] = [];
  let size = around;
  const parts = [part];
  for (const item of items) {
    const itemSize = utf8Size(JSON.stringify(item)) + 1;
    if (size + itemSize > limit && part.length > 0) {
      part = [];
      size = around;
      parts.push(part);
    }
    part.push(item);
    size += itemSize;
  }
  return parts;
}
