// The client's side of a connection.
import type { Result } from '../lib/result.ts';
import { fail, ok } from '../lib/result.ts';
import type { ByteLane } from './byte-lane.ts';
import { clientCalls } from './client-calls.ts';
import { clientFeeds } from './client-feeds.ts';
import { clientLanes } from './client-lanes.ts';
import type { Connection } from './connection.ts';
import type { FeedListener } from './feed-listener.ts';
import type {
  BytesName,
  CallName,
  CodeOf,
  Contract,
  FeedName,
  GivenOf,
  ItemOf,
  KeyOf,
  OutputOf,
  WireCode,
} from './define-contract.ts';
import {
  serverMessageSchema,
  wireProblem,
  type ClientMessage,
  type Hello,
  type ServerMessage,
  type WireProblem,
} from './protocol.ts';
import type { Transport } from './transport.ts';
import { openWire } from './wire.ts';

export interface ConnectOptions {
  /** Told to the host in the hello. */
  readonly build?: string;
  /** Milliseconds for every call that names none; without it calls may take as long as they do. */
  readonly deadlineMs?: number;
  /** What a listener threw. By default it is thrown again where no caller is. */
  readonly onError?: (error: unknown) => void;
  readonly maximalFrame?: number;
  /** Milliseconds within which the host must have said hello. */
  readonly helloWithin?: number;
  /** Feed events that may be under way to this client, per feed. */
  readonly feedCredit?: number;
}

export interface Client<C extends Contract> {
  /** Never rejects. */
  call<N extends CallName<C>>(
    name: N,
    input: GivenOf<C, N>,
    options?: { readonly signal?: AbortSignal; readonly deadlineMs?: number },
  ): Promise<Result<OutputOf<C, N>, WireProblem<CodeOf<C, N> | WireCode>>>;
  /** `after` is the last number that the caller has. Returns the way to stop, after which nothing is told. */
  feed<N extends FeedName<C>>(
    name: N,
    key: KeyOf<C, N>,
    listener: FeedListener<ItemOf<C, N>>,
    after?: number,
  ): () => void;
  /** Never rejects. */
  bytes<N extends BytesName<C>>(
    name: N,
    key: KeyOf<C, N>,
  ): Promise<Result<ByteLane, WireProblem<CodeOf<C, N> | WireCode>>>;
  /** The host's hello, or `incompatible`, `deadline` or `disconnected`. */
  readonly ready: Promise<Result<Hello, WireProblem<WireCode>>>;
  readonly closed: Promise<string>;
  onClose(listener: (why: string) => void): void;
  close(): void;
}

/** Calls may be made at once: what is sent before the host's hello is answered after it. */
export function connect<C extends Contract>(
  contract: C,
  transport: Transport,
  options: ConnectOptions = {},
): Client<C> {
  const { build = '', onError = throwLater, helloWithin = 10_000, feedCredit = 64 } = options;
  const wire = openWire<ServerMessage, ClientMessage>({
    transport,
    incoming: serverMessageSchema,
    limit: options.maximalFrame,
    onMessage: (message) => receive(message),
    onFrame: (frame) => lanes.frame(frame),
    onError,
  });
  let lastId = 0;
  let disconnected: WireProblem<WireCode> | null = null;
  const connection: Connection = { wire, nextId: () => (lastId += 1), closed: () => disconnected, onError };
  const calls = clientCalls(connection, options.deadlineMs);
  const feeds = clientFeeds(connection, feedCredit);
  const lanes = clientLanes(connection);

  let settleReady: (result: Result<Hello, WireProblem<WireCode>>) => void = () => undefined;
  const ready = new Promise<Result<Hello, WireProblem<WireCode>>>((resolve) => (settleReady = resolve));
  const helloTimer = setTimeout(() => {
    settleReady(fail(wireProblem('deadline', 'The host did not answer.')));
    wire.close('No hello came');
  }, helloWithin);

  const closed = new Promise<string>((resolve) => {
    wire.onClose((why) => {
      clearTimeout(helloTimer);
      const problem = wireProblem('disconnected', 'The connection to the host is gone.', { details: why });
      disconnected = problem;
      settleReady(fail(problem));
      calls.close(problem);
      feeds.close(problem);
      lanes.close(problem);
      resolve(why);
    });
  });
  wire.send({ kind: 'hello', ...contract.version, build });
  wire.start();

  const client = {
    call: calls.call,
    feed: feeds.open,
    bytes: lanes.open,
    ready,
    closed,
    onClose: (listener: (why: string) => void) => wire.onClose(listener),
    close: () => wire.close('The client closed the connection'),
  };
  // Names and values are checked by the host; the types of Client say what a checked answer is.
  return client as unknown as Client<C>;

  function receive(message: ServerMessage): void {
    switch (message.kind) {
      case 'hello':
        return greet(message);
      case 'reply':
        return calls.settle(message.id, ok(message.value));
      case 'problem':
        return calls.settle(message.id, fail(message.problem));
      case 'bytes-opened':
        return lanes.opened(message.id);
      case 'bytes-refused':
        return lanes.refused(message.id, message.problem);
      case 'bytes-close':
        return lanes.ended(message.id, message.why);
      default:
        return feeds.receive(message);
    }
  }

  function greet({ major, minor, build: hostBuild }: Hello): void {
    clearTimeout(helloTimer);
    if (major === contract.version.major) return settleReady(ok({ major, minor, build: hostBuild }));
    settleReady(fail(incompatible(major, contract.version.major)));
    wire.close('incompatible');
  }
}

const incompatible = (host: number, own: number): WireProblem<WireCode> =>
  wireProblem('incompatible', `The host speaks version ${host} of the contract, this client version ${own}.`, {
    todo: host > own ? 'Reload or update this client.' : 'Restart the host with its newer version.',
  });

function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
