// The dialog of Cline 3.0.65, as it was seen: what it wants to use stands under the question, and below it what for.
import type { QuestionSigns, Wanted } from '#shared/domain/found-question.ts';

export const clineQuestions: QuestionSigns = { wants };

const asks = 'Approve tool call?';

/** From the first such dialog on, and all of it: what stands below may be a command that looks like another, or that goes on for lines. */
function wants(above: readonly string[]): Wanted | null {
  const lines = above.filter((line) => line !== '');
  const at = lines.findIndex((line, index) => isAsking(line) && /^\w{1,60}$/.test(lines[index + 1] ?? ''));
  const [tool, ...subject] = at < 0 ? [] : lines.slice(at + 1);
  if (tool === undefined) return null;
  const command = subject.map((line) => (line.startsWith('$ ') ? line.slice(2) : line)).join('\n');
  return { tool, command: command || null, question: asks };
}

/** At a first start an offer of its maker lies over the right half of the screen. */
const isAsking = (line: string): boolean => line === asks || line.startsWith(`${asks}  `);
