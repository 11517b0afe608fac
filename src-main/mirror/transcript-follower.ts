// Reads on in a transcript from where it stopped, as more is written; `readTranscript` begins anew each time.
import { open } from 'node:fs/promises';
import { faultPoint } from '#main/lib/fault-points.ts';
import { listSegments, type Segment } from '#main/pty-host/transcript-reader.ts';
import { FrameSplitter, type Frame } from '#shared/rpc/frame.ts';

const readSize = 256 * 1024;

export class TranscriptFollower {
  readonly #directory: string;
  readonly #from: number;
  #segment: Segment | null = null;
  #position = 0;
  #splitter = new FrameSplitter();
  #damaged = false;

  /** Begins with the segment that holds the offset: the caller skips what it knows already. */
  constructor(directory: string, from: number) {
    this.#directory = directory;
    this.#from = from;
  }

  /**
   * What has been written since the last call, to the end or until it is enough: a flood has no end. To be iterated to the end, and
   * not twice at once.
   */
  async *frames(enough: () => boolean): AsyncGenerator<Frame, void, void> {
    for (;;) {
      if (this.#segment !== null) yield* this.#rest(this.#segment, enough);
      const next = await this.#next();
      if (next === null || (this.#segment !== null && enough())) return;
      // The writer has left the segment for good: whatever it wrote since our last read is there now.
      if (this.#segment !== null) yield* this.#rest(this.#segment, () => false);
      this.#enter(next);
    }
  }

  async #next(): Promise<Segment | null> {
    const segments = await listSegments(this.#directory);
    const current = this.#segment;
    if (current !== null) return segments.find(({ start }) => start > current.start) ?? null;
    return segments.findLast(({ start }) => start <= this.#from) ?? segments[0] ?? null;
  }

  #enter(segment: Segment): void {
    this.#segment = segment;
    this.#position = 0;
    this.#splitter = new FrameSplitter();
    this.#damaged = false;
  }

  async *#rest({ path }: Segment, enough: () => boolean): AsyncGenerator<Frame, void, void> {
    if (this.#damaged) return;
    faultPoint('fs', 'transcript-follow');
    const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
      // Pruned meanwhile: the next segment goes on.
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (file === null) return;
    try {
      for (;;) {
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(readSize), 0, readSize, this.#position);
        if (bytesRead === 0) return;
        this.#position += bytesRead;
        yield* this.#split(buffer.subarray(0, bytesRead));
        if (enough()) return;
      }
    } finally {
      await file.close();
    }
  }

  #split(bytes: Uint8Array): readonly Frame[] {
    try {
      return this.#splitter.push(bytes);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#damaged = true;
      return [];
    }
  }
}
