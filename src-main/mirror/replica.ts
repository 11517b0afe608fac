// One terminal replayed from its output: feeds bytes, knows how far it is and where it may be cut.
import { decodeSize, terminalFrame, type TerminalSize } from '#shared/domain/terminal.ts';
import { lastIntroducer, terminalLimits, wholeCharacters } from '#shared/domain/terminal-limits.ts';
import type { Frame } from '#shared/rpc/frame.ts';
import type { CharsetNames } from './charsets.ts';
import { takeSnapshot } from './snapshot.ts';
import { createTerminal, mirrorScrollback, type MirrorTerminal } from './terminal.ts';
import { parserState, type Core } from './terminal-state.ts';

export interface Cut {
  readonly size: TerminalSize;
  /** Bytes from here on continue the text. */
  readonly offset: number;
  readonly text: string;
}

export class Replica {
  readonly #terminal: MirrorTerminal;
  readonly #nameOf: CharsetNames;
  /** Bytes parsed, as an offset into the output. */
  #offset = 0;
  /** The start of a character whose end has not come yet. */
  #held: Uint8Array = new Uint8Array(0);
  /** Where the unfinished sequence began, when the parser is inside one. */
  #sequenceStart: number | null = null;
  /** Opens a string that swallows the rest of one that was too long; kept while that lasts. */
  #swallowing: string | null = null;
  /** The size changed inside a sequence or character: its beginning belongs to the old size, so it can't be parsed again. */
  #resizedInside = false;

  constructor(size: TerminalSize, nameOf: CharsetNames, scrollback?: number) {
    this.#terminal = createTerminal(size, scrollback);
    this.#nameOf = nameOf;
  }

  static fromCut(cut: Cut, nameOf: CharsetNames, scrollback?: number): Replica {
    const replica = new Replica(cut.size, nameOf, scrollback);
    replica.#terminal.core._inputHandler.parse(cut.text);
    replica.#offset = cut.offset;
    if (!replica.#atGround()) replica.#swallowing = swallower(replica.core);
    return replica;
  }

  get core(): Core {
    return this.#terminal.core;
  }

  /** Offset after the last byte received, parsed or held. */
  get offset(): number {
    return this.#offset + this.#held.length;
  }

  get size(): TerminalSize {
    return { cols: this.core.cols, rows: this.core.rows };
  }

  /** Output, resize and exit frames; others mean nothing here. Returns how many output bytes there were. */
  apply({ type, offset, payload }: Pick<Frame, 'type' | 'offset' | 'payload'>): number {
    if (type === terminalFrame.resize) this.#resize(decodeSize(payload));
    if (type !== terminalFrame.output) return 0;
    if (offset > this.offset) this.#jump(offset);
    const fresh = payload.subarray(Math.max(this.offset - offset, 0));
    this.feed(fresh);
    return fresh.length;
  }

  /** Leaves output out that would have left no trace but these colours (see `Flood`). */
  skipTo(offset: number, colours: string): void {
    this.#jump(offset);
    this.core._inputHandler.parse(colours);
  }

  /** Parses at once; the caller slices what is long (see `terminalLimits.slice`). */
  feed(bytes: Uint8Array): void {
    const all = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const whole = wholeCharacters(all);
    this.#held = all.slice(whole);
    if (whole > 0) this.#parse(all.subarray(0, whole));
  }

  /**
   * The state at the last place where no sequence was open; null when there is none, which the next bytes end: a sequence with
   * control characters inside, which have taken effect already, or one during which the size changed.
   */
  cut(history: number = mirrorScrollback): Cut | null {
    if (this.#resizedInside) return null;
    const text = takeSnapshot(this.core, this.#nameOf, history);
    if (this.#swallowing !== null) return { size: this.size, offset: this.#offset, text: text + this.#swallowing };
    if (this.#atGround()) return { size: this.size, offset: this.#offset, text };
    return this.#sequenceStart === null ? null : { size: this.size, offset: this.#sequenceStart, text };
  }

  #resize(size: TerminalSize): void {
    this.#terminal.resize(size);
    this.#resizedInside ||= this.#held.length > 0 || !this.#atGround();
  }

  dispose(): void {
    this.#terminal.dispose();
  }

  #atGround(): boolean {
    return this.core._inputHandler._parser.currentState === parserState.ground;
  }

  #parse(bytes: Uint8Array): void {
    const start = this.#offset;
    this.#offset += bytes.length;
    try {
      this.core._inputHandler.parse(bytes);
    } catch {
      // Printing itself failed: the rest of the slice is lost, the parser must still begin anew.
      this.core._inputHandler._parser.reset();
    }
    this.#cutTitles();
    if (this.#atGround()) {
      this.#sequenceStart = this.#swallowing = null;
      this.#resizedInside = false;
    } else this.#openSequence(bytes, start);
  }

  #openSequence(bytes: Uint8Array, start: number): void {
    const introducer = lastIntroducer(bytes);
    if (introducer >= 0) {
      this.#swallowing = null;
      const clean = this.#inString() || !hasControls(bytes.subarray(introducer));
      this.#sequenceStart = clean ? start + introducer : null;
    } else if (!this.#inString() && hasControls(bytes)) this.#sequenceStart = null;
    const begun = this.#sequenceStart ?? start;
    if (this.#swallowing === null && this.#offset - begun > terminalLimits.string) this.#swallow();
  }

  #inString(): boolean {
    return this.core._inputHandler._parser.currentState >= parserState.string;
  }

  #swallow(): void {
    this.#swallowing = swallower(this.core);
    this.core._inputHandler.parse(`\x18${this.#swallowing}`);
  }

  /** Bytes were lost: nothing of a sequence or character begun before can be completed. */
  #jump(offset: number): void {
    this.#held = new Uint8Array(0);
    this.#offset = offset;
    this.#sequenceStart = this.#swallowing = null;
    this.core._inputHandler._parser.reset();
  }

  #cutTitles(): void {
    const handler = this.core._inputHandler;
    if (handler._windowTitle.length > terminalLimits.title)
      handler._windowTitle = handler._windowTitle.slice(0, terminalLimits.title);
    if (handler._iconName.length > terminalLimits.title)
      handler._iconName = handler._iconName.slice(0, terminalLimits.title);
  }
}

/** Controls other than ESC take effect in the middle of a control sequence, and would a second time when it is parsed again. */
const hasControls = (bytes: Uint8Array): boolean => bytes.some((byte) => byte < 0x20 && byte !== 0x1b);

/** Begins a string of the same kind as the open one, under a name that nobody handles: it ends where that one ends. */
function swallower(core: Core): string {
  const state = core._inputHandler._parser.currentState;
  if (state === parserState.osc) return '\x1b]9999;';
  if (state >= parserState.dcsFirst && state <= parserState.dcsLast) return '\x1bP!~';
  return state === parserState.string ? '\x1b_' : '\x1b[?0?';
}
