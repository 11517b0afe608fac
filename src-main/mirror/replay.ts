// Puts frames into a replica in pieces, giving way between them.
import { terminalLimits } from '#shared/domain/terminal-limits.ts';
import { decodeSize, terminalFrame, type TerminalSize } from '#shared/domain/terminal.ts';
import type { Frame } from '#shared/rpc/frame.ts';
import type { CharsetNames } from './charsets.ts';
import { Pace } from './pace.ts';
import type { Cut } from './replica.ts';
import { Replica } from './replica.ts';

/** A transcript begins with its size; only a damaged one does not. */
const assumedSize: TerminalSize = { cols: 80, rows: 24 };

export interface ReplayStart {
  readonly cut: Cut | null;
  readonly nameOf: CharsetNames;
  readonly scrollback?: number;
  /** Shared by what is parsed in one process; at full speed when there is none. */
  readonly pace?: Pace;
  /** False while there is time. */
  readonly hurries?: () => boolean;
}

/** A replica on its way along a transcript: from a checkpoint, or from the first frame. */
export class Replay {
  readonly #start: ReplayStart;
  readonly #pace: Pace;
  readonly #hurries: () => boolean;
  #replica: Replica | null;

  constructor(start: ReplayStart) {
    this.#start = start;
    this.#pace = start.pace ?? new Pace();
    this.#hurries = start.hurries ?? (() => true);
    this.#replica = start.cut === null ? null : Replica.fromCut(start.cut, start.nameOf, start.scrollback);
  }

  get replica(): Replica {
    this.#replica ??= new Replica(assumedSize, this.#start.nameOf, this.#start.scrollback);
    return this.#replica;
  }

  /** Resolves to how many output bytes were new. */
  async apply(frame: Frame): Promise<number> {
    if (frame.type === terminalFrame.resize) this.#resize(frame);
    if (frame.type !== terminalFrame.output) return 0;
    let fresh = 0;
    for (let at = 0; at < frame.payload.length; at += terminalLimits.slice) {
      await this.#pace.turn(this.#hurries);
      const payload = frame.payload.subarray(at, at + terminalLimits.slice);
      fresh += this.replica.apply({ type: frame.type, offset: frame.offset + at, payload });
    }
    return fresh;
  }

  #resize(frame: Frame): void {
    const before = this.#start.cut !== null && frame.offset < this.#start.cut.offset;
    if (before) return;
    if (this.#replica === null)
      this.#replica = new Replica(decodeSize(frame.payload), this.#start.nameOf, this.#start.scrollback);
    else this.#replica.apply(frame);
  }
}
