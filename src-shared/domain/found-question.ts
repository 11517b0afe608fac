// From how a screen ends to the question as data: what is asked, what could be chosen, and exactly which keys choose it. Pure; all text is from outside.
import { assertNever } from '../lib/assert-never.ts';
import type { FoundQuestion } from './asked-question.ts';
import type { ShownChoices } from './choice-list.ts';
import { meaningOf } from './choice-meaning.ts';
import { fittingLine, fittingText } from './plain-line.ts';
import { askingOn, type Asking } from './question.ts';
import type { TerminalScreen } from './terminal-status.ts';
import { unusualIn } from './unusual.ts';

/** What is known of the dialogs of one agent. Not there: whatever holds for most programs. */
export interface QuestionSigns {
  /** What a digit does in its numbered lists: takes that choice at once, or marks it. Not there: they are chosen with arrows. */
  readonly digits?: 'take' | 'mark';
  /** Keys for a button of so many, where these are not marked on the screen. Not there: only the terminal answers. */
  readonly button?: (index: number, count: number) => string;
  /** What it wants to do, from the dialog over the choices (rows without frames, from the top); null when it does not say. */
  readonly wants?: (above: readonly string[], question: string) => Wanted | null;
}

export interface Wanted {
  readonly tool: string | null;
  readonly command: string | null;
  readonly cwd?: string | null;
  /** The words of the question, where others look like it. */
  readonly question?: string;
}

type Choices = FoundQuestion['choices'];

export const [up, down] = ['\u001b[A', '\u001b[B'];
const mostChoices = 20;

/** Null exactly where `readsAsQuestion` finds none. */
export function questionOnScreen(
  screen: Pick<TerminalScreen, 'rows' | 'cursor' | 'alternate'>,
  signs: QuestionSigns = {},
): FoundQuestion | null {
  const asking = askingOn(screen);
  if (asking === null) return null;
  return asking.kind === 'list' ? listQuestion(asking, signs) : promptQuestion(asking);
}

/** @param root as for `unusualIn` */
export const withUnusual = (question: FoundQuestion, root: string | null): FoundQuestion =>
  question.command === null ? question : { ...question, unusual: [...unusualIn(question.command, root)] };

/** Nothing that somebody reads or answers with differs. */
export const isSameQuestion = (one: FoundQuestion, other: FoundQuestion): boolean => identity(one) === identity(other);

const identity = ({ kind, text, tool, command, cwd, choices, takesText }: FoundQuestion): string =>
  JSON.stringify([kind, text, tool, command, cwd, takesText, choices.map(({ label, keys }) => [label, keys])]);

function listQuestion({ list, above }: Extract<Asking, { kind: 'list' }>, signs: QuestionSigns): FoundQuestion {
  const wanted = signs.wants?.(above, list.question) ?? null;
  const labels = list.labels.slice(0, mostChoices).map((label) => fittingLine(label, 200));
  const kind = kindOf(list.question, labels);
  const command = wanted?.command ?? null;
  const cwd = wanted?.cwd ?? null;
  return withUnusual(
    {
      ...{ kind, text: fittingLine(wanted?.question ?? list.question, 300), unusual: [], takesText: false },
      tool: wanted?.tool === undefined || wanted.tool === null ? null : fittingLine(wanted.tool, 80),
      command: command === null ? null : fittingText(command, 2000),
      cwd: cwd === null ? null : fittingText(cwd, 1000),
      choices: choicesOf(list, labels, { signs, isTrust: kind === 'trust' }),
    },
    cwd,
  );
}

/** Yes and no to something is a permission; other choices are just that. */
function kindOf(question: string, labels: readonly string[]): FoundQuestion['kind'] {
  if (/\btrust(?:ed)?\b/iu.test(question)) return 'trust';
  const meanings = labels.map((label) => meaningOf(label));
  const may = meanings.some((meaning) => meaning.startsWith('allow-')) && meanings.includes('deny');
  return may ? 'permission' : 'choice';
}

function choicesOf(
  list: ShownChoices,
  labels: readonly string[],
  { signs, isTrust }: { readonly signs: QuestionSigns; readonly isTrust: boolean },
): Choices {
  const choices = labels.map((label, index) => ({
    ...{ number: index + 1, label, keys: keysFor(list, index, signs) },
    meaning: meaningOf(label, isTrust),
  }));
  // All or none: a list of which only some can be chosen is not understood.
  return choices.some(({ keys }) => keys === '') ? [] : choices;
}

function keysFor({ drawn, marked, labels, keys }: ShownChoices, index: number, signs: QuestionSigns): string {
  if (keys !== undefined) return keys[index] ?? '';
  const digit = drawn === 'numbered' && index < 9 ? signs.digits : undefined;
  if (digit !== undefined) return `${index + 1}${digit === 'mark' ? '\r' : ''}`;
  if (marked === null) return signs.button?.(index, labels.length) ?? '';
  return `${(index < marked ? up : down).repeat(Math.abs(index - marked))}\r`;
}

function promptQuestion({ line, wants }: Extract<Asking, { kind: 'prompt' }>): FoundQuestion {
  const text = fittingLine(line, 300);
  const nothing = { tool: null, command: null, cwd: null, unusual: [] };
  switch (wants) {
    case 'yes-or-no': {
      const { choices, takesText } = letteredIn(line) ?? offeredIn(line);
      return { ...nothing, kind: 'choice', text, choices, takesText: takesText || choices.length === 0 };
    }
    case 'key':
      return { ...nothing, kind: 'choice', text, choices: [goOn(line)], takesText: false };
    case 'secret':
      // Typed into the terminal itself: nobody else needs to know it.
      return { ...nothing, kind: 'text', text, choices: [], takesText: false };
    case 'text':
      return { ...nothing, kind: 'text', text, choices: [], takesText: true };
    default:
      return assertNever(wants);
  }
}

const goOn = (line: string): Choices[number] => ({
  ...{ number: 1, label: 'Go on', meaning: 'other' },
  keys: /\b(?:press|hit)\s(?:the\s)?\W?space/iu.test(line) ? ' ' : '\r',
});

/** `(Y)es/(N)o/(S)kip all [Yes]:`, as Aider asks, `[(y)es, (n)o]:`, as Amp does: the letter in brackets is what is typed. */
function letteredIn(line: string): Pick<FoundQuestion, 'choices' | 'takesText'> | null {
  const start = line.search(/\(y\)es(?:\/|, )\(n\)o/iu);
  if (start < 0) return null;
  const choices = [...line.slice(start).matchAll(/\((\p{L})\)([\p{L}' ]{0,30})/gu)].map(
    ([, letter = '', rest = ''], index) => ({
      ...{ number: index + 1, label: `${letter}${rest}`.trim(), meaning: 'other' as const },
      keys: `${letter.toLowerCase()}\r`,
    }),
  );
  return { choices: choices.slice(0, mostChoices), takesText: false };
}

/** `[y/N]`, `[y,n,q,?]`, `(yes/no/[fingerprint])`: what is offered between the last brackets. A word in brackets of its own stands for a text. */
function offeredIn(line: string): Pick<FoundQuestion, 'choices' | 'takesText'> {
  const offered = /[[(<]([^\n[(<]{1,60}(?:[[(<][^\n\])>]{1,30}[\])>])?)[\])>]\s?[?:.]?$/u.exec(line)?.[1] ?? '';
  const words = offered.split(/[/,|]/u).map((word) => word.trim());
  const takesText = words.some((word) => /^[[(<]/u.test(word));
  const plain = [...new Set(words.filter((word) => /^[\p{L}\p{N}?!]{1,12}$/u.test(word)))].slice(0, mostChoices);
  const choices = plain.map((word, index) => {
    const typed = /^(?:y|n|yes|no)$/iu.test(word) ? word.toLowerCase() : word;
    return { number: index + 1, label: wordFor(typed), meaning: 'other' as const, keys: `${typed}\r` };
  });
  return { choices, takesText };
}

const wordFor = (word: string): string =>
  word === 'y' || word === 'yes' ? 'Yes' : word === 'n' || word === 'no' ? 'No' : word;
