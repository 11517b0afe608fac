// What a host gives to serve a contract: one function for every member, typed by it.
import type { Result } from '../lib/result.ts';
import type {
  BytesName,
  CallName,
  CodeOf,
  Contract,
  FeedName,
  InputOf,
  ItemOf,
  KeyOf,
  OutputOf,
} from './define-contract.ts';
import type { ByteLane } from './byte-lane.ts';
import type { WireProblem } from './protocol.ts';

export interface Handlers<C extends Contract, Context> {
  readonly calls: {
    /** `signal` aborts when the caller cancels, its deadline passes or the connection closes. */
    readonly [N in CallName<C>]: (
      input: InputOf<C, N>,
      call: { readonly context: Context; readonly signal: AbortSignal },
    ) => Promise<Result<OutputOf<C, N>, WireProblem<CodeOf<C, N>>>>;
  };
  readonly feeds: {
    /**
     * Starts with `sink.snapshot`, or, when every change since `after` is still known, with just those. Returns the way to
     * stop, which is called once, whatever ended the feed.
     */
    readonly [N in FeedName<C>]: (
      key: KeyOf<C, N>,
      after: number | null,
      sink: FeedSink<ItemOf<C, N>>,
      call: { readonly context: Context },
    ) => () => void;
  };
  readonly bytes: {
    /** The lane works at once: what is sent before the answer is not lost. `signal` aborts when the lane ends. */
    readonly [N in BytesName<C>]: (
      key: KeyOf<C, N>,
      lane: ByteLane,
      call: { readonly context: Context; readonly signal: AbortSignal },
    ) => Promise<Result<null, WireProblem<CodeOf<C, N>>>>;
  };
}

/**
 * Where a feed's handler puts what happened; never throws, and never waits for the reader. While the reader lags, changes are
 * kept by item, so that the last one counts. Numbers go up. An item that does not match its schema is left out and reported.
 */
export interface FeedSink<Item> {
  snapshot(items: readonly Item[], seq: number): void;
  upsert(item: Item, seq: number): void;
  remove(id: string, seq: number): void;
  end(problem: WireProblem): void;
}

/** The handlers as the wire sees them, their types already checked. */
export interface LooseHandlers {
  readonly calls: Readonly<Record<string, LooseCall>>;
  readonly feeds: Readonly<Record<string, LooseFeed>>;
  readonly bytes: Readonly<Record<string, LooseBytes>>;
}
type LooseCall = (input: unknown, call: Around) => Promise<Result<unknown, WireProblem>>;
type LooseFeed = (
  key: unknown,
  after: number | null,
  sink: FeedSink<unknown>,
  call: Omit<Around, 'signal'>,
) => () => void;
type LooseBytes = (key: unknown, lane: ByteLane, call: Around) => Promise<Result<null, WireProblem>>;
interface Around {
  readonly context: unknown;
  readonly signal: AbortSignal;
}
