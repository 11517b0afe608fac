// The last output of one terminal in memory: contiguous, grown by doubling, with resizes as records at their offset.
import { terminalFrame, type TerminalSize } from '#shared/domain/terminal.ts';
import { frameHeaderSize, writeFrameHeader } from '#shared/rpc/frame.ts';

/** Bytes. A silent terminal costs the first; a printing one at most the second. */
const ringLimits = { first: 16 * 1024, most: 1024 * 1024 } as const;

export interface ResizeRecord {
  readonly offset: number;
  readonly size: TerminalSize;
}

/** Offsets count output bytes since the terminal began; the ring holds those from `start` up to `end`. */
export class Ring {
  readonly #most: number;
  #bytes: Buffer;
  #end = 0;
  /** Ordered; the first is the size in force at `start`. */
  #resizes: ResizeRecord[];

  constructor(size: TerminalSize, limits: { readonly first: number; readonly most: number } = ringLimits) {
    this.#most = limits.most;
    this.#bytes = Buffer.allocUnsafeSlow(limits.first);
    this.#resizes = [{ offset: 0, size }];
  }

  get start(): number {
    return Math.max(0, this.#end - this.#bytes.length);
  }

  get end(): number {
    return this.#end;
  }

  get capacity(): number {
    return this.#bytes.length;
  }

  get size(): TerminalSize {
    return this.sizeAt(this.#end);
  }

  append(chunk: Uint8Array): void {
    const needed = this.#end - this.start + chunk.length;
    if (needed > this.#bytes.length && this.#bytes.length < this.#most) this.#grow(needed);
    // Only the tail of a chunk longer than the ring is kept.
    const kept = chunk.length > this.#bytes.length ? chunk.subarray(chunk.length - this.#bytes.length) : chunk;
    this.#end += chunk.length - kept.length;
    this.#put(this.#bytes, kept, this.#end);
    this.#end += kept.length;
    this.#forgetResizes();
  }

  /** Recorded at the end of what was printed so far; a repeated size is no record. */
  resize(size: TerminalSize): void {
    const last = this.size;
    if (last.cols === size.cols && last.rows === size.rows) return;
    if (this.#resizes.at(-1)?.offset === this.#end) this.#resizes.pop();
    this.#resizes.push({ offset: this.#end, size });
  }

  /** Copies bytes from `from` on into `target` at `at`; the range must be kept. */
  copy(from: number, to: number, target: Uint8Array, at: number): void {
    if (from < this.start || to > this.#end) throw new RangeError(`Bytes ${from}-${to} are not in the ring`);
    const begin = from % this.#bytes.length;
    const first = Math.min(to - from, this.#bytes.length - begin);
    this.#bytes.copy(target, at, begin, begin + first);
    this.#bytes.copy(target, at + first, 0, to - from - first);
  }

  read(from: number, to: number): Buffer {
    const bytes = Buffer.allocUnsafe(to - from);
    this.copy(from, to, bytes, 0);
    return bytes;
  }

  /** Views of the bytes, one or two, which the output replaces once it is a whole ring further. */
  views(from: number, to: number): Buffer[] {
    if (from < this.start || to > this.#end) throw new RangeError(`Bytes ${from}-${to} are not in the ring`);
    const begin = from % this.#bytes.length;
    const end = begin + to - from;
    if (end <= this.#bytes.length) return [this.#bytes.subarray(begin, end)];
    return [this.#bytes.subarray(begin), this.#bytes.subarray(0, end - this.#bytes.length)];
  }

  /** An encoded output frame at the beginning of `target`, copied once: the way of nearly all bytes. */
  frame(channel: number, from: number, to: number, target: Buffer): Buffer {
    writeFrameHeader(target, { type: terminalFrame.output, channel, offset: from }, to - from);
    this.copy(from, to, target, frameHeaderSize);
    return target.subarray(0, frameHeaderSize + to - from);
  }

  /** The size in force at an offset; the oldest known when the offset lies before the ring. */
  sizeAt(offset: number): TerminalSize {
    return (this.#resizes.findLast((record) => record.offset <= offset) ?? this.#resizes[0]!).size;
  }

  /** The first size change after `offset`, null when there is none. */
  nextResize(offset: number): ResizeRecord | null {
    const last = this.#resizes.at(-1);
    if (last === undefined || last.offset <= offset) return null;
    return this.#resizes.find((record) => record.offset > offset) ?? null;
  }

  /** Gives the memory back; all offsets count as gone from here. Nothing may be appended afterwards. */
  release(end = this.#end): void {
    this.#resizes = [{ offset: end, size: this.size }];
    this.#bytes = Buffer.allocUnsafeSlow(0);
    this.#end = end;
  }

  #grow(needed: number): void {
    let capacity = this.#bytes.length;
    while (capacity < needed && capacity < this.#most) capacity *= 2;
    const bytes = Buffer.allocUnsafeSlow(Math.min(capacity, this.#most));
    this.#put(bytes, this.read(this.start, this.#end), this.start);
    this.#bytes = bytes;
  }

  #put(target: Buffer, chunk: Uint8Array, offset: number): void {
    const begin = offset % target.length;
    const first = Math.min(chunk.length, target.length - begin);
    target.set(first === chunk.length ? chunk : chunk.subarray(0, first), begin);
    if (first < chunk.length) target.set(chunk.subarray(first), 0);
  }

  /** Keeps the one in force at the start. */
  #forgetResizes(): void {
    if (this.#resizes.length < 2) return;
    const inForce = this.#resizes.findLastIndex(({ offset }) => offset <= this.start);
    if (inForce > 0) this.#resizes = this.#resizes.slice(inForce);
  }
}
