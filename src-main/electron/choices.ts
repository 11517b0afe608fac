// What a person chose for a window outside of it, on its way to the page.
import type { Choice } from '#shared/contract/shell-contract.ts';
import type { FeedSink } from '#shared/rpc/handlers.ts';

/** Those that a page which lost its connection may ask for again. */
const kept = 50;

/** Those that nobody heard wait for the next page. */
export class Choices {
  readonly #sinks = new Set<FeedSink<Choice>>();
  #recent: readonly { readonly choice: Choice; readonly seq: number }[] = [];
  #last = 0;
  #heard = 0;

  push(choice: Choice): void {
    this.#last += 1;
    this.#recent = [...this.#recent, { choice, seq: this.#last }].slice(-kept);
    for (const sink of this.#sinks) sink.upsert(choice, this.#last);
    if (this.#sinks.size > 0) this.#heard = this.#last;
  }

  /** `after` is null for a new page, which gets what no page heard. */
  subscribe(after: number | null, sink: FeedSink<Choice>): () => void {
    if (after === null) sink.snapshot([], this.#heard);
    const since = after ?? this.#heard;
    for (const { choice, seq } of this.#recent) if (seq > since) sink.upsert(choice, seq);
    this.#heard = this.#last;
    this.#sinks.add(sink);
    return () => this.#sinks.delete(sink);
  }
}
