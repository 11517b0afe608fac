// Lists without numbers to choose from, as the prompt libraries of set-up programs (inquirer, clack) and the agents' own dialogs draw them.
import { isHint, questionIn, withoutFrame, type ShownChoices } from './choice-list.ts';

/** Under a heading that waits, for the lines at the end of a screen; null when they do not end with such a list. */
export function listUnderHeading(rows: readonly string[]): ShownChoices | null {
  const at = rows.findLastIndex((row) => heading.test(row));
  const below = rows.slice(at + 1).filter((row) => row.trim() !== '');
  if (at < 0 || below.length === 0 || !(waitsInFrame(rows[at] ?? '', below) || waitsInList(below))) return null;
  const question = withoutFrame(rows[at] ?? '').replace(heading, '');
  return { question, ...optionsOf(below), drawn: 'list', at: at + 1 };
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

/** None where several may be chosen, or where it can't be seen which one Enter would take. */
function optionsOf(below: readonly string[]): Pick<ShownChoices, 'labels' | 'marked'> {
  const rows = below.map(withoutFrame).filter((row) => row !== '' && row !== '└');
  const framed = rows.map((row) => /^([●○])\s{1,3}(\S.*)$/u.exec(row));
  const plain = below.filter((row) => !isHint.test(row)).map((row) => /^([❯›>]|\s)\s{1,3}(\S.*)$/u.exec(row));
  const [options, mark] = framed.every((each) => each !== null) ? [framed, /●/u] : [plain, /[❯›>]/u];
  const marks = options.map((each) => each !== null && mark.test(each[1] ?? ''));
  const labels = options.map((each) => each?.[2] ?? '');
  const isSure = marks.filter(Boolean).length === 1 && labels.every((label) => label !== '' && !isTicked.test(label));
  return isSure && labels.length > 1 ? { labels, marked: marks.indexOf(true) } : { labels: [], marked: null };
}

/** A box to tick, or two choices in one row. */
const isTicked = /^[◯◻◼☐☑◉○●[(]|\s\/\s[○●]/u;

/** Two to six choices, one of them marked, under a question and over the last line, which says what Enter does. */
export function listOverHint(rows: readonly string[]): ShownChoices | null {
  if (!/\benter\b.{1,20}\b(?:confirm|select|choose)\b/iu.test(rows.at(-1) ?? '')) return null;
  const last = rows.slice(0, -1).findLastIndex((row) => row.trim() !== '');
  const first = rows.slice(0, last).findLastIndex((row) => row.trim() === '') + 1;
  const choices = rows.slice(first, last + 1);
  const [fewest, most] = [2, 6];
  if (choices.length < fewest || choices.length > most || !choices.every((row) => /^\s?(?:[❯›]\s| \s)\S/u.test(row)))
    return null;
  const marks = choices.map((row) => /[❯›]/u.test(row.slice(0, 2)));
  const question = questionIn(rows.slice(0, first).map(withoutFrame));
  if (question === null || marks.filter(Boolean).length !== 1) return null;
  const labels = choices.map((row) => row.replace(/^\s?[❯›]?\s{1,2}/u, ''));
  return { question, labels, marked: marks.indexOf(true), drawn: 'list', at: first };
}

/** Buttons side by side under a title, of which colour alone tells the chosen one (opencode). */
export function buttonsUnderTitle(rows: readonly string[]): ShownChoices | null {
  const lines = rows.map(withoutFrame);
  const at = lines.findLastIndex((line) => line !== '');
  const [, buttons] = /^(.{0,300}?)\s{0,200}⇆ select\s{1,4}enter confirm$/u.exec(lines[at] ?? '') ?? [];
  if (buttons === undefined) return null;
  const question = lines
    .map((line) => /^△\s{1,3}(\S.{0,300})$/u.exec(line)?.[1])
    .findLast((title) => title !== undefined);
  if (question === undefined) return null;
  const labels = buttons.split(/\s{3,}/u).filter((label) => label !== '' && !/^(?:ctrl|alt|shift)\+/u.test(label));
  return { question, labels, marked: null, drawn: 'buttons', at };
}
