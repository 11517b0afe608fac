// Carries a terminal's output from its ring to its transcript, in batches, behind the PTY but never far behind.
import { terminalFrame, type TerminalExit, type TerminalSize } from '#shared/domain/terminal.ts';
import type { Frame } from '#shared/rpc/frame.ts';
import type { Ring } from './ring.ts';
import { exitFrame, outputFrame, sizeFrame, type Transcript } from './transcript.ts';

/** Milliseconds that output gathers before it is written: an echoed key is no write of its own. */
const gathering = 50;
/** Bytes that are worth a write at once, of one write at most, and of one output frame at most. */
const [batchLeast, batchMost, frameMost] = [128 * 1024, 512 * 1024, 256 * 1024];
/**
 * Bytes behind the PTY at which it has to wait, and at which it goes on. They are written from where they stand in the ring, which is
 * large enough: what still comes after the PTY was stopped (see pty.ts) is under 320 KB.
 */
const behind = { high: 640 * 1024, low: 384 * 1024 } as const;

export interface TranscriptPumpOptions {
  readonly ring: Ring;
  readonly transcript: Transcript;
  /** True when an earlier host has written all of it. */
  readonly done: boolean;
  readonly exit: () => TerminalExit | null;
  /** Everything before the offset is in the file. */
  readonly flushed: (offset: number) => void;
  readonly pressureChanged: () => void;
}

export class TranscriptPump {
  readonly #options: TranscriptPumpOptions;
  #position = 0;
  #size: TerminalSize;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  /** Up to here it is written without waiting for more. */
  #due = 0;
  #holdsUp = false;
  #ended = false;

  constructor(options: TranscriptPumpOptions) {
    this.#options = options;
    this.#size = options.ring.size;
    this.#position = options.done ? options.ring.end : 0;
    this.#ended = options.done;
  }

  /** True while the PTY should wait for the disk. */
  get holdsUp(): boolean {
    return this.#holdsUp;
  }

  get position(): number {
    return this.#position;
  }

  /** To be called after each output, resize and exit. */
  wake(): void {
    const lag = this.#options.ring.end - this.#position;
    if (!this.#holdsUp && lag > behind.high) this.#setHoldsUp(true);
    if (this.#running !== null) return;
    if (lag >= batchLeast) void this.#begin();
    else this.#timer ??= setTimeout(() => void this.flush(), gathering);
  }

  /** Resolves when all that was printed before the call is written (or dropped, on a full disk). */
  async flush(): Promise<void> {
    const until = (this.#due = this.#options.ring.end);
    do await this.#begin();
    while (this.#position < until || this.#lacksExit());
  }

  #begin(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    return (this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#position < this.#options.ring.end) this.wake();
    }));
  }

  async #run(): Promise<void> {
    const { ring, transcript, flushed } = this.#options;
    do {
      const frames = this.#batch();
      const last = frames.at(-1);
      if (last === undefined) return;
      await transcript.write(frames);
      this.#position = last.offset + (last.type === terminalFrame.output ? last.payload.length : 0);
      flushed(this.#position);
      if (this.#holdsUp && ring.end - this.#position < behind.low) this.#setHoldsUp(false);
    } while (this.#position < this.#due || ring.end - this.#position >= batchLeast || this.#lacksExit());
  }

  #lacksExit(): boolean {
    return !this.#ended && this.#options.exit() !== null;
  }

  #batch(): Pick<Frame, 'type' | 'offset' | 'payload'>[] {
    const { ring, exit } = this.#options;
    const frames: Pick<Frame, 'type' | 'offset' | 'payload'>[] = [];
    // The ring has dropped bytes before they were written: a hole, which readers see by the offsets.
    let at = Math.max(this.#position, ring.start);
    const limit = Math.min(at + batchMost, ring.end);
    for (;;) {
      const size = ring.sizeAt(at);
      if (size !== this.#size) frames.push(sizeFrame(at, (this.#size = size)));
      if (at >= limit) break;
      const to = Math.min(limit, at + frameMost, ring.nextResize(at)?.offset ?? Infinity);
      for (const bytes of ring.views(at, to)) {
        frames.push(outputFrame(at, bytes));
        at += bytes.length;
      }
    }
    const ending = exit();
    if (ending !== null && at === ring.end && this.#lacksExit()) {
      this.#ended = true;
      frames.push(exitFrame(at, ending));
    }
    return frames;
  }

  #setHoldsUp(value: boolean): void {
    this.#holdsUp = value;
    this.#options.pressureChanged();
  }
}
