// Under a flood of plain text only its end is parsed: what it has scrolled out of history for good needs no screen.
import { terminalFrame } from '#shared/domain/terminal.ts';
import type { Frame } from '#shared/rpc/frame.ts';
import type { Replica } from './replica.ts';

/** Bytes of text that are kept back, at least; a frame more at most twice as much. */
const keptBytes = 512 * 1024;

/** UTF-16 units of colours that are remembered; a picture of more is parsed. */
const longestColours = 64 * 1024;

/** What to parse: after a jump to the first frame's offset and these colours, when bytes were left out. */
export interface FloodEnd {
  readonly jump: { readonly offset: number; readonly colours: string } | null;
  readonly frames: readonly Frame[];
}

const nothing: FloodEnd = { jump: null, frames: [] };

/**
 * Holds back output that is nothing but text, line breaks and colours, and forgets its older part once the newer alone fills screen and
 * history. Exact, because such text leaves no trace but the colour in force, and only where lines scroll into the history.
 */
export class Flood {
  readonly #history: number;
  readonly #kept: number;
  #window: Frame[] = [];
  #bytes = 0;
  /** Colours that were set in what was forgotten; null while nothing was. */
  #colours: string | null = null;
  /** The start of a colour whose end comes with the next frame. */
  #torn = '';

  /** `history`: lines that the replica keeps above its screen. */
  constructor(history: number, kept: number = keptBytes) {
    this.#history = history;
    this.#kept = kept;
  }

  /** The frame may be held back; otherwise what was held back comes out before it. */
  push(frame: Frame, replica: Replica): FloodEnd {
    const begins = this.#window.length === 0;
    if ((begins && !scrollsAway(replica)) || !this.#isText(frame)) return this.#release(frame);
    this.#window.push(frame);
    this.#bytes += frame.payload.length;
    if (this.#bytes >= 2 * this.#kept) return this.#forget(replica.core.rows + this.#history + 2);
    return nothing;
  }

  /** The output goes on later, or not at all. */
  end(): FloodEnd {
    return this.#release(null);
  }

  #isText(frame: Frame): boolean {
    if (frame.type !== terminalFrame.output) return false;
    const last = this.#window.at(-1);
    if (last !== undefined && last.offset + last.payload.length !== frame.offset) return false;
    const rest = unfinishedColour(this.#torn, frame.payload);
    if (rest === null) return false;
    this.#torn = rest;
    return true;
  }

  #forget(lines: number): FloodEnd {
    let dropped = 0;
    let bytes = this.#bytes;
    while (bytes - (this.#window[dropped]?.payload.length ?? 0) >= this.#kept) {
      bytes -= this.#window[dropped]?.payload.length ?? 0;
      dropped += 1;
    }
    const kept = this.#window.slice(dropped);
    if (countLines(kept) < lines) return this.#release(null);
    const set = lastColours((this.#colours ?? '') + textOf(this.#window.slice(0, dropped)));
    if (set.length > longestColours) return this.#release(null);
    this.#colours = set;
    this.#window = kept;
    this.#bytes = bytes;
    return nothing;
  }

  #release(next: Frame | null): FloodEnd {
    const frames = this.#window;
    const colours = this.#colours;
    this.#window = [];
    this.#bytes = 0;
    this.#colours = null;
    this.#torn = '';
    const after = next === null ? [] : [next];
    return colours === null ? { jump: null, frames: [...frames, ...after] } : fromLineBreak(frames, colours, after);
  }
}

/** Only the normal screen without margins moves its lines into the history; inside a sequence nothing is plain. */
function scrollsAway({ core }: Replica): boolean {
  const { normal, active } = core._bufferService.buffers;
  const margins = normal.scrollTop !== 0 || normal.scrollBottom !== core.rows - 1;
  return active === normal && !margins && core._inputHandler._parser.currentState === 0;
}

/** Joins the frames and begins with their first line break, where the column is known. There is one: lines were counted. */
function fromLineBreak(frames: readonly Frame[], colours: string, after: readonly Frame[]): FloodEnd {
  const first = frames[0];
  if (first === undefined) return { jump: null, frames: after };
  const payload = Buffer.concat(frames.map((frame) => frame.payload));
  const start = Math.max(payload.indexOf('\r\n'), 0);
  const offset = first.offset + start;
  const set = lastColours(colours + payload.toString('latin1', 0, start));
  return { jump: { offset, colours: set }, frames: [{ ...first, offset, payload: payload.subarray(start) }, ...after] };
}

/* eslint-disable no-control-regex -- ESC is what is looked for */
const colour = /\x1b\[[\d;:]*m/y;
const colours = /\x1b\[[\d;:]*m/g;
const tornColour = /^\x1b(\[[\d;:]*)?$/;
/* eslint-enable no-control-regex */

/** Null when the bytes do anything but print, break lines and set colours; else what a colour torn at the end has so far. */
function unfinishedColour(torn: string, payload: Uint8Array): string | null {
  if (payload.includes(0x0e) || payload.includes(0x0f) || hasC1(payload)) return null;
  if (torn === '' && !payload.includes(0x1b)) return '';
  const text = torn + Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('latin1');
  for (let at = text.indexOf('\x1b'); at >= 0; at = text.indexOf('\x1b', colour.lastIndex)) {
    colour.lastIndex = at;
    if (colour.test(text)) continue;
    const rest = text.slice(at);
    return tornColour.test(rest) ? rest : null;
  }
  return '';
}

/** Controls of eight bits, which are two bytes in UTF-8. */
function hasC1(payload: Uint8Array): boolean {
  for (let at = payload.indexOf(0xc2); at >= 0; at = payload.indexOf(0xc2, at + 1)) {
    const next = payload[at + 1];
    if (next === undefined || (next >= 0x80 && next <= 0x9f)) return true;
  }
  return false;
}

/** Two bytes a line break; a wrapped line counts once, which errs on the safe side. */
function countLines(frames: readonly Frame[]): number {
  let lines = 0;
  for (const { payload } of frames) {
    for (let at = payload.indexOf(0x0a); at >= 0; at = payload.indexOf(0x0a, at + 1)) {
      if (payload[at - 1] === 0x0d) lines += 1;
    }
  }
  return lines;
}

const textOf = (frames: readonly Frame[]): string =>
  Buffer.concat(frames.map(({ payload }) => payload)).toString('latin1');

/** From the last reset on, each once where it stood last: setting a colour again later makes the earlier time mean nothing. */
function lastColours(text: string): string {
  const all = text.match(colours) ?? [];
  const fresh = all.slice(
    Math.max(
      all.findLastIndex((one) => one === '\x1b[m' || one === '\x1b[0m'),
      0,
    ),
  );
  return [...new Set(fresh.toReversed())].toReversed().join('');
}
