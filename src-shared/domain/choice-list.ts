// Choices at the end of a screen, one of them marked, as agents and set-up programs draw them.

/** Lines of a dialog above its choices among which the question is looked for, and hints that may stand below them. */
const [linesAbove, hintsBelow] = [10, 3];

/** A list to choose from, as it is drawn. */
export interface ShownChoices {
  /** The line that asks. */
  readonly question: string;
  /** In their order; empty where they are not understood. Outside text, as it stands there. */
  readonly labels: readonly string[];
  /** Which of them is marked; null where colour alone tells. */
  readonly marked: number | null;
  readonly drawn: 'numbered' | 'list' | 'buttons' | 'keys';
  /** Of each choice, where a key stands beside it. */
  readonly keys?: readonly string[];
  /** Row of the first of them, among the rows that were given. */
  readonly at: number;
}

interface Choice {
  readonly index: number;
  readonly number: number;
  readonly marked: boolean;
  readonly label: string;
}

/** For the lines at the end of a screen; null when they do not end with numbered choices. */
export function numberedChoices(rows: readonly string[]): ShownChoices | null {
  const lines = rows.map(withoutFrame);
  const choices = lastList(lines);
  const [first, last] = [choices[0], choices.at(-1)];
  if (first === undefined || last === undefined || choices.filter(({ marked }) => marked).length !== 1) return null;
  const below = lines.slice(last.index + 1).filter((line) => line !== '');
  // The last choice may go on for a line or two before the hints come.
  const rest = below.slice(below.findIndex((line) => isHint.test(line)));
  if (below.length > 0 && (below.length > hintsBelow || !rest.every((line) => isHint.test(line)))) return null;
  const above = lines.slice(Math.max(0, first.index - linesAbove), first.index).filter((line) => line !== '');
  return {
    question: questionIn(above) ?? above.at(-1) ?? lines[first.index] ?? '',
    labels: choices.map((choice, position) => wholeLabel(lines, choice, choices[position + 1]?.index)),
    marked: choices.findIndex(({ marked }) => marked),
    drawn: 'numbered',
    at: first.index,
  };
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
  const [, mark, number, label = ''] = /^([❯›>▶►→●◉])?\s{0,4}(\d{1,2})[.)]\s+(\S.*)/u.exec(line) ?? [];
  return number === undefined ? null : { index, number: Number(number), marked: mark !== undefined, label };
}

/** What a choice goes on with stands below it, up to an empty line, a hint or the next one. */
function wholeLabel(lines: readonly string[], { index, label }: Choice, next: number | undefined): string {
  const below = lines.slice(index + 1, next);
  const end = below.findIndex((line) => line === '' || isHint.test(line));
  return [label, ...(end < 0 ? below : below.slice(0, end))].join(' ');
}

/** A line that says which keys do what, or that it is the person's turn. */
export const isHint =
  /\b(?:enter|esc|escape|return|tab|ctrl|arrows?|cancel|confirm|select|navigate|type something|waiting for user confirmation)\b|[↑↓⏎↵]/iu;

/** Without the sides of a box; empty for its edges. */
export const withoutFrame = (row: string): string =>
  /^[─━═╭╮╰╯┌┐└┘]{3,}$/u.test(row.trim()) ? '' : row.replace(/^[\s│┃║▌]{1,200}/u, '').replace(/[\s│┃║▐]{1,200}$/u, '');
