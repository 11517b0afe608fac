// What definitions need for their hooks: the command line, and a text of what an agent told.
import { quoted } from '../../../lib/posix-word.ts';

/** One command line for the shell in which agents run hooks; nothing happens when the wrappers were removed meanwhile. */
export const hookLine = (command: string, agent: string, event: string): string =>
  `test ! -x ${quoted(command)} || ${quoted(command)} ${agent} ${event}`;

export function toldText(data: Readonly<Record<string, unknown>>, field: string): string | null {
  const { told } = data;
  if (typeof told !== 'object' || told === null) return null;
  const value = (told as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'string' ? value : null;
}
