// The projects that another tool's configuration names. Lenient: what can't be understood is left, with the reason.
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readTextIfThere } from '../lib/files.ts';

export interface ForeignProject {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly sessionPrefix: string | null;
  readonly env: Readonly<Record<string, string>> | null;
}

const configurationSchema = z.object({ projects: z.record(z.string(), z.unknown()).default({}) });
const entrySchema = z.object({
  path: z.string().min(1),
  sessionPrefix: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
});

/** Bytes. */
const largest = 1024 * 1024;

/** Null when there is no such file; throws when it can't be read or is no such configuration. */
export function readForeignConfiguration(
  file: string,
  home = homedir(),
): { readonly projects: readonly ForeignProject[]; readonly unread: readonly string[] } | null {
  const text = readTextIfThere(file, { maxBytes: largest, followLinks: true });
  if (text === null) return null;
  const entries = Object.entries(configurationSchema.parse(parse(text, { maxAliasCount: 0 }) ?? {}).projects);
  const projects: ForeignProject[] = [];
  const unread: string[] = [];
  for (const [name, value] of entries) {
    const entry = entrySchema.safeParse(value);
    const path = entry.success ? entry.data.path.replace(/^~(?=\/|$)/, home) : '';
    if (!entry.success || !isAbsolute(path)) unread.push(name);
    else
      projects.push({
        name,
        path: join(path),
        sessionPrefix: entry.data.sessionPrefix ?? null,
        env: entry.data.env ?? null,
      });
  }
  return { projects, unread };
}
