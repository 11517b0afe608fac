// Fair under flood: terminals that nobody types in share so many bytes per moment, so that the others are read in time.

/** Milliseconds of one window. */
const window = 10;
/** Bytes per window for all of them together: 50 MB/s, far above any agent and below what fills a core. */
const shared = 512 * 1024;
/** Bytes that each may read per window at least, so that nobody starves. */
const least = 8 * 1024;

/** What the budget slows down. */
export interface Reader {
  pressureChanged(): void;
}

/** Costs nothing while nobody floods: the timer runs only as long as somebody has to wait. */
export class ReadBudget {
  readonly #spent = new Map<Reader, number>();
  readonly #now: () => number;
  #begun = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  spend(reader: Reader, bytes: number): void {
    if (this.#timer === null && this.#now() - this.#begun >= window) this.#begin();
    const spent = (this.#spent.get(reader) ?? 0) + bytes;
    this.#spent.set(reader, spent);
    if (spent < this.#share()) return;
    reader.pressureChanged();
    this.#timer ??= setTimeout(() => this.#begin(), window);
  }

  isSpent(reader: Reader): boolean {
    return this.left(reader) === 0;
  }

  /** Bytes that the reader may still read in this window. */
  left(reader: Reader): number {
    return Math.max(0, this.#share() - (this.#spent.get(reader) ?? 0));
  }

  forget(reader: Reader): void {
    this.#spent.delete(reader);
  }

  #share(): number {
    return Math.max(least, shared / Math.max(1, this.#spent.size));
  }

  #begin(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#begun = this.#now();
    const waiting = [...this.#spent.keys()];
    this.#spent.clear();
    for (const reader of waiting) reader.pressureChanged();
  }
}
