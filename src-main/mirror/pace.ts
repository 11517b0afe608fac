// How much of the processor the mirror takes: others always get their turns, and while programs flood it leaves them most of the time.
import { setImmediate as giveWay, setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds of parsing, and of rest after it while there is time: at most a quarter of one core. */
const [work, rest] = [10, 30];

export class Pace {
  #ends = 0;

  /** To be awaited before each small piece of work; `hurries` tells whether somebody waits for it. */
  async turn(hurries: () => boolean): Promise<void> {
    if (performance.now() < this.#ends) return;
    await (hurries() ? giveWay() : sleep(rest));
    this.#ends = performance.now() + work;
  }
}
