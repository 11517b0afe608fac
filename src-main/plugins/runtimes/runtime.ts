// Port: a place where an agent's process runs in a terminal and outlives every host.
import type { Problem } from '#shared/domain/problem.ts';
import type { TerminalExit, TerminalSize } from '#shared/domain/terminal.ts';
import type { Result } from '#shared/lib/result.ts';
import type { Frame } from '#shared/rpc/frame.ts';

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

/** Three values: it lives, it has ended (and how, where known), or nobody can tell. */
export type TerminalProbe =
  | { readonly kind: 'alive'; readonly pid: number }
  | { readonly kind: 'ended'; readonly exit: TerminalExit | null }
  | { readonly kind: 'unknown'; readonly why: string };

export interface TerminalStatus {
  readonly terminal: string;
  readonly session: string;
  readonly pid: number;
  readonly size: TerminalSize;
  /** Output bytes since the start. */
  readonly offset: number;
  /** Milliseconds since the epoch; null while nothing was printed. */
  readonly lastOutputAt: number | null;
  /** Last bell (BEL outside of a string), milliseconds since the epoch. */
  readonly bellAt: number | null;
  /** Title that the program set; hostile text, cleaned to one printable line of at most 200 characters. */
  readonly title: string | null;
  readonly exit: TerminalExit | null;
}

/** What `kill` found: `survivors` are pids that could not be ended, empty when the whole tree is gone. */
export interface KillReport {
  readonly exit: TerminalExit | null;
  readonly survivors: readonly number[];
}

/** Text of the screen as a person sees it; rows without trailing blanks, cursor zero-based. */
export interface TerminalScreen {
  readonly size: TerminalSize;
  readonly rows: readonly string[];
  readonly cursor: { readonly row: number; readonly col: number };
  readonly alternate: boolean;
  /** Output offset that the screen shows. */
  readonly offset: number;
}

export interface AttachOptions {
  /** `screen`: a snapshot, then what follows. A number: exactly the bytes from that offset on, or a snapshot when they are no longer kept. */
  readonly from: 'screen' | number;
  /** Ask for the lease at once (replies to queries, size of the PTY). */
  readonly lease: boolean;
}

/** One viewer's two-way lane to one terminal; frames as in `terminalFrame`, their channel is meaningless here. */
export interface TerminalAttachment {
  send(frame: Pick<Frame, 'type' | 'offset' | 'payload'>): void;
  close(): void;
}

export interface AttachmentListener {
  onFrame(frame: Pick<Frame, 'type' | 'offset' | 'payload'>): void;
  /** The lane ended without the viewer asking: the runtime went away. Attach again from the last offset. */
  onClose(why: string): void;
}

export type RuntimeProblem = Problem<'runtime-unreachable' | 'terminal-unknown' | 'terminal-not-started'>;

export interface Runtime {
  readonly name: string;
  /** Starts the runtime's service when it is not there; never replaces one that does not answer. */
  create(spec: TerminalSpec): Promise<Result<{ readonly pid: number }, RuntimeProblem>>;
  /** Resolves when the whole process tree is gone, or when the survivors are known (TERM, 3 s, KILL). */
  kill(terminal: string): Promise<Result<KillReport, RuntimeProblem>>;
  /** Never starts anything, never throws. */
  probe(terminal: string): Promise<TerminalProbe>;
  /** All terminals of the home in one call; an absent service is an empty list, an unreachable one a problem. */
  list(): Promise<Result<readonly TerminalStatus[], RuntimeProblem>>;
  input(terminal: string, bytes: Uint8Array): Promise<Result<null, RuntimeProblem>>;
  screen(terminal: string): Promise<Result<TerminalScreen, RuntimeProblem>>;
  /** The last `lines` lines of history and screen as plain text, from the transcript when the terminal has ended. */
  output(terminal: string, lines: number): Promise<Result<string, RuntimeProblem>>;
  attach(
    terminal: string,
    options: AttachOptions,
    listener: AttachmentListener,
  ): Promise<Result<TerminalAttachment, RuntimeProblem>>;
  /** Removes what the runtime keeps of an ended terminal (transcript, checkpoint). A terminal that lives is refused. */
  forget(terminal: string): Promise<Result<null, RuntimeProblem>>;
  /**
   * Reports created, ended and, at most four times a second per terminal, printing terminals. Reconnects by itself; the listener
   * gets `null` when the service went away and a status per terminal when it is back. Returns the way to stop.
   */
  onStatus(listener: (status: TerminalStatus | null) => void): () => void;
  close(): void;
}
