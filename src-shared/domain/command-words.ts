// A command that a person wrote in one line, as words. No shell reads it: what only a shell would understand is refused.

/** Null when it can't be told apart without a shell: an open quote, or a sign that one would act on. */
export function commandWords(line: string): readonly string[] | null {
  const words: string[] = [];
  const token = /\s+|((?:[^\s'"\\|&;<>()$`*?[\]#~!{}]|'[^']*'|"[^"$`\\]*")+)/uy;
  while (token.lastIndex < line.length) {
    const match = token.exec(line);
    if (match === null) return null;
    if (match[1] !== undefined) words.push(match[1].replaceAll(/'([^']*)'|"([^"]*)"/g, (_, one, two) => one ?? two));
  }
  return words;
}
