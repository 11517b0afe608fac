// What is asked of a runtime: a terminal, and a place to look at it.
import type { TerminalSize } from './terminal.ts';

export interface TerminalSpec {
  /** UUIDv7 chosen by the caller: creating the same one twice returns the first. */
  readonly terminal: string;
  /** Session id; stamped into the environment as the marker by which stray processes are found. */
  readonly session: string;
  readonly argv: readonly [string, ...string[]];
  /** Absolute directory. */
  readonly cwd: string;
  /** The whole environment of the process; nothing else is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly size: TerminalSize;
}

export interface AttachOptions {
  /** `screen`: a snapshot, then what follows. A number: exactly the bytes from that offset on, or a snapshot when they are no longer kept. */
  readonly from: 'screen' | number;
  /** Ask for the lease at once (replies to queries, size of the PTY). */
  readonly lease: boolean;
}
