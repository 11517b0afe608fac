// What can't be read in a configuration file, with file, line and field. Values are left out: they may be secrets.
import type { z } from 'zod';
import type { ConfigTrouble } from '#shared/domain/configuration.ts';
import type { RawEntry } from './yaml-file.ts';

export interface Where {
  readonly file: string;
  readonly entry: RawEntry;
  /** Where the entry stands: `['projects', 'api']`. */
  readonly path: readonly PropertyKey[];
  readonly todo?: string;
}

export const troubleAt = (
  { file, entry, path, todo }: Where,
  within: readonly PropertyKey[],
  what: string,
): ConfigTrouble => ({
  file,
  line: entry.lineOf(within),
  field: fieldText([...path, ...within]),
  what,
  todo: todo ?? 'Mend that line.',
});

/** One for each thing that the schema found. */
export const troublesOf = (where: Where, error: z.ZodError): readonly ConfigTrouble[] =>
  error.issues.map(({ path, message }) => troubleAt(where, path, message));

/** `projects.api.env`; what is no plain word is quoted, so that it can't pass for anything else. */
export const fieldText = (path: readonly PropertyKey[]): string | null =>
  path.length === 0 ? null : path.map((part) => quoted(String(part))).join('.');

const quoted = (part: string): string => (/^[\w$-]+$/.test(part) ? part : JSON.stringify(part.slice(0, 100)));

export const troubleText = ({ file, line, field, what }: ConfigTrouble): string =>
  `${file}, line ${line}: ${field === null ? '' : `${field}: `}${what}`;
