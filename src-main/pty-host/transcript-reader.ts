// Reads a terminal's transcript: encoded frames in segments named by the offset of their first output byte.
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { faultPoint } from '#main/lib/fault-points.ts';
import { terminalFrame } from '#shared/domain/terminal.ts';
import { FrameSplitter, type Frame } from '#shared/rpc/frame.ts';

/** Bytes per read of a segment file. */
const readSize = 256 * 1024;
const segmentPattern = /^(\d{16})\.frames$/;

export const segmentName = (start: number): string => `${String(start).padStart(16, '0')}.frames`;

/**
 * The frames that carry the terminal from `fromOffset` on: first a resize with the size in force there, then output (the first one
 * cut to begin at `fromOffset`), resizes that change the size, and the exit. Ends where the file ends now; a torn frame ends its
 * segment. When bytes are no longer kept, or were lost to a full disk, the next output frame has a larger offset than expected.
 * An absent directory has no frames.
 */
export async function* readTranscript(directory: string, fromOffset: number): AsyncGenerator<Frame, void, void> {
  const segments = await listSegments(directory);
  const first = Math.max(
    segments.findLastIndex(({ start }) => start <= fromOffset),
    0,
  );
  const filter = new FrameFilter(fromOffset);
  for (const { path } of segments.slice(first)) {
    for await (const frame of readSegment(path)) yield* filter.pass(frame);
  }
  yield* filter.end();
}

/** The offset after the last output byte that is kept; 0 when there is none. */
export async function transcriptEnd(directory: string): Promise<number> {
  const last = (await listSegments(directory)).at(-1);
  if (last === undefined) return 0;
  let end = last.start;
  for await (const { type, offset, payload } of readSegment(last.path)) {
    if (type === terminalFrame.output) end = offset + payload.length;
  }
  return end;
}

export interface Segment {
  readonly start: number;
  readonly path: string;
}

/** Segments of a transcript in order; empty when there is none. */
export async function listSegments(directory: string): Promise<Segment[]> {
  faultPoint('fs', 'transcript-list');
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .flatMap((name) => {
      const match = segmentPattern.exec(name);
      return match === null ? [] : [{ start: Number(match[1]), path: join(directory, name) }];
    })
    .sort((a, b) => a.start - b.start);
}

async function* readSegment(path: string): AsyncGenerator<Frame, void, void> {
  faultPoint('fs', 'transcript-open');
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    // Pruned between the listing and now: its bytes are no longer kept.
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return;
  try {
    const splitter = new FrameSplitter();
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(readSize), 0, readSize, null);
      if (bytesRead === 0) return;
      const frames = split(splitter, buffer.subarray(0, bytesRead));
      if (frames === null) return;
      yield* frames;
    }
  } finally {
    await file.close();
  }
}

/** Null when the bytes are no frames: the segment is damaged from here on. */
function split(splitter: FrameSplitter, bytes: Uint8Array): Frame[] | null {
  try {
    return splitter.push(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Holds back what lies before the wanted offset, and resizes that repeat the size (each segment begins with one). */
class FrameFilter {
  readonly #from: number;
  #size: Frame | null = null;
  #started = false;

  constructor(from: number) {
    this.#from = from;
  }

  *pass(frame: Frame): Generator<Frame, void, void> {
    if (frame.type === terminalFrame.resize) yield* this.#resize(frame);
    else if (frame.type === terminalFrame.output) yield* this.#output(frame);
    else if (frame.type === terminalFrame.exit) {
      yield* this.end();
      yield frame;
    }
  }

  /** The size in force, when nothing after the wanted offset has brought it yet. */
  *end(): Generator<Frame, void, void> {
    if (this.#started || this.#size === null) return;
    this.#started = true;
    yield { ...this.#size, offset: Math.max(this.#size.offset, this.#from) };
  }

  *#resize(frame: Frame): Generator<Frame, void, void> {
    const repeated = this.#size !== null && Buffer.compare(this.#size.payload, frame.payload) === 0;
    if (!repeated && frame.offset > this.#from) yield* this.end();
    this.#size = frame;
    if (this.#started && !repeated) yield frame;
  }

  *#output(frame: Frame): Generator<Frame, void, void> {
    if (frame.offset + frame.payload.length <= this.#from) return;
    yield* this.end();
    const skipped = Math.max(this.#from - frame.offset, 0);
    yield { ...frame, offset: frame.offset + skipped, payload: frame.payload.subarray(skipped) };
  }
}
