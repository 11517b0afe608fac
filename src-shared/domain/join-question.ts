// A question that a hook told (its exact words, and no keys) and one that the screen shows (keys, and a guess at the rest): are they the same? Pure.
import type { FoundQuestion } from './asked-question.ts';

/** Words from the hook, choices from the screen; null when the screen asks something else, or shows more than was told. */
export function joinQuestion(told: FoundQuestion, shown: FoundQuestion): FoundQuestion | null {
  const { tool, command, cwd, unusual } = told;
  const isSame =
    told.kind === 'permission'
      ? shown.kind === 'permission' && isSameSubject(command, shown.command)
      : bare(told.text) === bare(shown.text);
  return isSame ? { ...shown, tool: tool ?? shown.tool, command, cwd, unusual } : null;
}

/** Either may be cut, and says so; a file may be told by its whole path. */
function isSameSubject(told: string | null, shown: string | null): boolean {
  if (told === null || shown === null) return false;
  const [all, seen] = [bare(told), bare(shown)];
  if (all === seen || all.endsWith(`/${seen}`)) return true;
  return (isCut(seen) && all.startsWith(seen.slice(0, -1))) || (isCut(all) && seen.startsWith(all.slice(0, -1)));
}

const isCut = (text: string): boolean => text.length > 20 && text.endsWith('…');

/** Without what wrapping puts between characters. */
const bare = (text: string): string => text.replace(/\s+/gu, '');
