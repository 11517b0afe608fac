// Is a question still the one on the screen, and when is it seen off?
import { setTimeout as delay } from 'node:timers/promises';
import type { FoundQuestion } from '#shared/domain/asked-question.ts';
import { isSameQuestion } from '#shared/domain/found-question.ts';
import { joinQuestion } from '#shared/domain/join-question.ts';
import type { TerminalScreen } from '#shared/domain/terminal-status.ts';
import type { StoredQuestion } from '../../storage/questions.ts';
import { lookOnce, type Looking } from './look-at-question.ts';

/** @param shown what the screen alone tells */
export function isAsked({ source, found }: Pick<StoredQuestion, 'source' | 'found'>, shown: FoundQuestion): boolean {
  const known = source === 'screen' ? shown : joinQuestion(found, shown);
  return known !== null && isSameQuestion(found, known);
}

/** Milliseconds: to be seen off in all; between two looks. */
const [patience, lookEvery] = [5000, 150];

/**
 * True once the screen shows that the agent took the answer, or a hook tells that it went on since; false when neither does within five
 * seconds.
 */
export async function waitUntilSeenOff(
  dependencies: Looking,
  asked: StoredQuestion,
  { before, wentOnAt }: { readonly before: TerminalScreen; readonly wentOnAt: () => number | null },
): Promise<boolean> {
  const typedAt = dependencies.now();
  while (dependencies.now() < typedAt + patience) {
    await delay(lookEvery);
    if ((wentOnAt() ?? 0) > typedAt) return true;
    const look = await lookOnce(dependencies, asked.session, asked.terminal);
    if (look.kind === 'ended') return true;
    if (look.kind === 'seen' && isSeenOff(asked, before, look)) return true;
  }
  return false;
}

function isSeenOff(
  asked: StoredQuestion,
  before: TerminalScreen,
  { screen, found }: { readonly screen: TerminalScreen; readonly found: FoundQuestion | null },
): boolean {
  if (screen.offset <= before.offset) return false;
  const isThere = found !== null && isAsked(asked, found);
  // The same words once more, further down: it asks again.
  if (isThere) return timesOn(screen, found.text) > timesOn(before, found.text) || isMoved(screen, before);
  return !isBehind(before, screen);
}

const timesOn = ({ rows }: TerminalScreen, text: string): number => rows.join('\n').split(text).length - 1;

const isMoved = ({ rows, cursor }: TerminalScreen, before: TerminalScreen): boolean =>
  rows[cursor.row] === before.rows[before.cursor.row] && cursor.row !== before.cursor.row;

/** The cursor still stands in the line that asked, behind what was typed. */
function isBehind(before: TerminalScreen, { rows, cursor }: TerminalScreen): boolean {
  const line = (before.rows[before.cursor.row] ?? '').trimEnd();
  return line !== '' && cursor.row === before.cursor.row && (rows[cursor.row] ?? '').startsWith(line);
}
