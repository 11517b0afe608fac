// Dialogs of Copilot CLI 1.0.102, as they were seen: a digit takes a choice at once.
import type { QuestionSigns, Wanted } from '#shared/domain/found-question.ts';

export const copilotQuestions: QuestionSigns = { digits: 'take', wants };

/**
 * What it wants to do stands in a frame within the frame of the dialog, under a line that says why. A command may hold such edges itself: from
 * the first to the last, nothing of it can be hidden.
 */
function wants(above: readonly string[], question: string): Wanted | null {
  if (/\btrust\b/iu.test(question)) return null;
  const open = above.findIndex((line) => /^╭─+╮$/u.test(line));
  const close = above.findLastIndex((line) => /^╰─+╯$/u.test(line));
  if (open < 0 || close <= open) return null;
  return { tool: /\bcommand\b/iu.test(question) ? 'Shell' : null, command: above.slice(open + 1, close).join('\n') };
}
