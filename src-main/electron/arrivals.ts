// Links and second starts, which may come before there are windows.
import type { Link } from './links.ts';

export class Arrivals {
  #waiting: Link[] = [];
  #follow: ((link: Link) => void) | null = null;

  take(link: Link): void {
    if (this.#follow === null) this.#waiting.push(link);
    else this.#follow(link);
  }

  /** From now on each is followed when it comes; of those that waited, the last. */
  open(follow: (link: Link) => void): void {
    this.#follow = follow;
    const last = this.#waiting.at(-1);
    this.#waiting = [];
    if (last !== undefined) follow(last);
  }
}
