// Choices at the end of a screen, one of them marked, as agents and set-up programs draw them.

/** Lines of a dialog above its choices among which the question is looked for, and hints that may stand below them. */
const [linesAbove, hintsBelow] = [10, 3];

interface Choice {
  readonly index: number;
  readonly number: number;
  readonly marked: boolean;
}

/** The line that asks, for the lines at the end of a screen; null when they do not end with choices. */
export function choiceQuestion(rows: readonly string[]): string | null {
  const lines = rows.map(withoutFrame);
  const choices = lastList(lines);
  const [first, last] = [choices[0], choices.at(-1)];
  if (first === undefined || last === undefined || choices.filter(({ marked }) => marked).length !== 1) return null;
  const below = lines.slice(last.index + 1).filter((line) => line !== '');
  // The last choice may go on for a line or two before the hints come.
  const rest = below.slice(below.findIndex((line) => isHint.test(line)));
  if (below.length > 0 && (below.length > hintsBelow || !rest.every((line) => isHint.test(line)))) return null;
  const above = lines.slice(Math.max(0, first.index - linesAbove), first.index).filter((line) => line !== '');
  return questionIn(above) ?? above.at(-1) ?? lines[first.index] ?? null;
}

/** The last sentence with a question mark: of a line that ends with it, else of one that goes on. */
export function questionIn(lines: readonly string[]): string | null {
  const ending = lines.findLast((line) => /[?？]$/u.test(line));
  const within = lines.map((line) => /^.{1,300}?[?？](?=\s)/u.exec(line)?.[0]).findLast((found) => found !== undefined);
  return ending ?? within ?? null;
}

/** The last run of lines numbered from 1, in order; other lines may stand between (descriptions). Fewer than two are no choice. */
function lastList(lines: readonly string[]): readonly Choice[] {
  const numbered = lines.map(choiceIn).filter((choice) => choice !== null);
  const start = numbered.findLastIndex(({ number }) => number === 1);
  const list = start < 0 ? [] : numbered.slice(start).filter(({ number }, position) => number === position + 1);
  return list.length < 2 ? [] : list;
}

function choiceIn(line: string, index: number): Choice | null {
  const [, mark, number] = /^([❯›>▶►→●◉])?\s{0,4}(\d)[.)]\s+\S/u.exec(line) ?? [];
  return number === undefined ? null : { index, number: Number(number), marked: mark !== undefined };
}

/** A line that says which keys do what. */
export const isHint =
  /\b(?:enter|esc|escape|return|tab|ctrl|arrows?|cancel|confirm|select|navigate|type something)\b|[↑↓⏎↵]/iu;

/** Without the sides of a box; empty for its edges. */
export const withoutFrame = (row: string): string =>
  /^[─━═╭╮╰╯┌┐└┘]{3,}$/u.test(row.trim()) ? '' : row.replace(/^[\s│┃║▌]{1,200}/u, '').replace(/[\s│┃║▐]{1,200}$/u, '');
