// What a client hears of a feed.
import type { WireProblem } from './protocol.ts';

export type FeedItemChange<Item> =
  | { readonly kind: 'upsert'; readonly item: Item }
  | { readonly kind: 'remove'; readonly id: string };

export interface FeedListener<Item> {
  /** The whole collection; forget what was there before. */
  onSnapshot(items: readonly Item[], seq: number): void;
  onChange(change: FeedItemChange<Item>, seq: number): void;
  /** Nothing comes any more. Open it again with the last `seq` to go on from there. */
  onEnd(problem: WireProblem): void;
}
