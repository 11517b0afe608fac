// Was a text seen to arrive? Concluded from what the screen showed before, with the text typed, and after Enter. Pure.
import { readsAsQuestion } from '#shared/domain/question.ts';
import type { TerminalScreen } from '#shared/domain/terminal-status.ts';
import type { ScreenSigns } from '../../plugins/agents/agent.ts';
import { bare, endsOf, partsOf, rowsFromInput } from './line-for-input.ts';

export interface Typing {
  readonly text: string;
  /** Of the agent; null for one of which nothing is known. */
  readonly signs: ScreenSigns | null;
  /** Null where the screen could not be read. */
  readonly before: TerminalScreen | null;
  /** With the text typed, before Enter. */
  readonly typed: TerminalScreen | null;
  /** It had printed nothing for a while before the text was typed. */
  readonly wasAtRest: boolean;
}

/** False also when nobody can tell: then it is typed and not confirmed. */
export function showsArrival(typing: Typing, after: TerminalScreen): boolean {
  const { before, signs } = typing;
  if (before === null) return false;
  const queued = signs?.queued ?? null;
  if (queued !== null && hasRow(after, queued) && !hasRow(before, queued)) return true;
  return standsAbove(typing, before, after) || isCleared(typing, after) || reacts(typing, before, after);
}

/** It stands in the program's output, and no longer where it was typed. */
function standsAbove({ text, signs, typed }: Typing, before: TerminalScreen, after: TerminalScreen): boolean {
  // A long text wraps: its first rows stand above the cursor before Enter as well.
  if (typed?.cursor.row === after.cursor.row && typed.cursor.col === after.cursor.col) return false;
  const [was, is] = [partsOf(before, signs), partsOf(after, signs)];
  return endsOf(text).some(
    (end) => countOf(end, is.above) > countOf(end, was.above) && countOf(end, is.input) <= countOf(end, was.input),
  );
}

/** It was seen in the line for input, itself or what stands for a paste, and is gone from it. */
function isCleared({ text, signs, typed }: Typing, after: TerminalScreen): boolean {
  if (typed === null || after.offset <= typed.offset) return false;
  const [was, is] = [partsOf(typed, signs).input, partsOf(after, signs).input];
  const placeholder = signs?.pasted?.exec(rowsFromInput(typed, signs).join('\n'))?.[0];
  const marks = [...endsOf(text), ...(placeholder === undefined ? [] : [bare(placeholder)])];
  return marks.some((mark) => was.includes(mark)) && !marks.some((mark) => is.includes(mark));
}

/** It had been silent, also while the text was typed, and spoke at Enter; or it asks something that it did not ask before. */
function reacts({ typed, wasAtRest }: Typing, before: TerminalScreen, after: TerminalScreen): boolean {
  const asked = readsAsQuestion(after)?.question ?? null;
  if (asked !== null && asked !== readsAsQuestion(before)?.question) return true;
  return wasAtRest && typed !== null && typed.offset === before.offset && after.offset > typed.offset;
}

const hasRow = ({ rows }: TerminalScreen, pattern: RegExp): boolean => rows.some((row) => pattern.test(row));

const countOf = (part: string, whole: string): number => (part === '' ? 0 : whole.split(part).length - 1);
