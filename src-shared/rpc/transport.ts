/**
 * What carries the wire: ordered, whole frames. Text frames hold JSON control messages, binary frames are those of frame.ts.
 * Frames that come before there is a listener wait for it. `onClose` tells once, after the last frame, also a listener that
 * comes late; with frames that nobody has listened for it waits. `close` stops delivery to its own side at once.
 */
export interface Transport {
  /** Never throws; after the close it does nothing. The bytes may be reused when it returns. */
  send(frame: string | Uint8Array): void;
  onFrame(listener: (frame: string | Uint8Array) => void): void;
  onClose(listener: (why: string) => void): void;
  close(why?: string): void;
  /** Bytes (for text: UTF-16 units) given to `send` that have not left yet, as far as the carrier tells. */
  bufferedAmount(): number;
}
