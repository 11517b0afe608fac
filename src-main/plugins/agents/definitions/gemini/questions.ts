// Dialogs of Gemini CLI 0.61, as they were seen: a digit takes a choice at once.
import type { QuestionSigns, Wanted } from '#shared/domain/found-question.ts';

export const geminiQuestions: QuestionSigns = { digits: 'take', wants };

/**
 * `? Shell  echo made > made.txt`, and below it the command or the change in a frame of its own: from its first to its last edge, since a
 * command may hold such lines itself.
 */
function wants(above: readonly string[]): Wanted | null {
  const at = above.findIndex((line) => /^\?\s\S/u.test(line));
  const [, tool, subject = ''] = /^\?\s(\S{1,60}(?:\s\S{1,60}){0,3}?)\s{1,2}(\S.*)$/u.exec(above[at] ?? '') ?? [];
  if (tool === undefined) return null;
  const open = above.findIndex((line, index) => index > at && /^╭─+╮$/u.test(line));
  const close = above.findLastIndex((line) => /^╰─+╯$/u.test(line));
  const isCommand = /^shell\b/iu.test(tool) && open > at && close > open;
  return { tool, command: isCommand ? above.slice(open + 1, close).join('\n') : subject };
}
