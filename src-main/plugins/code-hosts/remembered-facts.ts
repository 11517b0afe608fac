// What was read of the pull requests of one repository, and how long it holds.
import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import type { Answer } from './code-host.ts';

export interface RememberedFacts {
  get(number: number): PullRequestFacts | undefined;
  /** Read within seconds: whoever asks, it holds. */
  isNew(number: number): boolean;
  /** It has to be had anew, though nothing seems to have changed. */
  isOld(number: number): boolean;
  remember(facts: PullRequestFacts): void;
  /** It is known to be as before; when it was read whole stays what it was. */
  confirm(number: number): void;
  forget(number: number): void;
  answerOf(numbers: readonly number[], absent: readonly number[]): Answer;
}

/** Milliseconds. */
const [holds, holdsAtMost] = [5000, 5 * 60_000];
/** Pull requests that are remembered; the longest unasked go first. */
const most = 1000;

export function rememberFacts(now: () => number): RememberedFacts {
  const known = new Map<number, PullRequestFacts>();
  const readAt = new Map<number, number>();
  const age = (number: number): number => now() - (readAt.get(number) ?? -Infinity);
  const forget = (number: number): void => {
    known.delete(number);
    readAt.delete(number);
  };
  return {
    get: (number) => known.get(number),
    isNew: (number) => age(number) < holds,
    isOld: (number) => age(number) >= holdsAtMost,
    remember(facts) {
      const { number } = facts.pullRequest;
      known.delete(number);
      known.set(number, facts);
      readAt.set(number, facts.readAt);
      for (const oldest of known.keys()) {
        if (known.size <= most) break;
        forget(oldest);
      }
    },
    confirm(number) {
      const facts = known.get(number);
      if (facts !== undefined) known.set(number, { ...facts, readAt: now() });
    },
    forget,
    answerOf: (numbers, absent) => ({
      facts: numbers.flatMap((number) => (absent.includes(number) ? [] : (known.get(number) ?? []))),
      absent,
    }),
  };
}

/** One after the other: whoever comes second finds what the first has just read. */
export function inTurn<A, T>(look: (question: A) => Promise<T>): (question: A) => Promise<T> {
  let turn: Promise<unknown> = Promise.resolve();
  return (question) => {
    const told = turn.then(async () => look(question));
    turn = told.catch(() => undefined); // Told to whoever asked; the next one has nothing to do with it.
    return told;
  };
}
