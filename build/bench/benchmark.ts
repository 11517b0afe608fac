// What a benchmark is: named figures, each a value beside its reference from the same run.

export interface BenchmarkOptions {
  /** Small loads: a hint instead of a figure to publish. */
  readonly quick: boolean;
}

export interface Measurement {
  readonly name: string;
  /** With its unit, like `MB/s`. */
  readonly unit: string;
  readonly value: number;
  readonly reference: number;
  /** Bound of value ÷ reference. */
  readonly target: { readonly atLeast: number } | { readonly atMost: number };
}

export interface Benchmark {
  /** Names of the figures it gives. */
  readonly names: readonly string[];
  /** One line: what it does, and what its reference is. */
  readonly says: string;
  run(options: BenchmarkOptions): Promise<readonly Measurement[]>;
}

/** Rounds of the two variants in turn, so that a busy moment of the machine meets both. At least 5. */
export async function interleaved<T>(
  rounds: number,
  ours: (round: number) => Promise<T>,
  bare: (round: number) => Promise<T>,
): Promise<{ ours: T[]; bare: T[] }> {
  const results: { ours: T[]; bare: T[] } = { ours: [], bare: [] };
  // The first of each warms caches and code, and counts for nothing.
  await ours(-1);
  await bare(-1);
  for (let round = 0; round < Math.max(rounds, 5); round += 1) {
    results.ours.push(await ours(round));
    results.bare.push(await bare(round));
  }
  return results;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
