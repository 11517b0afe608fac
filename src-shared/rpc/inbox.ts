/** The receiving half of a transport: holds what comes before its listener does, and the other side's close until all was heard. */
export class Inbox {
  #waiting: (string | Uint8Array)[] = [];
  readonly #closeListeners: ((why: string) => void)[] = [];
  #listener: ((frame: string | Uint8Array) => void) | null = null;
  /** The other side has closed, but frames still wait for a listener. */
  #ending: string | null = null;
  #closed: string | null = null;

  get closed(): boolean {
    return this.#closed !== null || this.#ending !== null;
  }

  receive(frame: string | Uint8Array): void {
    if (this.closed) return;
    if (this.#listener === null) this.#waiting.push(frame);
    else this.#listener(frame);
  }

  onFrame(listener: (frame: string | Uint8Array) => void): void {
    this.#listener = listener;
    // One by one: the listener may close.
    for (let frame = this.#waiting.shift(); frame !== undefined; frame = this.#waiting.shift()) listener(frame);
    if (this.#ending !== null) this.#finish(this.#ending);
  }

  onClose(listener: (why: string) => void): void {
    if (this.#closed === null) this.#closeListeners.push(listener);
    else listener(this.#closed);
  }

  /** The other side closed, or the carrier broke. Only the first reason counts. */
  end(why: string): void {
    if (this.closed) return;
    if (this.#waiting.length > 0) this.#ending = why;
    else this.#finish(why);
  }

  /** This side closed: nothing is heard any more. */
  stop(why: string): void {
    this.#waiting = [];
    this.#finish(why);
  }

  #finish(why: string): void {
    if (this.#closed !== null) return;
    this.#closed = why;
    for (const listener of this.#closeListeners.splice(0)) listener(why);
  }
}
