/** The receiving half of a transport: holds what comes before its listener does, and the close until all was heard. */
export class Inbox {
  readonly #waiting: (string | Uint8Array)[] = [];
  readonly #closeListeners: ((why: string) => void)[] = [];
  #listener: ((frame: string | Uint8Array) => void) | null = null;
  #closed: string | null = null;

  get closed(): boolean {
    return this.#closed !== null;
  }

  receive(frame: string | Uint8Array): void {
    if (this.#closed !== null) return;
    if (this.#listener === null) this.#waiting.push(frame);
    else this.#listener(frame);
  }

  onFrame(listener: (frame: string | Uint8Array) => void): void {
    this.#listener = listener;
    for (const frame of this.#waiting.splice(0)) listener(frame);
  }

  /** Only the first reason counts. */
  end(why: string): void {
    if (this.#closed !== null) return;
    this.#closed = why;
    for (const listener of this.#closeListeners.splice(0)) listener(why);
  }

  onClose(listener: (why: string) => void): void {
    if (this.#closed === null) this.#closeListeners.push(listener);
    else listener(this.#closed);
  }
}
