// When a terminal's screen is to be looked at: soon after it came to rest, and now and then while it draws without a pause. Pure.
import { looksAfter } from '#shared/domain/activity.ts';
import type { TerminalStatus } from '#shared/domain/terminal-status.ts';

/** Milliseconds between two looks at one that rests for moments only, and at one that never does. */
const [looksEvery, looksWhileDrawn] = [2000, 1000];
/** The same where the last look saw what the next has to confirm. */
const looksAgain = 500;
/** Milliseconds of rest after which it is looked at all the same: somebody may wait. */
const looksSurely = 1100;
/** Output bytes a second up to which it may be drawing. Whoever prints more has no dialog on the screen. */
const mostDrawn = 512 * 1024;

export interface LastLook {
  /** When it began. */
  readonly at: number;
  /** Output that was there then. */
  readonly offset: number;
  /** It saw a question that is not believed yet. */
  readonly doubts?: boolean;
}

type Printing = Pick<TerminalStatus, 'offset' | 'lastOutputAt' | 'outputSince' | 'inputAt' | 'exit'>;

/** Null: there is nothing to be seen. It may be over. */
export function lookDueAt(status: Printing, last: LastLook | null): number | null {
  const { lastOutputAt, outputSince, inputAt, exit } = status;
  if (exit !== null || lastOutputAt === null) return null;
  const mayAt =
    last === null || (inputAt ?? 0) > last.at ? -Infinity : last.at + (last.doubts === true ? looksAgain : looksEvery);
  const restedAt = Math.max(lastOutputAt + looksAfter, Math.min(mayAt, lastOutputAt + looksSurely));
  // Services that do not tell of stretches can't tell drawing from work.
  if (outputSince === null) return restedAt;
  const wait = last?.doubts === true ? looksAgain : looksWhileDrawn;
  return Math.min(restedAt, Math.max(outputSince, last?.at ?? 0) + wait);
}

export const isAtRest = ({ lastOutputAt }: Printing, now: number): boolean => now - (lastOutputAt ?? 0) >= looksAfter;

export const isFlood = ({ offset }: Printing, last: LastLook, now: number): boolean =>
  offset - last.offset > (mostDrawn * Math.max(now - last.at, looksEvery)) / 1000;
