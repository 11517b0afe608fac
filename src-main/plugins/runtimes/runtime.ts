// Port: a place where an agent's process runs in a terminal and outlives every host.
import type { AttachOptions, TerminalSpec } from '#shared/domain/terminal-spec.ts';
import type {
  KillReport,
  RunningTerminal,
  RuntimeProblem,
  TerminalOrigin,
  TerminalProbe,
  TerminalScreen,
  TerminalStatus,
  TerminalTrace,
} from '#shared/domain/terminal-status.ts';
import type { Result } from '#shared/lib/result.ts';
import type { Frame } from '#shared/rpc/frame.ts';

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

export interface SurveyedTerminal {
  readonly terminal: string;
  /** Name of its runtime, as its row has it. */
  readonly runtime: string;
}

export interface Survey {
  readonly statuses: readonly TerminalStatus[];
  /** Of those that were asked for and that no status names. */
  readonly probes: ReadonlyMap<string, TerminalProbe>;
  /** Why the service that shows terminals could not be asked; null also when there is none. */
  readonly unreachable: string | null;
}

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
  /** What runs in it now, in one call, whoever knows of it. Starts, shows and changes nothing. */
  running(): Promise<Result<readonly RunningTerminal[], RuntimeProblem>>;
  /** Never starts anything, never throws. */
  trace(terminal: string): Promise<TerminalTrace>;
  /** Null when nothing is kept of it, or that can't be read. Reads one small file; starts nothing, never throws. */
  origin(terminal: string): TerminalOrigin | null;
  /**
   * What one call of each service tells of these terminals, with all that it knows besides: never a call or process per terminal. A service
   * that fails, or does not answer in time, leaves its own unknown and nobody else's. Never throws.
   */
  survey(terminals: readonly SurveyedTerminal[]): Promise<Survey>;
  input(terminal: string, bytes: Uint8Array): Promise<Result<null, RuntimeProblem>>;
  /** From the transcript when the terminal has ended. Of one that lives, a service that can't tell just now is a problem. */
  screen(terminal: string): Promise<Result<TerminalScreen, RuntimeProblem>>;
  /** The last `lines` lines of history and screen as plain text, from the transcript when the terminal has ended. */
  output(terminal: string, lines: number): Promise<Result<string, RuntimeProblem>>;
  attach(
    terminal: string,
    options: AttachOptions,
    listener: AttachmentListener,
  ): Promise<Result<TerminalAttachment, RuntimeProblem>>;
  /**
   * Removes what the runtime keeps of an ended terminal (transcript, checkpoint); with `keepOutput` that stays and can be read on.
   * A terminal that lives is refused.
   */
  forget(terminal: string, options?: { readonly keepOutput: boolean }): Promise<Result<null, RuntimeProblem>>;
  /**
   * Reports created, ended and, at most four times a second per terminal, printing terminals. Reconnects by itself; the listener
   * gets `null` when the service went away and a status per terminal when it is back. Returns the way to stop.
   */
  onStatus(listener: (status: TerminalStatus | null) => void): () => void;
  close(): void;
}
