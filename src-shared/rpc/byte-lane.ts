// One lane of bytes, the same on both sides.
import type { Frame } from './frame.ts';

export type LaneFrame = Omit<Frame, 'channel'>;

export interface ByteLane {
  /**
   * `type` from 1 to 255. Never throws: on a closed lane it does nothing, and a frame over the limit closes the lane
   * (`too-large`).
   */
  send(type: number, offset: number, payload: Uint8Array): void;
  /** One listener; frames that came before it are told at once. The payload is valid during the call only. */
  onFrame(listener: (frame: LaneFrame) => void): void;
  /**
   * Told once, whoever closed; null when the closer gave no reason. A late listener is told at once, so set `onFrame` before it:
   * frames may have come ahead of the close.
   */
  onClose(listener: (why: string | null) => void): void;
  close(why?: string): void;
  /** Bytes of the whole connection that have not left yet. */
  readonly buffered: number;
}

/** Bytes that may wait for a lane's first listener. */
const longestWait = 4 * 1024 * 1024;
/** UTF-16 units; the protocol refuses longer ones. */
const longestReason = 4000;

interface LaneOptions {
  readonly channel: number;
  readonly sendFrame: (frame: Frame) => boolean;
  /** Tells the other side. */
  readonly sendClose: (why: string | null) => void;
  readonly buffered: () => number;
  /** What a listener threw. */
  readonly onError: (error: unknown) => void;
}

export class Lane implements ByteLane {
  readonly #options: LaneOptions;
  readonly #closeListeners: ((why: string | null) => void)[] = [];
  #waiting: LaneFrame[] = [];
  #waitingSize = 0;
  #listener: ((frame: LaneFrame) => void) | null = null;
  #closed: { readonly why: string | null } | null = null;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  get buffered(): number {
    return this.#options.buffered();
  }

  get closed(): boolean {
    return this.#closed !== null;
  }

  send(type: number, offset: number, payload: Uint8Array): void {
    if (this.#closed !== null) return;
    const sent = this.#options.sendFrame({ type, channel: this.#options.channel, offset, payload });
    if (!sent) this.close('too-large');
  }

  receive(frame: LaneFrame): void {
    if (this.#closed !== null) return;
    if (this.#listener !== null) return this.#tell(this.#listener, frame);
    this.#waitingSize += frame.payload.length;
    if (this.#waitingSize > longestWait) this.close('too-large');
    else this.#waiting.push(frame);
  }

  onFrame(listener: (frame: LaneFrame) => void): void {
    this.#listener = listener;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const frame of waiting) this.#tell(listener, frame);
  }

  onClose(listener: (why: string | null) => void): void {
    if (this.#closed === null) this.#closeListeners.push(listener);
    else this.#tell(listener, this.#closed.why);
  }

  close(why?: string): void {
    if (this.#closed !== null) return;
    this.#options.sendClose(why?.slice(0, longestReason) ?? null);
    this.ended(why ?? null);
  }

  /** The other side closed it, or the connection is gone. */
  ended(why: string | null): void {
    if (this.#closed !== null) return;
    this.#closed = { why };
    for (const listener of this.#closeListeners.splice(0)) this.#tell(listener, why);
  }

  #tell<T>(listener: (value: T) => void, value: T): void {
    try {
      listener(value);
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
