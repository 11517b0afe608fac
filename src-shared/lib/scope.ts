/** Owns what was started: anything with an end is added on the line that creates it, and ends last-in first-out. */
export class Scope {
  readonly #ends: (() => void | Promise<void>)[] = [];
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  /** Runs at once when the scope has closed already. */
  add(end: () => void | Promise<void>): void {
    if (this.#closed) void end();
    else this.#ends.push(end);
  }

  /** Every end runs, also after one that threw; the errors come back as one AggregateError. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    const errors: unknown[] = [];
    for (let end = this.#ends.pop(); end !== undefined; end = this.#ends.pop()) {
      try {
        await end();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'Could not end everything that was started');
  }
}
