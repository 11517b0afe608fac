// Dialogs of Codex 0.171, as they were seen. Its choices are chosen with arrows: a digit is not taken in all of them.
import type { QuestionSigns, Wanted } from '#shared/domain/found-question.ts';

export const codexQuestions: QuestionSigns = { wants };

const titles = /^Would you like to (?:run the following command|make the following edits)\?$/u;

/** Under its title stand where, why (often a question as well), and the command behind a dollar sign, to the end. */
function wants(above: readonly string[]): Wanted | null {
  const at = above.findIndex((line) => titles.test(line));
  const title = above[at];
  if (title === undefined) return null;
  const start = above.findIndex((line, index) => index > at && line.startsWith('$ '));
  const command = start < 0 ? null : above.slice(start).join('\n').slice(2).trim();
  return { tool: command === null ? 'Edit' : 'Command', command, question: title };
}
