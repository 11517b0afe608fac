// What a runtime tells about a terminal.
import type { Problem } from './problem.ts';
import type { TerminalExit, TerminalSize } from './terminal.ts';

/** Three values: it lives, it has ended (and how, where known), or nobody can tell. */
export type TerminalProbe =
  | { readonly kind: 'alive'; readonly pid: number }
  | { readonly kind: 'ended'; readonly exit: TerminalExit | null }
  | { readonly kind: 'unknown'; readonly why: string };

/** A program that runs in a runtime now, whether or not anybody has a row of it. */
export interface RunningTerminal {
  readonly terminal: string;
  /** Name under which it was started. */
  readonly session: string;
  readonly pid: number;
}

/** What can be told of a terminal that its runtime does not show, from what was written down when it was made. */
export interface TerminalTrace {
  /** Null while nobody has seen it end. */
  readonly exit: TerminalExit | null;
  /** Its first process. */
  readonly agent: 'alive' | 'gone' | 'unknown';
  /** The process that held its PTY: without it nobody can see or answer the program again. */
  readonly keeper: 'alive' | 'gone' | 'unknown';
  /** It was made before the machine was last started. */
  readonly earlierBoot: boolean;
}

/** A process as `pid` + start + boot. */
interface NamedProcess {
  readonly pid: number;
  readonly startTime: string;
  readonly bootId: string;
}

/** Which processes a terminal was made with, as was written down then; whether they live is another question. */
export interface TerminalOrigin {
  /** Its first process. */
  readonly process: NamedProcess;
  /** The process that holds its PTY. */
  readonly keeper: NamedProcess;
  /** The first process only shows the program, which runs elsewhere. */
  readonly onlyShows: boolean;
}

export interface TerminalStatus {
  readonly terminal: string;
  readonly session: string;
  readonly pid: number;
  readonly size: TerminalSize;
  /** Output bytes since the start. */
  readonly offset: number;
  /** Milliseconds since the epoch, as all times here; null while nothing was printed. */
  readonly lastOutputAt: number | null;
  /** When the latest stretch of output began: one without a pause of `settlesAfter`. */
  readonly outputSince: number | null;
  /** Last output of a stretch that had gone on for more than `goesOnAfter`: work, not a redrawn screen. */
  readonly busyAt: number | null;
  /** When the program last said that it works (progress, OSC 9;4, or a shell that began a command, OSC 133;C), and that it does not. */
  readonly worksAt?: number | null | undefined;
  readonly restsAt?: number | null | undefined;
  /** Last bell (BEL outside of a string). */
  readonly bellAt: number | null;
  /** Last notice (OSC 9, 777 or 99), and its text: hostile, cleaned like the title. */
  readonly noticeAt: number | null;
  readonly notice: string | null;
  /** When a viewer or a message last typed something; the emulator's own replies do not count. */
  readonly inputAt: number | null;
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
  /** The program asked for pastes in brackets (mode 2004). Absent where an older service does not tell. */
  readonly bracketedPaste?: boolean;
  /** Output offset that the screen shows. */
  readonly offset: number;
}

export type RuntimeProblem = Problem<'runtime-unreachable' | 'terminal-unknown' | 'terminal-not-started'>;
