// The host's half of an open connection.
import type { Contract } from './define-contract.ts';
import type { LooseHandlers } from './handlers.ts';
import type { ServerMessage, WireProblem } from './protocol.ts';
import type { Wire } from './wire.ts';

/** What the three kinds of member need from their connection. */
export interface Serving {
  readonly contract: Contract;
  readonly handlers: LooseHandlers;
  readonly context: unknown;
  readonly wire: Wire<ServerMessage>;
  readonly maximalOpen: number;
  /** Reports what was not expected and gives what the client may know of it. */
  readonly unexpected: (error: unknown) => WireProblem;
}
