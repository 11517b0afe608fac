// Dialogs of opencode 1.18: buttons side by side, of which colour alone tells the marked one. It is the first one as long as nobody has typed,
// and a question is only answered as long as nobody has. Escape is a key for the last.
import type { QuestionSigns, Wanted } from '#shared/domain/found-question.ts';

export const opencodeQuestions: QuestionSigns = { button, wants };

const right = '\u001b[C';

function button(index: number, count: number): string {
  return index === count - 1 ? '\u001b' : `${right.repeat(index)}\r`;
}

/** Under the title what kind of thing it is (`# Shell command`, `→ Edit a.ts`), then the thing itself. */
function wants(above: readonly string[]): Wanted | null {
  const at = above.findIndex((line) => /^△\s/u.test(line));
  const [kind, ...rest] = at < 0 ? [] : above.slice(at + 1).filter((line) => line !== '');
  const [, tool, subject] = /^[^\p{L}\s]\s(\S{1,40}(?:\scommand)?)(?:\s(\S.*))?$/u.exec(kind ?? '') ?? [];
  if (tool === undefined) return null;
  const isCommand = rest[0]?.startsWith('$ ') === true;
  return { tool, command: isCommand ? rest.join('\n').slice(2) : (subject ?? null) };
}
