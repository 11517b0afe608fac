// terminal.json: what a terminal was and how it ended, for whoever finds it after its host has gone.
import { join } from 'node:path';
import { z } from 'zod';
import { readTextIfThere, writeFileAtomic } from '#main/lib/files.ts';
import { sessionIdSchema, timestampSchema, uuidSchema } from '#shared/domain/identifier.ts';
import { terminalExitSchema, terminalSizeSchema } from '#shared/domain/terminal.ts';

const identitySchema = z.object({ pid: z.int(), startTime: z.string(), bootId: z.string() });

/** No environment: its values may be secrets. */
export const terminalRecordSchema = z.object({
  terminal: uuidSchema,
  session: sessionIdSchema,
  argv: z.array(z.string()),
  cwd: z.string(),
  /** At the start, and again at the end. */
  size: terminalSizeSchema,
  process: identitySchema,
  host: identitySchema,
  startedAt: timestampSchema,
  exit: terminalExitSchema.nullable(),
  /** Output bytes when it ended. */
  offset: z.int().nonnegative().nullable(),
});
export type TerminalRecord = z.infer<typeof terminalRecordSchema>;

/** Name and value that every process of a terminal has in its environment. */
export const terminalMarker = (terminal: string) => ({ name: 'ATHENE_TERMINAL', value: terminal });

export const writeTerminalRecord = (directory: string, record: TerminalRecord): void =>
  writeFileAtomic(join(directory, 'terminal.json'), JSON.stringify(record));

/** Null when there is none; throws when it can't be read or is not one. */
export function readTerminalRecord(directory: string): TerminalRecord | null {
  const text = readTextIfThere(join(directory, 'terminal.json'));
  return text === null ? null : terminalRecordSchema.parse(JSON.parse(text));
}
