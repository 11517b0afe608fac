// Buffers for output frames, used again: memory made anew for each frame costs the collector more than the copying.
import { frameHeaderSize } from '#shared/rpc/frame.ts';
import { outputLimit } from './viewer.ts';

const wholeSize = frameHeaderSize + outputLimit;
/** Below this many bytes Node's own pool is cheaper. */
const pooled = 4096;
/** Buffers that are kept while nobody needs them. */
const kept = 8;

export class FrameBuffers {
  readonly #free: Buffer[] = [];

  /** At least so long; longer than an output frame is none. */
  take(size: number): Buffer {
    if (size < pooled) return Buffer.allocUnsafe(size);
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(wholeSize);
  }

  /** To be called when nobody looks at it any more. */
  give(buffer: Buffer): void {
    if (buffer.length === wholeSize && this.#free.length < kept) this.#free.push(buffer);
  }
}
