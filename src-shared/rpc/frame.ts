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
  const size = frameHeaderSize + payload.length;
  if (size > maximalFrameSize) throw new RangeError(`Frame of ${size} bytes is over the limit`);
  const bytes = new Uint8Array(size);
  writeHeader(new DataView(bytes.buffer), size, type, channel, offset);
  bytes.set(payload, frameHeaderSize);
  return bytes;
}

function writeHeader(view: DataView, size: number, type: number, channel: number, offset: number): void {
  view.setUint32(0, size - 4);
  view.setUint8(4, type);
  view.setUint32(5, channel);
  view.setBigUint64(9, BigInt(offset));
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
  #pending: Uint8Array = empty;

  push(chunk: Uint8Array): Frame[] {
    let bytes = this.#pending.length === 0 ? chunk : concat(this.#pending, chunk);
    const frames: Frame[] = [];
    while (bytes.length >= 4) {
      const size = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) + 4;
      if (size < frameHeaderSize || size > maximalFrameSize) throw new RangeError(`Frame of ${size} bytes refused`);
      if (bytes.length < size) break;
      frames.push(decodeFrame(bytes.subarray(0, size)));
      bytes = bytes.subarray(size);
    }
    this.#pending = bytes;
    return frames;
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
