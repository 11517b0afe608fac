// A heading with a list to choose from below it, as the prompt libraries of set-up programs draw it (inquirer, clack).
import { isHint, withoutFrame } from './choice-list.ts';

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
