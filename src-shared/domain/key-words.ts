// Keys that are typed into a terminal, as a person reads them.

const signs: Readonly<Record<string, string>> = {
  '\r': '⏎',
  '\t': '⇥',
  '\u001b': '⎋',
  '\u001b[A': '↑',
  '\u001b[B': '↓',
  '\u001b[C': '→',
  '\u001b[D': '←',
  ' ': '␣',
};

/** One key each: an arrow is three characters. */
export const keysIn = (keys: string): readonly string[] =>
  // eslint-disable-next-line no-control-regex -- keys are control characters
  keys.match(/\u001b\[[A-D]|[^]/gu) ?? [];

/** `1`, `y⏎`, `↓↓⏎`. */
export const keyWords = (keys: string): string =>
  keysIn(keys)
    .map((key) => (keys.trim() === '' || key !== ' ' ? (signs[key] ?? key) : key))
    .join('');
