// Was a text seen to arrive? Concluded from what the screen showed before, with the text typed, and after Enter. Pure.
import { readsAsQuestion } from '#shared/domain/question.ts';
import type { TerminalScreen } from '#shared/domain/terminal-status.ts';
import type { ScreenSigns } from '../../plugins/agents/agent.ts';

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

/** Characters by which the beginning and the end of a text are known again. */
const enough = 30;

function endsOf(text: string): readonly string[] {
  const whole = bare(text);
  return [...new Set([whole.slice(0, enough), whole.slice(-enough)])];
}

/** The output, and from the line for input on: that of the agent, else where the cursor stands, with the row before in case it wrapped. */
function partsOf(
  screen: TerminalScreen,
  signs: ScreenSigns | null,
): { readonly above: string; readonly input: string } {
  const start = inputRowOf(screen, signs);
  const rows = rowsFromInput(screen, signs);
  return { above: bare(screen.rows.slice(0, start).join('')), input: bare(rows.join('')) };
}

const rowsFromInput = (screen: TerminalScreen, signs: ScreenSigns | null): readonly string[] =>
  screen.rows.slice(inputRowOf(screen, signs), signs === null ? screen.cursor.row + 1 : undefined);

function inputRowOf({ rows, cursor }: TerminalScreen, signs: ScreenSigns | null): number {
  const own = signs === null ? -1 : rows.findLastIndex((row) => signs.inputRow.test(row));
  return own >= 0 ? own : cursor.row;
}

const hasRow = ({ rows }: TerminalScreen, pattern: RegExp): boolean => rows.some((row) => pattern.test(row));

/** Without what wrapping and frames put between the characters of a text. */
const bare = (text: string): string => text.replace(/[\s│┃║▌▐]+/gu, '');

const countOf = (part: string, whole: string): number => (part === '' ? 0 : whole.split(part).length - 1);
