// The host's side of a connection.
import { Scope } from '../lib/scope.ts';
import type { Contract } from './define-contract.ts';
import type { Handlers, LooseHandlers } from './handlers.ts';
import {
  clientMessageSchema,
  wireProblem,
  type ClientMessage,
  type ClientMessageOf,
  type ServerMessage,
  type WireProblem,
} from './protocol.ts';
import { serveCalls } from './serve-calls.ts';
import { serveFeeds } from './serve-feeds.ts';
import { serveLanes } from './serve-lanes.ts';
import type { Serving } from './serving.ts';
import type { Transport } from './transport.ts';
import { openWire } from './wire.ts';

export interface ServeOptions {
  /** Told to the client in the hello. */
  readonly build?: string;
  /** Unexpected errors: what a handler threw or wrongly returned. The caller saw the correlation id, if any. */
  readonly onError?: (error: unknown, correlation: string | null) => void;
  /** Largest frame in bytes, both ways. */
  readonly maximalFrame?: number;
  /** Milliseconds within which the client must have said hello. */
  readonly helloWithin?: number;
  /** Calls, feeds and lanes that one client may have open, each. */
  readonly maximalOpen?: number;
}

export interface ServedConnection {
  /** Ends what is in flight and the transport. */
  close(why?: string): void;
  readonly closed: Promise<string>;
}

/**
 * Serves the contract to the client at the other end. Nothing that a client sends makes it throw; when the connection ends,
 * every call and lane is aborted and every feed stopped.
 */
export function serve<C extends Contract, Context>(
  contract: C,
  handlers: Handlers<C, Context>,
  transport: Transport,
  context: Context,
  options: ServeOptions = {},
): ServedConnection {
  const { build = '', onError = () => undefined, helloWithin = 10_000, maximalOpen = 1000 } = options;
  const wire = openWire<ClientMessage, ServerMessage>({
    transport,
    incoming: clientMessageSchema,
    limit: options.maximalFrame,
    onMessage: (message) => receive(message),
    onFrame: (frame) => greeted && lanes.frame(frame),
    onError: (error) => onError(error, null),
  });
  const serving: Serving = {
    contract,
    // The mapped types have been checked at the call of serve; from here on names are strings from outside.
    handlers: handlers as unknown as LooseHandlers,
    context,
    wire,
    maximalOpen,
    unexpected: (error) => reportUnexpected(error, onError),
  };
  const calls = serveCalls(serving);
  const feeds = serveFeeds(serving);
  const lanes = serveLanes(serving);

  let greeted = false;
  const helloTimer = setTimeout(() => wire.close('No hello came'), helloWithin);
  const scope = new Scope();
  scope.add(() => clearTimeout(helloTimer));
  scope.add(() => lanes.close());
  scope.add(() => feeds.close());
  scope.add(() => calls.close());

  const closed = new Promise<string>((resolve) => {
    wire.onClose((why) => {
      scope.close().catch((error: unknown) => onError(error, null));
      resolve(why);
    });
  });
  wire.send({ kind: 'hello', ...contract.version, build });
  wire.start();
  return { close: (why = 'The host closed the connection') => wire.close(why), closed };

  function receive(message: ClientMessage): void {
    if (message.kind === 'hello') greet(message);
    else if (!greeted) wire.close('The first message must be hello');
    else dispatch(message);
  }

  function greet({ major }: ClientMessageOf<'hello'>): void {
    clearTimeout(helloTimer);
    greeted = true;
    if (major !== contract.version.major) wire.close(`incompatible: this host speaks ${contract.version.major}`);
  }

  function dispatch(message: Exclude<ClientMessage, { kind: 'hello' }>): void {
    switch (message.kind) {
      case 'call':
        return calls.start(message);
      case 'cancel':
        return calls.cancel(message.id);
      case 'feed-open':
        return feeds.open(message);
      case 'feed-credit':
        return feeds.grant(message);
      case 'feed-close':
        return feeds.stop(message.id);
      case 'bytes-open':
        return lanes.open(message);
      case 'bytes-close':
        return lanes.stop(message);
    }
  }
}

function reportUnexpected(error: unknown, onError: (error: unknown, correlation: string) => void): WireProblem {
  // Not a secret: it only joins a line of the log with what a person sees.
  const correlation = Math.random().toString(36).slice(2, 10);
  onError(error, correlation);
  return wireProblem('internal', 'The host met an error that it did not expect.', {
    todo: `Look for ${correlation} in the log.`,
    details: correlation,
  });
}
