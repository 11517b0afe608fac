// Where on a screen a text is typed, and what of it stands there. Pure.
import type { TerminalScreen } from '#shared/domain/terminal-status.ts';
import type { ScreenSigns } from '../../plugins/agents/agent.ts';

/** Characters by which the beginning and the end of a text are known again. */
const enough = 30;

/** One for a short text. */
export function endsOf(text: string): readonly string[] {
  const whole = bare(text);
  return [...new Set([whole.slice(0, enough), whole.slice(-enough)])];
}

/** The output, and from the line for input on: that of the agent, else where the cursor stands. Both bare. */
export function partsOf(
  screen: TerminalScreen,
  signs: ScreenSigns | null,
): { readonly above: string; readonly input: string } {
  const start = inputRowOf(screen, signs);
  return { above: bare(screen.rows.slice(0, start).join('')), input: bare(rowsFromInput(screen, signs).join('')) };
}

export const rowsFromInput = (screen: TerminalScreen, signs: ScreenSigns | null): readonly string[] =>
  screen.rows.slice(inputRowOf(screen, signs), signs === null ? screen.cursor.row + 1 : undefined);

function inputRowOf(screen: TerminalScreen, signs: ScreenSigns | null): number {
  const own = ownRowOf(screen, signs);
  return own >= 0 ? own : screen.cursor.row;
}

/** -1 where the agent's line is not to be seen, or nothing is known of the agent. */
const ownRowOf = ({ rows }: TerminalScreen, signs: ScreenSigns | null): number =>
  signs === null ? -1 : rows.findLastIndex((row) => signs.inputRow.test(row));

/** Without what wrapping and frames put between the characters of a text. */
export const bare = (text: string): string => text.replace(/[\s│┃║▌▐]+/gu, '');

export interface Standing {
  readonly text: string;
  readonly signs: ScreenSigns | null;
}

/**
 * Does a text stand where it was typed, without having been entered? `whole`: from its beginning to its end. `gone`: the line is seen, and
 * holds nothing of it. Else nobody can tell: programs of which nothing is known may show, or hide, what was typed anywhere.
 */
export function standsInLine(standing: Standing, screen: TerminalScreen): 'whole' | 'gone' | 'unclear' {
  return ownRowOf(screen, standing.signs) >= 0 ? standsInOwnLine(standing, screen) : standsAtCursor(standing, screen);
}

function standsInOwnLine({ text, signs }: Standing, screen: TerminalScreen): 'whole' | 'gone' | 'unclear' {
  const [own = '', ...below] = rowsFromInput(screen, signs);
  const rows = [signs === null ? own : own.replace(signs.inputRow, ''), ...below];
  const input = bare(rows.join(''));
  const isWhole = rows.some((_, last) => bare(rows.slice(0, last + 1).join('')) === bare(text));
  // What a person has typed behind it is not to be entered.
  if (isWhole) return 'whole';
  const seen = endsOf(text).some((end) => input.includes(end)) || rows.some((row) => signs?.pasted?.test(row));
  return seen ? 'unclear' : 'gone';
}

/** Ends where the cursor stands, in a row that has begun: after Enter the cursor is at the beginning of the next. */
function standsAtCursor({ text }: Standing, { rows, cursor }: TerminalScreen): 'whole' | 'unclear' {
  const last = (rows[cursor.row] ?? '').slice(0, cursor.col);
  const whole = bare(text);
  const isThere = bare(last) !== '' && bare([...rows.slice(0, cursor.row), last].join('')).endsWith(whole);
  return isThere && whole !== '' ? 'whole' : 'unclear';
}
