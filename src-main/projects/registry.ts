// The projects that config.yaml names: those that can be used, and those that can't with line and reason.
import { homedir } from 'node:os';
import { basename, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { ConfigTrouble } from '#shared/domain/configuration.ts';
import { metaProject } from '#shared/domain/coordinator.ts';
import { projectIdPattern } from '#shared/domain/identifier.ts';
import {
  inOwnWords,
  projectSchema,
  usualBranch,
  type Project,
  type ProjectEntry,
} from '#shared/domain/project-entry.ts';
import { probePath } from '../lib/files.ts';
import type { RawConfig } from './config-file.ts';
import { troubleAt, troublesOf, type Where } from './config-trouble.ts';
import { derivePrefix } from './derive-names.ts';
import { readRepositoryFile, type RepositoryFile } from './repository-file.ts';
import { readYaml, type RawEntry, type ReadYaml } from './yaml-file.ts';

export interface ReadyProject extends Project {
  readonly id: string;
}

export interface DegradedProject {
  readonly id: string;
  /** At least one. */
  readonly troubles: readonly [ConfigTrouble, ...ConfigTrouble[]];
  /** As far as it could be read. */
  readonly path: string;
  readonly prefix: string;
}

export interface Entries {
  readonly ready: readonly ReadyProject[];
  readonly degraded: readonly DegradedProject[];
}

export interface Registry extends Entries {
  /** By project; only of those whose repository has one that can be read. */
  readonly files: ReadonlyMap<string, RepositoryFile>;
}

/** A newer Athene's keys are no mistake of this one's entry. */
const entrySchema = z.object(projectSchema.shape);

type Judged =
  | { readonly kind: 'right'; readonly raw: RawEntry; readonly entry: ProjectEntry; readonly where: Where }
  | { readonly kind: 'wrong'; readonly raw: RawEntry; readonly troubles: DegradedProject['troubles'] };
type Right = Extract<Judged, { kind: 'right' }>;

/**
 * With what each repository's own file says laid over its entry. Ids and prefixes are unique whatever the case: the first one has
 * them.
 */
export function readRegistry(config: RawConfig, read: ReadYaml = readYaml): Registry {
  const files = new Map<string, RepositoryFile>();
  return { ...judgeAll(config, (project, where) => overlaid(project, where, { files, read })), files };
}

/** The entries alone, as they are edited. */
export const readEntries = (config: RawConfig): Entries => judgeAll(config, (project) => project);

type Finish = (project: ReadyProject, where: Where) => ReadyProject | readonly ConfigTrouble[];

function judgeAll(config: RawConfig, finish: Finish): Entries {
  const ready: ReadyProject[] = [];
  const degraded: DegradedProject[] = [];
  const judged = judgePrefixes(judgeIds(config.projects.map((raw) => judge(raw, config.file))));
  const prefixes = new Map(givenPrefixes(judged));
  for (const one of judged) {
    const finished = one.kind === 'wrong' ? one.troubles : finish(complete(one, prefixes), one.where);
    if (!isTroubles(finished)) ready.push(finished);
    else if (isSome(finished)) degraded.push(describe(one.raw, finished));
  }
  return { ready, degraded };
}

const isTroubles = (finished: ReadyProject | readonly ConfigTrouble[]): finished is readonly ConfigTrouble[] =>
  Array.isArray(finished);
const isSome = (troubles: readonly ConfigTrouble[]): troubles is DegradedProject['troubles'] => troubles.length > 0;

function judge(raw: RawEntry, file: string): Judged {
  const where = { file, entry: raw, path: ['projects', raw.name] };
  const wrong = (within: readonly PropertyKey[], what: string): Judged => ({
    ...{ kind: 'wrong', raw },
    troubles: [troubleAt(where, within, what)],
  });
  if (raw.name === metaProject) {
    return wrong([], `${metaProject} is kept for meta orchestrators: rename this project, for example to "meta"`);
  }
  if (!projectIdPattern.test(raw.name)) return wrong([], 'the id must have 1-64 letters, digits, _ or -');
  if (raw.value === undefined) return wrong([], 'it can not be read');
  const parsed = entrySchema.safeParse(raw.value);
  if (!parsed.success) {
    const [first, ...more] = troublesOf(where, parsed.error);
    return first === undefined ? wrong([], 'it can not be read') : { kind: 'wrong', raw, troubles: [first, ...more] };
  }
  const path = withHome(parsed.data.path);
  const fault = pathFault(path);
  if (fault !== null) return wrong(['path'], fault);
  return { ...{ kind: 'right', raw, where }, entry: { ...parsed.data, path } };
}

const withHome = (path: string): string => (path.startsWith('~/') ? join(homedir(), path.slice(2)) : path);

function pathFault(path: string): string | null {
  if (!isAbsolute(path)) return `must be absolute, not ${JSON.stringify(path)}`;
  const there = probePath(path);
  if (there.kind === 'absent') return `there is nothing at ${path}; has it been moved?`;
  return there.kind === 'file' || there.kind === 'other' ? `${path} is not a directory` : null;
}

function judgeIds(all: readonly Judged[]): readonly Judged[] {
  return all.map((one): Judged => {
    const twin = all.find(({ kind, raw: { name } }) => kind === 'right' && sameWord(name, one.raw.name));
    if (one.kind === 'wrong' || twin === undefined || twin === one) return one;
    const what = `the id is that of ${twin.raw.name} in other case`;
    return { kind: 'wrong', raw: one.raw, troubles: [troubleAt(one.where, [], what)] };
  });
}

/** Two that name the same prefix: the first one has it. */
function judgePrefixes(all: readonly Judged[]): readonly Judged[] {
  const named = all.filter((one): one is Right => one.kind === 'right' && one.entry.sessionPrefix !== undefined);
  return all.map((one): Judged => {
    if (one.kind === 'wrong' || one.entry.sessionPrefix === undefined) return one;
    const prefix = one.entry.sessionPrefix;
    const rival = named.find(({ entry }) => sameWord(entry.sessionPrefix ?? '', prefix));
    if (rival === undefined || rival === one) return one;
    const what = `${prefix} belongs to ${rival.raw.name} too; give ${rival.raw.name} and ${one.raw.name} prefixes of their own, for example sessionPrefix: ${freePrefix(one, all)}`;
    return { kind: 'wrong', raw: one.raw, troubles: [troubleAt(one.where, ['sessionPrefix'], what)] };
  });
}

const freePrefix = ({ entry }: Right, all: readonly Judged[]): string =>
  derivePrefix(basename(entry.path), all.map(prefixOf));

const prefixOf = (one: Judged): string => textOf(one.raw, 'sessionPrefix');

/** What names none gets one from its directory's name, numbered until it is free. */
function givenPrefixes(all: readonly Judged[]): readonly (readonly [string, string])[] {
  const taken = all.map(prefixOf);
  return all.flatMap((one) => {
    if (one.kind === 'wrong') return [];
    const prefix = one.entry.sessionPrefix ?? derivePrefix(basename(one.entry.path), taken);
    taken.push(prefix);
    return [[one.raw.name, prefix] as const];
  });
}

function complete({ raw, entry }: Right, prefixes: ReadonlyMap<string, string>): ReadyProject {
  return {
    ...inOwnWords(entry),
    id: raw.name,
    sessionPrefix: prefixes.get(raw.name) ?? raw.name,
    defaultBranch: entry.defaultBranch ?? usualBranch,
  };
}

function overlaid(
  project: ReadyProject,
  { entry }: Where,
  { files, read }: { readonly files: Map<string, RepositoryFile>; readonly read: ReadYaml },
): ReadyProject | readonly ConfigTrouble[] {
  const found = readRepositoryFile(project, entry.value, read);
  if (found === null) return project;
  if (found.kind === 'broken') return found.troubles;
  files.set(project.id, found.file);
  return found.project;
}

export const sameWord = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const describe = (raw: RawEntry, troubles: DegradedProject['troubles']): DegradedProject => ({
  id: raw.name,
  troubles,
  path: textOf(raw, 'path'),
  prefix: textOf(raw, 'sessionPrefix'),
});

function textOf({ value }: RawEntry, key: string): string {
  const text = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof text === 'string' ? text : '';
}

/** `config.yaml, line 6: path: …`, of the project's first trouble. */
export function reasonOf({ id, troubles: [{ file, line, field, what }] }: DegradedProject): string {
  const start = `projects.${id}`;
  const within =
    field === start ? null : field?.startsWith(`${start}.`) === true ? field.slice(start.length + 1) : field;
  return `${basename(file)}, line ${line}: ${within === null ? '' : `${within}: `}${what}`;
}
