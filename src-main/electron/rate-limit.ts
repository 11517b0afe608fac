// How often something may happen.

export interface Rate {
  readonly most: number;
  /** Milliseconds. */
  readonly within: number;
}

/** True as long as it has not happened too often. `now`: milliseconds since the epoch. */
export function rateLimit({ most, within }: Rate, now: () => number): () => boolean {
  let began = Number.NEGATIVE_INFINITY;
  let count = 0;
  return () => {
    const at = now();
    // A clock that was set back begins anew as well.
    if (at - began >= within || at < began) [began, count] = [at, 0];
    count += 1;
    return count <= most;
  };
}
