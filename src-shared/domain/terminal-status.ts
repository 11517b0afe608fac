// What a runtime tells about a terminal.
import type { Problem } from './problem.ts';
import type { TerminalExit, TerminalSize } from './terminal.ts';

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

export type RuntimeProblem = Problem<'runtime-unreachable' | 'terminal-unknown' | 'terminal-not-started'>;
