// Choices side by side, each with the key that takes it: `[y] Approve   [n] Deny`, as Cline draws them.
import { questionIn, withoutFrame, type ShownChoices } from './choice-list.ts';
import { meaningOf } from './choice-meaning.ts';

/** Lines of a program's foot that may stand below; and of the dialog above, among which the question is looked for. */
const [linesBelow, linesAbove] = [5, 8];

/**
 * For the lines at the end of a screen. Many programs end with such a row of what their keys do: only one that allows and refuses what is asked over
 * it is a question.
 */
export function keysInBrackets(rows: readonly string[]): ShownChoices | null {
  const lines = rows.map(withoutFrame);
  const at = lines.findLastIndex((line) => choicesIn(line).length > 1);
  if (at < 0 || lines.slice(at + 1).filter((line) => line !== '').length > linesBelow) return null;
  const question = questionIn(lines.slice(Math.max(0, at - linesAbove), at));
  const choices = choicesIn(lines[at] ?? '');
  const meanings = choices.map(({ label }) => meaningOf(label));
  if (question === null || !meanings.includes('allow-once') || !meanings.includes('deny')) return null;
  const labels = choices.map(({ label }) => label);
  return { question, labels, marked: null, drawn: 'keys', keys: choices.map(({ key }) => key), at };
}

/** None unless the whole line is made of them. */
function choicesIn(line: string): readonly { readonly key: string; readonly label: string }[] {
  const parts = line.split(/\s{2,}/u).map((part) => /^\[([a-z])\]\s(\S.{0,40})$/u.exec(part));
  return parts.every((part) => part !== null) ? parts.map(([, key = '', label = '']) => ({ key, label })) : [];
}
