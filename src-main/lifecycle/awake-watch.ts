// Notices that the machine has slept, or that its clock was put forward: nobody could be heard meanwhile, so that silence counts from then on.

/** Milliseconds between two looks that are due every two seconds. */
const sleptFor = 30_000;

export interface AwakeWatch {
  /** To be called every two seconds. */
  look(): void;
  /** When it was last seen to wake, in milliseconds since the epoch; 0 for never. */
  since(): number;
}

export function watchAwake(now: () => number): AwakeWatch {
  let [lookedAt, awoke] = [now(), 0];
  const look = (): void => {
    const at = now();
    if (at - lookedAt > sleptFor) awoke = at;
    else if (awoke > at) awoke = 0;
    lookedAt = at;
  };
  return {
    look,
    since() {
      look();
      return awoke;
    },
  };
}

/** Of one call of the command, which looks once. */
export const neverSlept: AwakeWatch = { look: () => undefined, since: () => 0 };
