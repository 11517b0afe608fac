// Reads one line of a transcript that is written as a JSON text a line. Whoever writes it may write anything: what can't be read is null.
import type { Said } from '#shared/domain/conversation.ts';
import type { AgentTranscript } from '../agent.ts';
import { textOf } from './claims.ts';

/** Characters; a longer one holds a file or what a tool gave back, and is not worth the time. */
const longest = 256 * 1024;

export function entryIn(line: string): object | null {
  if (line.length > longest || !line.startsWith('{')) return null;
  try {
    return JSON.parse(line) as object;
  } catch {
    return null; // Half a line, or none of ours.
  }
}

/** Milliseconds since the epoch, from a field with a time as ISO 8601 has it. */
export function timeIn(entry: unknown, field: string): number | null {
  const text = textOf(entry, field);
  const at = text === null || text.length > 40 ? Number.NaN : Date.parse(text);
  return Number.isSafeInteger(at) && at >= 0 ? at : null;
}

/** For transcripts whose lines have their time in `timestamp`. */
export const saidBy =
  (saidIn: (entry: object) => readonly Said[]): NonNullable<AgentTranscript['said']> =>
  (line) => {
    const entry = entryIn(line);
    const at = timeIn(entry, 'timestamp');
    return entry === null || at === null ? [] : saidIn(entry).map((said) => ({ at, said }));
  };

/** Ids that may stand in a path: those of these agents have letters, digits, `-` and `_`. */
export const isConversation = (id: string): boolean => /^[A-Za-z0-9][\w-]{0,99}$/.test(id);
