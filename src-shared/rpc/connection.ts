// The client's half of an open connection.
import type { ClientMessage, WireProblem } from './protocol.ts';
import type { Wire } from './wire.ts';

/** What the three kinds of member need from their connection. */
export interface Connection {
  readonly wire: Wire<ClientMessage>;
  readonly nextId: () => number;
  /** Null while it is open. */
  readonly closed: () => WireProblem | null;
  readonly onError: (error: unknown) => void;
}
