// Dialogs of Claude Code 2.1.332 and 2.1.197, as they were seen: a digit takes a choice at once, where the choices have numbers.
import type { QuestionSigns, Wanted } from '#shared/domain/found-question.ts';

export const claudeCodeQuestions: QuestionSigns = { digits: 'take', wants };

const rule = /^╌{10,}$/u;

/**
 * What it wants to do stands between two dashed rules, under its name; older ones have a frame around it all. A command may hold such rules itself:
 * from the first to the last, nothing of it can be hidden.
 */
function wants(above: readonly string[]): Wanted | null {
  const open = above.findIndex((line) => rule.test(line));
  const close = above.findLastIndex((line) => rule.test(line));
  if (open < 0 || open === close) return wantsInFrame(above);
  const heading = above.slice(0, open);
  const [tool, ...rest] = heading.slice(heading.lastIndexOf('') + 1);
  if (tool === undefined) return null;
  const isCommand = /\bcommand\b/iu.test(tool);
  return { tool, command: isCommand ? above.slice(open + 1, close).join('\n') : (rest[0] ?? null) };
}

function wantsInFrame(above: readonly string[]): Wanted | null {
  const at = above.lastIndexOf('Bash command');
  const command = at < 0 ? undefined : above.slice(at + 1).find((line) => line !== '');
  return command === undefined ? null : { tool: 'Bash command', command };
}
