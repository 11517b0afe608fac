// Lists without numbers to choose from, as the prompt libraries of set-up programs (inquirer, clack) and the agents' own dialogs draw them.
import { isHint, questionIn, withoutFrame } from './choice-list.ts';

/** The heading that waits, for the lines at the end of a screen; null when they do not end with such a list. */
export function headingOfList(rows: readonly string[]): string | null {
  const at = rows.findLastIndex((row) => heading.test(row));
  const below = rows.slice(at + 1).filter((row) => row.trim() !== '');
  if (at < 0 || below.length === 0 || !(waitsInFrame(rows[at] ?? '', below) || waitsInList(below))) return null;
  return withoutFrame(rows[at] ?? '').replace(heading, '');
}

/** An answered one has another mark: `✔`, `◇`. */
const heading = /^[?◆]\s{1,3}(?=\S)/u;

const waitsInFrame = (first: string, below: readonly string[]): boolean =>
  first.startsWith('◆') && below.every((row) => /^[│└]/u.test(row));

function waitsInList(below: readonly string[]): boolean {
  const options = below.filter((row) => !isHint.test(row));
  return (
    options.length > 1 &&
    options.filter((row) => /^[❯›>]\s?\S/u.test(row)).length === 1 &&
    options.every((row) => /^[❯›>\s]/u.test(row))
  );
}

/** The question over two to six choices, one of them marked, that stand above the last line, which says what Enter does. */
export function questionOverList(rows: readonly string[]): string | null {
  if (!/\benter\b.{1,20}\b(?:confirm|select|choose)\b/iu.test(rows.at(-1) ?? '')) return null;
  const last = rows.slice(0, -1).findLastIndex((row) => row.trim() !== '');
  const first = rows.slice(0, last).findLastIndex((row) => row.trim() === '') + 1;
  const choices = rows.slice(first, last + 1);
  const [fewest, most] = [2, 6];
  if (choices.length < fewest || choices.length > most || !choices.every((row) => /^\s?(?:[❯›]\s| \s)\S/u.test(row)))
    return null;
  if (choices.filter((row) => /[❯›]/u.test(row.slice(0, 2))).length !== 1) return null;
  return questionIn(rows.slice(0, first).map(withoutFrame));
}

/** The title over buttons side by side, of which colour alone tells the chosen one (opencode). */
export function titleOverButtons(rows: readonly string[]): string | null {
  const lines = rows.map(withoutFrame).filter((line) => line !== '');
  if (!/⇆ select\s{1,4}enter confirm$/u.test(lines.at(-1) ?? '')) return null;
  return (
    lines.map((line) => /^△\s{1,3}(\S.{0,300})$/u.exec(line)?.[1]).findLast((title) => title !== undefined) ?? null
  );
}
