// Does a screen end with a question to a person? A guess from its last lines, which are outside text: the answer names its confidence elsewhere.
import { numberedChoices, withoutFrame, type ShownChoices } from './choice-list.ts';
import { keysInBrackets } from './keyed-row.ts';
import { buttonsUnderTitle, listOverHint, listUnderHeading } from './marked-list.ts';
import { plainLine } from './plain-line.ts';
import type { TerminalScreen } from './terminal-status.ts';

/** Rows that are looked at, from the last one that shows anything; and above a list, for what it is about. */
const [rowsRead, rowsAbove] = [16, 80];
/** Characters of a row that are looked at, and of a question that are told. */
const [widest, longest] = [400, 160];

export interface Question {
  /** One line of printable text, at most 160 characters. */
  readonly question: string;
}

type Seen = Pick<TerminalScreen, 'rows' | 'cursor' | 'alternate'>;

/** How a screen ends that asks. */
export type Asking =
  /** `above`: the dialog over the choices, without frames, from the top. */
  | { readonly kind: 'list'; readonly list: ShownChoices; readonly above: readonly string[] }
  /** A line that waits to be completed. */
  | { readonly kind: 'prompt'; readonly line: string; readonly wants: 'yes-or-no' | 'key' | 'secret' | 'text' };

/** Null for shell prompts, editors, pagers and whatever else only might be one. */
export function askingOn(screen: Seen): Asking | null {
  const { lines, end } = lastLines(screen);
  const list =
    numberedChoices(lines) ??
    listUnderHeading(lines) ??
    listOverHint(lines) ??
    buttonsUnderTitle(lines) ??
    keysInBrackets(lines);
  if (list !== null) {
    const first = end - lines.length + list.at;
    const above = screen.rows.slice(Math.max(0, first - rowsAbove), first).map((row) => row.slice(0, widest));
    return { kind: 'list', list, above: above.map(withoutFrame) };
  }
  const line = promptAtCursor(screen, end);
  return line === null ? null : { kind: 'prompt', line, wants: wantedBy(line) };
}

/** The same as one line. */
export function readsAsQuestion(screen: Seen): Question | null {
  const asking = askingOn(screen);
  return asking === null ? null : { question: plainLine(textOf(asking), longest) };
}

/**
 * The same for questions that only a choice, a key or a secret answers: a message that is typed into one of those would do something
 * that nobody meant. An open question takes text.
 */
export function questionThatHoldsText(screen: Seen): Question | null {
  const asking = askingOn(screen);
  if (asking === null || (asking.kind === 'prompt' && asking.wants === 'text')) return null;
  return { question: plainLine(textOf(asking), longest) };
}

const textOf = (asking: Asking): string => (asking.kind === 'list' ? asking.list.question : asking.line);

function lastLines({ rows }: Seen): {
  readonly lines: readonly string[];
  readonly end: number;
} {
  const end = rows.findLastIndex((row) => row.trim() !== '') + 1;
  return { end, lines: rows.slice(Math.max(0, end - rowsRead), end).map((row) => row.slice(0, widest).trimEnd()) };
}

/** A line that asks, nothing below it, and the cursor behind it or at the beginning of the line below. */
function promptAtCursor({ rows, cursor, alternate }: Seen, end: number): string | null {
  const row = end - 1;
  const line = (rows[row] ?? '').slice(0, widest).trimEnd();
  const behind = cursor.row === row && cursor.col >= Math.min(line.length, widest);
  const below = cursor.row === row + 1 && cursor.col === 0 && !alternate;
  if ((!behind && !below) || looksLikeShellPrompt(line)) return null;
  const asks = behind ? asksBehind : asksBelow;
  return asks.some((pattern) => pattern.test(line)) ? line.trim() : null;
}

/** `user@host:~$`, `❯`, `PS C:\>`, with or without something typed behind: a shell's or an agent's own line for input. */
const looksLikeShellPrompt = (line: string): boolean =>
  /^(?:[\w.@:~/\\()[\] -]{0,80}|\S{0,80})(?:[$#❯›>➜λ»]|(?<!\d)%)(?:\s|$)/u.test(line) || /[^?][$#%❯>➜λ»]$/u.test(line);

/** All quantifiers are bounded: the text is hostile. */
const yesOrNo =
  /(?:[[(<]\s?(?:y(?:es)?|n(?:o)?)\s?[/,|][^\n]{1,60}[\])>]\s?[?:.]?|\(Y\)es\/\(N\)o(?:\/[^\n]{1,60})?\s\[\w{1,20}\]:|\[\(y\)es, \(n\)o\]:)$/iu;
const pressEnter =
  /\b(?:press|hit)\s(?:the\s)?[[(<"'‘]?(?:enter|return|any key|a key|space(?:bar)?)\b[\])>"'’]?(?:\skey)?(?:\sor\s[\w ^+-]{1,30})?(?:\s(?:to|and|when)\s(?:continue|proceed|confirm|begin|start|finish|exit|quit|close|return|go|retry|try|resume|accept|approve|open|log|sign|authenticate|launch|install|ready|done)\b[^\n]{0,200})?[\s.…:!)\]]{0,6}$/iu;
const mark = /[?？]$/u;
const secret =
  /\b(?:password|passphrase|passcode|pin|otp|token|username|login|verification code|one-time code|authentication code)\b[^\n]{0,200}[:：]$/iu;

/** The cursor stands behind the text: it waits to be completed. */
const asksBehind: readonly RegExp[] = [
  yesOrNo,
  pressEnter,
  mark,
  // A default in brackets: `Is this OK? (yes)`, `package name: (web)`, `Continue? [Y]:`.
  /[?？]\s?[[(][^\])]{0,60}[\])]\s?:?$/u,
  /^[\p{L} ./-]{2,40}:\s[[(][^\])]{0,100}[\])]\s?:?$/u,
  secret,
  /^(?:please\s)?(?:enter|type|choose|select|pick|specify)\b[^\n]{2,200}[:：]$/iu,
];

const wantedBy = (line: string): Extract<Asking, { kind: 'prompt' }>['wants'] => {
  if (yesOrNo.test(line)) return 'yes-or-no';
  if (pressEnter.test(line)) return 'key';
  return secret.test(line) ? 'secret' : 'text';
};

/** It wrote a line and waits on the next. */
const asksBelow: readonly RegExp[] = [yesOrNo, pressEnter, mark];
