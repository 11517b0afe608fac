// The binary frame: u32 length, u8 type, u32 channel, u64 offset (all big endian), then the payload.

/** Bytes before the payload; `length` counts everything after its own four bytes. */
export const frameHeaderSize = 17;
/** Largest frame on any wire, header included. A longer one ends the connection. */
export const maximalFrameSize = 1024 * 1024;

export interface Frame {
  /** 0-255. Types unknown to a receiver are skipped. */
  readonly type: number;
  readonly channel: number;
  readonly offset: number;
  readonly payload: Uint8Array;
}

const empty = new Uint8Array(0);

export function encodeFrame({ type, channel, offset, payload }: Frame): Uint8Array {
  const bytes = new Uint8Array(frameHeaderSize + payload.length);
  writeFrameHeader(bytes, { type, channel, offset }, payload.length);
  bytes.set(payload, frameHeaderSize);
  return bytes;
}

/** Writes the first {@link frameHeaderSize} bytes of a frame whose payload of `size` bytes follows, wherever it is. */
export function writeFrameHeader(
  bytes: Uint8Array,
  { type, channel, offset }: Omit<Frame, 'payload'>,
  size: number,
): void {
  const whole = frameHeaderSize + size;
  if (whole > maximalFrameSize) throw new RangeError(`Frame of ${whole} bytes is over the limit`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, frameHeaderSize);
  view.setUint32(0, whole - 4);
  view.setUint8(4, type);
  view.setUint32(5, channel);
  view.setUint32(9, Math.floor(offset / 2 ** 32));
  view.setUint32(13, offset % 2 ** 32);
}

/** One whole frame; throws a RangeError when the bytes are not exactly one. The payload is a view, not a copy. */
export function decodeFrame(bytes: Uint8Array): Frame {
  if (bytes.length < frameHeaderSize) throw new RangeError('Frame is shorter than its header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== bytes.length - 4) throw new RangeError('Frame length does not match');
  const offset = Number(view.getBigUint64(9));
  if (!Number.isSafeInteger(offset)) throw new RangeError('Frame offset is not a safe integer');
  return {
    type: view.getUint8(4),
    channel: view.getUint32(5),
    offset,
    payload: bytes.length === frameHeaderSize ? empty : bytes.subarray(frameHeaderSize),
  };
}

/** Cuts a byte stream into frames; `push` throws a RangeError on a frame that is too long or too short to be one. */
export class FrameSplitter {
  /** The frame that has not come whole: its length, then a buffer of just that size. */
  #pending: Uint8Array = empty;
  #filled = 0;

  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    for (let rest = chunk; rest.length > 0;) {
      const size = this.#filled === 0 && rest.length >= 4 ? sizeOf(rest) : Infinity;
      if (rest.length >= size) {
        frames.push(decodeFrame(rest.subarray(0, size)));
        rest = rest.subarray(size);
      } else {
        rest = rest.subarray(this.#fill(rest));
        if (this.#filled > 4 && this.#filled === this.#pending.length) frames.push(this.#take());
      }
    }
    return frames;
  }

  /** Returns how many bytes of the frame that has begun it has taken. Each is copied once, however many chunks a frame comes in. */
  #fill(bytes: Uint8Array): number {
    if (this.#filled === 0) this.#pending = new Uint8Array(4);
    const taken = Math.min(this.#pending.length - this.#filled, bytes.length);
    this.#pending.set(taken === bytes.length ? bytes : bytes.subarray(0, taken), this.#filled);
    this.#filled += taken;
    if (this.#filled === 4) {
      const length = this.#pending;
      this.#pending = new Uint8Array(sizeOf(length));
      this.#pending.set(length);
    }
    return taken;
  }

  #take(): Frame {
    const frame = decodeFrame(this.#pending);
    this.#pending = empty;
    this.#filled = 0;
    return frame;
  }
}

function sizeOf(bytes: Uint8Array): number {
  const size = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) + 4;
  if (size < frameHeaderSize || size > maximalFrameSize) throw new RangeError(`Frame of ${size} bytes refused`);
  return size;
}
