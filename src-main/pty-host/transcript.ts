// Writes a terminal's transcript: append-only frames in segments, asynchronous, bounded by whoever feeds it.
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { faultPoint } from '#main/lib/fault-points.ts';
import { encodeSize, terminalFrame, type TerminalExit, type TerminalSize } from '#shared/domain/terminal.ts';
import { frameHeaderSize, writeFrameHeader, type Frame } from '#shared/rpc/frame.ts';
import { segmentName } from './transcript-reader.ts';

export { readTranscript } from './transcript-reader.ts';

/** A new segment begins after this many bytes. */
export const segmentLimit = 4 * 1024 * 1024;
/** Segments before the last checkpoint are kept as long as all together stay below this many bytes. */
const keptLimit = 64 * 1024 * 1024;
/** Milliseconds after a failed write before the disk is tried again. */
const retryAfter = 5000;

interface SegmentState {
  readonly start: number;
  readonly path: string;
  bytes: number;
}

export interface TranscriptOptions {
  /** Absolute; made with mode 0700. */
  readonly directory: string;
  readonly size: TerminalSize;
  readonly now: () => number;
  readonly limits?: { readonly segment: number; readonly kept: number };
}

/**
 * One write at a time: callers await `write` before the next, so nothing queues here. A full disk never throws: the bytes are
 * dropped, `problem` tells, and a new segment begins once writing works again.
 */
export class Transcript {
  readonly #options: TranscriptOptions;
  readonly #segments: SegmentState[] = [];
  #file: FileHandle | null = null;
  #size: TerminalSize;
  #failedAt: number | null = null;
  #problem: string | null = null;
  #pruning = false;

  constructor(options: TranscriptOptions) {
    this.#options = options;
    this.#size = options.size;
  }

  /** Why the last write failed, an errno code where there is one; null while all is well. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Appends frames that belong together; false when they were dropped. */
  async write(frames: readonly Pick<Frame, 'type' | 'offset' | 'payload'>[]): Promise<boolean> {
    const start = frames[0]?.offset;
    if (start === undefined) return true;
    try {
      if (this.#resting()) return false;
      const segment = await this.#segmentFor(start);
      const head = segment.bytes === 0 ? [sizeFrame(start, this.#size)] : [];
      faultPoint('fs', 'transcript-append');
      segment.bytes += await writeAll(this.#opened(), [...head, ...frames].flatMap(encoded));
      this.#problem = this.#failedAt = null;
      return true;
    } catch (error) {
      await this.#failed(error as NodeJS.ErrnoException);
      return false;
    } finally {
      this.#remember(frames);
    }
  }

  /** Removes segments that lie wholly before the checkpoint, oldest first, while the total is over the limit; once at a time. */
  async prune(checkpointOffset: number): Promise<void> {
    if (this.#pruning) return;
    this.#pruning = true;
    try {
      await this.#removeBefore(checkpointOffset);
    } finally {
      this.#pruning = false;
    }
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }

  async #removeBefore(checkpointOffset: number): Promise<void> {
    let total = this.#segments.reduce((sum, { bytes }) => sum + bytes, 0);
    for (;;) {
      const [oldest, next] = this.#segments;
      if (oldest === undefined || next === undefined || next.start > checkpointOffset) return;
      if (total <= (this.#options.limits?.kept ?? keptLimit)) return;
      faultPoint('fs', 'transcript-prune');
      await rm(oldest.path, { force: true });
      this.#segments.shift();
      total -= oldest.bytes;
    }
  }

  async #segmentFor(start: number): Promise<SegmentState> {
    const current = this.#segments.at(-1);
    const limit = this.#options.limits?.segment ?? segmentLimit;
    if (this.#file !== null && current !== undefined && current.bytes < limit) return current;
    const path = join(this.#options.directory, segmentName(start));
    faultPoint('fs', 'transcript-segment');
    // Both at once: under a flood the program waits for whatever the disk takes.
    const [opened, closed] = await Promise.allSettled([this.#openNew(path), this.close()]);
    if (opened.status === 'rejected') throw opened.reason;
    this.#file = opened.value;
    if (closed.status === 'rejected') throw closed.reason;
    const segment = { start, path, bytes: 0 };
    if (current?.start === start) this.#segments.pop();
    this.#segments.push(segment);
    return segment;
  }

  /** A file of the same name holds no output yet (a failed attempt), so it may be begun again. */
  async #openNew(path: string): Promise<FileHandle> {
    try {
      return await open(path, 'w', 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      await mkdir(this.#options.directory, { recursive: true, mode: 0o700 });
      return open(path, 'w', 0o600);
    }
  }

  #opened(): FileHandle {
    if (this.#file === null) throw new Error('No segment is open');
    return this.#file;
  }

  #resting(): boolean {
    return this.#failedAt !== null && this.#options.now() - this.#failedAt < retryAfter;
  }

  /** The segment may end in half a frame now: readers ignore that, and the next write begins another one. */
  async #failed(error: NodeJS.ErrnoException): Promise<void> {
    this.#failedAt = this.#options.now();
    this.#problem = error.code ?? error.message;
    // Closing a file on a full disk can fail as well; the first reason is the one worth telling.
    await this.close().catch(() => undefined);
  }

  #remember(frames: readonly Pick<Frame, 'type' | 'payload'>[]): void {
    const last = frames.findLast(({ type }) => type === terminalFrame.resize);
    if (last === undefined) return;
    const view = new DataView(last.payload.buffer, last.payload.byteOffset, last.payload.byteLength);
    this.#size = { cols: view.getUint16(0), rows: view.getUint16(2) };
  }
}

export const outputFrame = (offset: number, payload: Uint8Array) => ({ type: terminalFrame.output, offset, payload });

export const sizeFrame = (offset: number, size: TerminalSize) => ({
  type: terminalFrame.resize,
  offset,
  payload: encodeSize(size),
});

export const exitFrame = (offset: number, exit: TerminalExit) => ({
  type: terminalFrame.exit,
  offset,
  payload: new TextEncoder().encode(JSON.stringify(exit)),
});

/** Header and payload apart: the payload is written from where it stands, which is the ring. */
function encoded({ type, offset, payload }: Pick<Frame, 'type' | 'offset' | 'payload'>): Uint8Array[] {
  const header = new Uint8Array(frameHeaderSize);
  writeFrameHeader(header, { type, channel: 0, offset }, payload.length);
  return [header, payload];
}

/** Resolves to how many bytes they are. */
async function writeAll(file: FileHandle, parts: readonly Uint8Array[]): Promise<number> {
  let total = 0;
  for (let rest = parts; rest.length > 0;) {
    const { bytesWritten } = await file.writev(rest);
    total += bytesWritten;
    rest = withoutFirst(rest, bytesWritten);
  }
  return total;
}

/** A disk that is nearly full takes only a part. */
function withoutFirst(parts: readonly Uint8Array[], count: number): Uint8Array[] {
  let left = count;
  return parts.flatMap((part) => {
    const skipped = Math.min(left, part.length);
    left -= skipped;
    return skipped === part.length ? [] : [part.subarray(skipped)];
  });
}
