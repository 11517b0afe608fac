// From what somebody says to the answer of a question. Pure.
import type { Answer, FoundQuestion } from './asked-question.ts';

/** The number of a choice, its label or the word that is typed for it; else the text. Null: none of its choices, and it takes no text. */
export function answerFrom({ choices, takesText }: FoundQuestion, said: string): Answer | null {
  const word = said.trim();
  const chosen =
    choices.find(({ number }) => String(number) === word) ??
    choices.find(({ label, keys }) => isSame(label, word) || (word !== '' && isSame(keys.replace(/\r$/, ''), word)));
  if (chosen !== undefined) return { choice: chosen.number };
  return takesText && word !== '' ? { text: said } : null;
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
