// Which of its many points a loop of faults tries in this run, and how many it has tried.

export const wholeRun = process.env['ATHENE_ALL_FAULTS'] === '1';
/** Milliseconds for one loop: a whole one strikes at hundreds of calls. */
export const loopPatience = wholeRun ? 3_600_000 : 600_000;
/** The same at each run of the gate, which must not depend on luck; `random`, or a number, for trying other points. Printed. */
export const seed = seedOf(process.env['ATHENE_SEED'] ?? '1');

function seedOf(text: string): number {
  const given = text === 'random' ? Math.floor(Math.random() * 1_000_000) : Number(text);
  if (!Number.isSafeInteger(given) || given < 0) throw new Error(`ATHENE_SEED is no whole number: ${text}`);
  return given;
}

/** Every `every`-th of the points 1 to `count`, from one that the seed chooses; all with `ATHENE_ALL_FAULTS=1`. */
export const pointsOf = (count: number, every: number): readonly number[] => everyOf(count, wholeRun ? 1 : every);

/** The same, whatever run it is. */
export const everyOf = (count: number, step: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => index + 1).filter((point) => point % step === seed % step);

/** The same numbers for the same seed. */
export function randomFrom(start: number): (below: number) => number {
  let state = start >>> 0;
  return (below) => {
    // Numerical Recipes' linear congruential generator: good enough to scatter moments.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The headline of a file of fault tests. */
export class FaultCount {
  injected = 0;
  unrecovered = 0;

  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  /** Counts a fault; it stays unrecovered unless the work ends well. */
  async around<T>(work: () => Promise<T>): Promise<T> {
    this.injected += 1;
    this.unrecovered += 1;
    const value = await work();
    this.unrecovered -= 1;
    return value;
  }

  print(): void {
    const which = wholeRun ? 'all points' : `ATHENE_SEED=${seed}`;
    console.log(`${this.#name}: ${this.injected} faults injected, ${this.unrecovered} unrecovered (${which})`);
  }
}
