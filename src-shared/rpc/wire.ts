// One side of a connection: control messages and frames over a transport, with their limits. Shared by serve and connect.
import type { z } from 'zod';
import { decodeFrame, encodeFrame, frameHeaderSize, maximalFrameSize, type Frame } from './frame.ts';
import type { Transport } from './transport.ts';

export interface Wire<Out> {
  /** What is not `sent` has not left in part either. */
  send(message: Out): 'sent' | 'too-large' | 'not-json';
  /** False when it is too large. */
  sendFrame(frame: Frame): boolean;
  onClose(listener: (why: string) => void): void;
  close(why: string): void;
  buffered(): number;
  /** Largest text frame in bytes. */
  readonly limit: number;
}

interface WireOptions<In> {
  readonly transport: Transport;
  readonly incoming: z.ZodType<In>;
  readonly limit: number | undefined;
  readonly onMessage: (message: In) => void;
  readonly onFrame: (frame: Frame) => void;
  /** What a listener or handler threw; the connection goes on. */
  readonly onError: (error: unknown) => void;
}

/**
 * Frames that are not of the protocol are skipped: kinds may be newer than this side. One over the limit ends the connection.
 * `start` once the wire's owner is ready for what may wait already.
 */
export function openWire<In, Out>(options: WireOptions<In>): Wire<Out> & { start(): void } {
  const { transport, limit = maximalFrameSize } = options;
  return {
    limit,
    start: () => transport.onFrame((frame) => receive(options, limit, frame)),
    send(message) {
      const text = toJson(message);
      if (text === null) return 'not-json';
      if (isLonger(text, limit)) return 'too-large';
      transport.send(text);
      return 'sent';
    },
    sendFrame(frame) {
      if (frame.payload.length + frameHeaderSize > limit) return false;
      transport.send(encodeFrame(frame));
      return true;
    },
    onClose: (listener) => transport.onClose(listener),
    close: (why) => transport.close(why),
    buffered: () => transport.bufferedAmount(),
  };
}

function receive<In>(options: WireOptions<In>, limit: number, frame: string | Uint8Array): void {
  const tooLarge = typeof frame === 'string' ? isLonger(frame, limit) : frame.length > limit;
  if (tooLarge) return options.transport.close('too-large');
  try {
    if (typeof frame === 'string') receiveText(options, frame);
    else receiveBytes(options, frame);
  } catch (error) {
    options.onError(error);
  }
}

function receiveText<In>({ incoming, onMessage }: WireOptions<In>, text: string): void {
  const message = incoming.safeParse(parseJson(text));
  if (message.success) onMessage(message.data);
}

function receiveBytes<In>({ onFrame }: WireOptions<In>, bytes: Uint8Array): void {
  const frame = parseFrame(bytes);
  // Type 0 is control where a stream has no text frames; here it means nothing.
  if (frame !== null && frame.type > 0) onFrame(frame);
}

function toJson(message: unknown): string | null {
  try {
    return JSON.stringify(message);
  } catch {
    // Only values that are no JSON make it throw (cycles, BigInt); whoever sends hears of it.
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not a message either: the schema refuses undefined.
    return undefined;
  }
}

function parseFrame(bytes: Uint8Array): Frame | null {
  try {
    return decodeFrame(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Whether the text has more than `limit` bytes in UTF-8, without encoding it. */
function isLonger(text: string, limit: number): boolean {
  if (text.length * 3 <= limit) return false;
  return text.length > limit || utf8Size(text) > limit;
}

/** Bytes of the text in UTF-8; half a surrogate pair counts as its replacement. */
export function utf8Size(text: string): number {
  let size = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    size += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
    if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(index + 1))) {
      size += 1;
      index += 1;
    }
  }
  return size;
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;
