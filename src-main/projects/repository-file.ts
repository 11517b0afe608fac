// What a repository says of itself in athene.yaml. Others write that file: it gives behaviour only, never identity, and what could run
// commands, hand over files or let agents do more counts only once the person has accepted exactly that.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ConfigTrouble } from '#shared/domain/configuration.ts';
import { inOwnWords, repositoryEntrySchema, type RepositoryEntry } from '#shared/domain/project-entry.ts';
import { probePath, realPathIfThere } from '../lib/files.ts';
import { troubleAt, troublesOf } from './config-trouble.ts';
import { overlay, splitByConsent, type RepositoryChange } from './overlay.ts';
import type { ReadyProject } from './registry.ts';
import { readYaml, type RawEntry, type ReadYaml, type YamlFile } from './yaml-file.ts';

/** The first that is there counts. */
export const repositoryFileNames = ['athene.yaml', 'athene.yml', 'agent-orchestrator.yaml', 'agent-orchestrator.yml'];

export interface RepositoryFile {
  readonly path: string;
  /** Of what needs the person's consent; null when nothing of it does. */
  readonly hash: string | null;
  readonly accepted: boolean;
  /** What consent would change, or has changed. */
  readonly changes: readonly RepositoryChange[];
  /** Fields of it that count. */
  readonly counts: readonly string[];
  readonly lineOf: (path: readonly string[]) => number;
}

export type ReadRepositoryFile =
  | { readonly kind: 'broken'; readonly troubles: readonly ConfigTrouble[] }
  | { readonly kind: 'read'; readonly project: ReadyProject; readonly file: RepositoryFile };

/** Null when there is none, or nothing in it is about this project. @param own the project's entry in config.yaml, as it is */
export function readRepositoryFile(
  project: ReadyProject,
  own: unknown,
  read: ReadYaml = readYaml,
): ReadRepositoryFile | null {
  const found = find(project.path, read);
  if (found === null) return null;
  const { path, yaml } = found;
  const broken = (what: string, line = 1): ReadRepositoryFile => ({
    kind: 'broken',
    troubles: [{ file: path, line, field: null, what, todo: mend }],
  });
  if (yaml.error !== null) return broken(yaml.error.why, yaml.error.line);
  if (!yaml.isMap) return broken('the file must be a map');
  const about = entryFor(project, yaml);
  if (about === null) return null;
  const where = { file: path, entry: about.entry, path: about.path, todo: mend };
  if (about.entry.value === undefined)
    return { kind: 'broken', troubles: [troubleAt(where, [], 'it can not be read')] };
  const parsed = repositoryEntrySchema.safeParse(about.entry.value ?? {});
  if (!parsed.success) return { kind: 'broken', troubles: troublesOf(where, parsed.error) };
  const combined = combine(project, { own, path, given: inOwnWords(parsed.data) });
  return { kind: 'read', ...combined, file: { ...combined.file, lineOf: about.entry.lineOf } };
}

const mend = 'Mend that line in the repository; other projects are not touched by it.';

function find(root: string, read: ReadYaml): { readonly path: string; readonly yaml: YamlFile } | null {
  for (const name of repositoryFileNames) {
    const path = join(root, name);
    if (probePath(path).kind === 'absent') continue;
    const yaml = read(path, { followLinks: false });
    if (yaml !== null) return { path, yaml };
  }
  return null;
}

/** The whole file; or in a file with `projects` the entry of that id, else the one whose path is this repository. */
function entryFor(
  { id, path }: ReadyProject,
  yaml: YamlFile,
): { readonly entry: RawEntry; readonly path: readonly string[] } | null {
  if (yaml.whole('projects') === null) return { entry: yaml.root, path: [] };
  const all = yaml.below('projects');
  const entry = all.find(({ name }) => name === id) ?? all.find(({ value }) => isAt(path, value));
  return entry === undefined ? null : { entry, path: ['projects', entry.name] };
}

function isAt(root: string, value: unknown): boolean {
  const path = typeof value === 'object' && value !== null && 'path' in value ? value.path : null;
  if (typeof path !== 'string' || path.includes('\0')) return false;
  const real = realPathIfThere(join(root, path)) ?? null;
  return path === root || (real !== null && real === realPathIfThere(root));
}

function combine(
  project: ReadyProject,
  { own, path, given }: { readonly own: unknown; readonly path: string; readonly given: RepositoryEntry },
): { readonly project: ReadyProject; readonly file: Omit<RepositoryFile, 'lineOf'> } {
  const { free, asks } = splitByConsent(given);
  const hash = Object.keys(asks).length === 0 ? null : hashOf(asks);
  const accepted = hash !== null && project.acceptedFile === hash;
  const { project: usual } = overlay(project, free, own);
  const { project: changed, changes } = overlay(usual, asks, own);
  const counts = [...Object.keys(free), ...(accepted ? Object.keys(asks) : [])];
  return {
    project: accepted ? changed : usual,
    file: { path, hash: changes.length === 0 ? null : hash, accepted, changes, counts },
  };
}

/** Of the values, whatever their order: what was accepted is exactly what was shown. */
function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 32);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
