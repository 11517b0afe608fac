// What an answer does, in words: before somebody gives it they see exactly what will be sent.
import type { AskedQuestion, Choice } from './asked-question.ts';
import type { SessionView } from './session.ts';

export const unusualWords: Readonly<Record<AskedQuestion['unusual'][number], string>> = {
  deletes: 'deletes',
  network: 'uses the network',
  'outside-worktree': 'reaches outside its worktree',
  privileged: 'runs with more rights',
};

/** Seen on a screen and told by nobody. */
export const isGuessed = ({ source }: Pick<AskedQuestion, 'source'>): boolean => source === 'screen';

/** The one that a card offers first; null where nothing may be agreed to in passing. */
export function defaultChoice(question: AskedQuestion): Choice | null {
  if (isGuessed(question) || question.unusual.length > 0) return null;
  const [first] = question.choices;
  return first === undefined || first.meaning === 'allow-always' || first.meaning === 'allow-session' ? null : first;
}

/** The choice that denies, where a reason can follow it: agents that were told no listen for what to do instead. */
export function deniedWithReason(question: AskedQuestion): Choice | null {
  if (question.kind !== 'permission' || isGuessed(question)) return null;
  return question.choices.find(({ meaning }) => meaning === 'deny') ?? null;
}

/** `allow once: npm run migrate`, and otherwise what the choice is called. */
export function choiceEffect({ command, tool }: AskedQuestion, { meaning, label }: Choice): string {
  const about = command ?? tool;
  if (about === null || meaning === 'other') return label;
  return `${meanings[meaning]}: ${about}`;
}

const meanings = {
  'allow-once': 'allow once',
  'allow-session': 'allow for the session',
  'allow-always': 'allow always',
  deny: 'deny',
} as const satisfies Partial<Record<Choice['meaning'], string>>;

const named: Readonly<Record<string, string>> = {
  '\r': '⏎',
  '\n': '⌃J',
  '\t': 'Tab',
  ' ': 'Space',
  '\u001b': 'Esc',
  '\u007f': '⌫',
  '\u001b[A': '↑',
  '\u001b[B': '↓',
  '\u001b[C': '→',
  '\u001b[D': '←',
  '\u001bOA': '↑',
  '\u001bOB': '↓',
};
const escape = '\u001b';
const pieces = new RegExp(`${escape}(?:\\[[A-D]|O[AB])|[^]`, 'gu');

/** Bytes as keys that people know: `1⏎`. */
export function keysText(keys: string): string {
  const parts = keys.match(pieces) ?? [];
  // One space between words is what somebody types; a lone one is a key.
  if (parts.length > 1 && /^[\p{L}\p{N}\p{P}\p{S} ]+\r?$/u.test(keys)) return keys.replace('\r', '⏎');
  return parts.map((part) => named[part] ?? controlText(part)).join('');
}

const controlText = (part: string): string => {
  const code = part.charCodeAt(0);
  return code < 0x20 ? `⌃${String.fromCharCode(code + 0x40)}` : part;
};

/** The same answer means the same for both of them. */
export const isSameQuestion = (a: AskedQuestion, b: AskedQuestion): boolean => identity(a) === identity(b);

const identity = ({ kind, text, tool, command, choices, takesText }: AskedQuestion): string =>
  JSON.stringify([
    kind,
    text,
    tool,
    command,
    takesText,
    choices.map(({ number, label, keys }) => [number, label, keys]),
  ]);

/** Why these can't be answered all at once; null when they can. */
export function whyNotTogether(sessions: readonly SessionView[]): string | null {
  const questions = sessions.map(({ question }) => question);
  const silent = questions.filter((question) => question === null).length;
  if (silent > 0) return silent === 1 ? 'One of them asks nothing.' : `${silent} of them ask nothing.`;
  const [first, ...others] = questions.filter((question) => question !== null);
  if (first === undefined) return 'None of them asks anything.';
  if (isGuessed(first) || others.some(isGuessed)) return 'A guessed question is answered by itself.';
  return others.every((other) => isSameQuestion(first, other)) ? null : 'They ask different things.';
}
