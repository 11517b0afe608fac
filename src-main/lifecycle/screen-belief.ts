// What is believed of a screen after each look at it. A settled one is taken at its word; one that is drawn on may be caught half drawn, or only pass
// by: its question is believed when two looks in a row show the same, and given up when two do not. Pure.
import type { ScreenQuestion } from '#shared/domain/activity.ts';
import type { FoundQuestion } from '#shared/domain/asked-question.ts';
import { isSameQuestion } from '#shared/domain/found-question.ts';
import { plainLine } from '#shared/domain/plain-line.ts';
import type { TerminalStatus } from '#shared/domain/terminal-status.ts';

export interface Belief {
  /** What the last look showed. */
  readonly last: Sighting | null;
  readonly believed: Sighting | null;
  /** Looks in a row that did not show what is believed. */
  readonly missed: number;
  /** False as long as nobody can say that it asks nothing. */
  readonly isCertain: boolean;
}

interface Sighting {
  readonly question: ScreenQuestion;
  readonly rows: readonly string[];
}

export interface SeenScreen {
  /** As it was when the look began. */
  readonly status: Pick<TerminalStatus, 'lastOutputAt' | 'outputSince' | 'inputAt'>;
  readonly rows: readonly string[];
  readonly found: FoundQuestion | null;
  /** It had come to rest. */
  readonly isSettled: boolean;
}

export const noBelief: Belief = { last: null, believed: null, missed: 0, isCertain: false };

export function believe(before: Belief, seen: SeenScreen): Belief {
  const now = sighting(seen);
  const again = now === null ? null : seenBefore(before, now, seen);
  if (now !== null && again !== null) {
    const question = { ...now.question, since: again.question.since, ...drawn(again, seen) };
    const same = { ...now, question };
    return { last: same, believed: same, missed: 0, isCertain: true };
  }
  if (seen.isSettled) return { last: now, believed: now, missed: 0, isCertain: true };
  const missed = before.missed + 1;
  const believed = missed < 2 ? before.believed : null;
  return { last: now, believed, missed, isCertain: before.isCertain || (missed >= 2 && now === null) };
}

/** Characters of the sentence that names it. */
const longest = 160;

function sighting({ found, rows, status }: SeenScreen): Sighting | null {
  if (found === null) return null;
  const at = status.lastOutputAt ?? 0;
  return { question: { question: plainLine(found.text, longest), found, at, since: at }, rows };
}

/** The same question again, with nothing typed in between, is as old as it was: a screen is redrawn for many reasons. */
function seenBefore({ last, believed }: Belief, now: Sighting, { status, isSettled }: SeenScreen): Sighting | null {
  const isSame = (one: Sighting | null): one is Sighting =>
    one !== null &&
    (status.inputAt === null || status.inputAt <= one.question.at) &&
    (isSettled
      ? one.question.question === now.question.question
      : isSameQuestion(one.question.found, now.question.found) && heldStill(one.rows, now.rows));
  return [believed, last].find(isSame) ?? null;
}

/** It printed without a pause between the two. */
const drawn = ({ question }: Sighting, { status, isSettled }: SeenScreen): Pick<ScreenQuestion, 'drawsOn'> =>
  isSettled && (status.outputSince === null || status.outputSince > question.at) ? {} : { drawsOn: true };

/** A spinner turns, a clock counts; what streams moves everything. */
function heldStill(before: readonly string[], now: readonly string[]): boolean {
  const rows = Math.max(lengthOf(before), lengthOf(now));
  if (lengthOf(before) !== lengthOf(now)) return false;
  const shown = [...now.keys()].filter((row) => row < rows && (now[row] !== '' || before[row] !== ''));
  return shown.filter((row) => now[row] !== before[row]).length <= Math.max(1, shown.length / 4);
}

const lengthOf = (rows: readonly string[]): number => rows.findLastIndex((row) => row !== '') + 1;
