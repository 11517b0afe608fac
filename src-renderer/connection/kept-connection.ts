// Keeps a connection: reconnects with a growing pause, and re-opens feeds where they stopped.
import type { Result } from '#shared/lib/result.ts';
import { fail } from '#shared/lib/result.ts';
import type { ByteLane } from '#shared/rpc/byte-lane.ts';
import type { Client } from '#shared/rpc/connect.ts';
import type { FeedListener } from '#shared/rpc/feed-listener.ts';
import type { BytesName, Contract, FeedName, ItemOf, KeyOf } from '#shared/rpc/define-contract.ts';
import { wireProblem, type WireProblem } from '#shared/rpc/protocol.ts';
import { createStore, type Readable } from '../lib/store.ts';

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  /** `since`: ms since the epoch when the last connection was lost. `attempt` counts from 1. */
  | {
      readonly kind: 'reconnecting';
      readonly since: number;
      readonly attempt: number;
      readonly why: string;
      readonly signedOut: boolean;
    }
  /** Speaks another version: trying again does not help, reloading may. */
  | { readonly kind: 'refused'; readonly problem: WireProblem };

export interface KeptConnection<C extends Contract> {
  readonly state: Readable<ConnectionState>;
  readonly call: Client<C>['call'];
  /** Follows a feed over every reconnect. `after` is asked each time it is opened. */
  follow<N extends FeedName<C>>(
    name: N,
    key: KeyOf<C, N>,
    listener: FeedListener<ItemOf<C, N>>,
    after: () => number | undefined,
  ): () => void;
  /** One lane on the present connection; it ends with it. */
  openLane<N extends BytesName<C>>(name: N, key: KeyOf<C, N>): Promise<Result<ByteLane, WireProblem>>;
  /** Tries at once instead of waiting for the end of the pause. */
  retry(): void;
  close(): void;
}

const firstPause = 250;
const longestPause = 8_000;
/** Milliseconds before a feed that the host ended is opened again. */
const feedPause = 1_000;

/** @param signedOut is asked after each failure: is there a host that does not let this browser in? */
export function keepConnected<C extends Contract>(
  /** Opens one connection; called again after each that ended. */
  open: () => Client<C>,
  signedOut: () => Promise<boolean> = () => Promise.resolve(false),
  now: () => number = Date.now,
): KeptConnection<C> {
  const state = createStore<ConnectionState>({ kind: 'connecting' });
  const followers = new Set<(client: Client<C>) => void>();
  let client: Client<C> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lostAt: number | null = null;
  let attempt = 0;
  let ended = false;

  dial();
  return {
    state,
    call: (name, input, options) =>
      client === null ? Promise.resolve(fail(noConnection())) : client.call(name, input, options),
    follow(name, key, listener, after) {
      return followFeed<C>(
        (opener) => {
          followers.add(opener);
          if (client !== null) opener(client);
          return () => followers.delete(opener);
        },
        (host, onEnd) => host.feed(name, key, { ...bound(listener), onEnd }, after()),
        (problem) => listener.onEnd(problem),
      );
    },
    openLane: (name, key) => (client === null ? Promise.resolve(fail(noConnection())) : client.bytes(name, key)),
    retry() {
      if (client === null && !ended) dial();
    },
    close() {
      ended = true;
      clearTimeout(timer);
      client?.close();
    },
  };

  function dial(): void {
    clearTimeout(timer);
    const dialled = open();
    let lost = false;
    dialled.onClose((why) => {
      lost = true;
      if (client === dialled) client = null;
      if (!ended && state.get().kind !== 'refused') again(why);
    });
    void dialled.ready.then((hello) => {
      if (ended || lost) return;
      if (!hello.ok)
        return hello.problem.code === 'incompatible'
          ? state.set({ kind: 'refused', problem: hello.problem })
          : undefined;
      client = dialled;
      attempt = 0;
      lostAt = null;
      state.set({ kind: 'connected' });
      for (const follower of [...followers]) follower(dialled);
    });
  }

  function again(why: string): void {
    attempt += 1;
    lostAt ??= now();
    const before = state.get();
    const known = before.kind === 'reconnecting' && before.signedOut;
    state.set({ kind: 'reconnecting', since: lostAt, attempt, why, signedOut: known });
    void signedOut().then((out) => {
      const present = state.get();
      if (present.kind === 'reconnecting') state.set({ ...present, signedOut: out });
    });
    const pause = Math.min(longestPause, firstPause * 2 ** Math.min(attempt - 1, 10));
    clearTimeout(timer);
    timer = setTimeout(dial, pause * (0.8 + Math.random() * 0.4));
  }
}

const noConnection = () =>
  wireProblem('disconnected', 'Athene is not connected to its host right now.', {
    kept: 'Agents keep running.',
    todo: 'It reconnects by itself; try again then.',
  });

function bound<Item>(listener: FeedListener<Item>): Pick<FeedListener<Item>, 'onSnapshot' | 'onChange'> {
  return {
    onSnapshot: (items, seq) => listener.onSnapshot(items, seq),
    onChange: (change, seq) => listener.onChange(change, seq),
  };
}

/** Opens on every new connection, and again after a pause when the host ended just the feed. */
function followFeed<C extends Contract>(
  register: (opener: (client: Client<C>) => void) => () => void,
  openFeed: (client: Client<C>, onEnd: (problem: WireProblem) => void) => () => void,
  tellEnd: (problem: WireProblem) => void,
): () => void {
  let stopFeed: () => void = () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const opener = (client: Client<C>): void => {
    clearTimeout(timer);
    stopFeed();
    stopFeed = openFeed(client, (problem) => {
      tellEnd(problem);
      if (problem.code !== 'disconnected') timer = setTimeout(() => opener(client), feedPause);
    });
  };
  const unregister = register(opener);
  return () => {
    unregister();
    clearTimeout(timer);
    stopFeed();
  };
}
