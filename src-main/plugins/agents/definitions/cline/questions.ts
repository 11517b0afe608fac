// The dialog of Cline 3.0.65, as it was seen: what it wants to use stands under the question, and below it what for.
import type { QuestionSigns, Wanted } from '#shared/domain/found-question.ts';

export const clineQuestions: QuestionSigns = { wants };

function wants(above: readonly string[], question: string): Wanted | null {
  const asked = above.findLastIndex((line) => line.startsWith(question));
  const [tool, ...subject] = above.slice(asked + 1).filter((line) => line !== '');
  if (asked < 0 || tool === undefined || !/^\w{1,60}$/.test(tool)) return null;
  const commands = subject.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2));
  return { tool, command: (commands.length > 0 ? commands : subject).join('\n') || null };
}
