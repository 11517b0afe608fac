// Dialogs of Qwen Code 0.24.4, as they were seen: a digit takes a choice at once.
import type { QuestionSigns, Wanted } from '#shared/domain/found-question.ts';

export const qwenQuestions: QuestionSigns = { digits: 'take', wants };

/** `? Shell echo made > made.txt (Make a file) ←`, and below it the command or the change, to the question. */
function wants(above: readonly string[], question: string): Wanted | null {
  const at = above.findIndex((line) => /^\?\s+\S/u.test(line));
  const [, tool, subject = ''] = /^\?\s+(\S{1,40})\s+(\S.*?)(?:\s←)?$/u.exec(above[at] ?? '') ?? [];
  if (tool === undefined) return null;
  const asked = above.findLastIndex((line) => line === question);
  const shown = above.slice(at + 1, asked < 0 ? above.length : asked);
  const command = shown.join('\n').trim();
  return { tool, command: tool === 'Shell' && command !== '' ? command : subject };
}
