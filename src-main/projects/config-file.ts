// config.yaml: read leniently (one bad entry hides no other), written only when it is whole, with the person's comments kept.
import { isMap, isSeq, LineCounter, parseDocument, Pair, type Document, type YAMLMap } from 'yaml';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, type Result } from '#shared/lib/result.ts';
import { readTextIfThere, realPathIfThere, writeFileAtomic } from '../lib/files.ts';
import { lockTrouble, waitForKernelLock } from '../lib/kernel-lock.ts';
import type { HomePaths } from '../storage/paths.ts';

export type ConfigurationBroken = Problem<'configuration-broken'>;

/** One entry below `projects` or another section, as the file has it. */
export interface RawEntry {
  readonly name: string;
  /** 1-based. */
  readonly line: number;
  /** Plain data; undefined when it can't be read at all. */
  readonly value: unknown;
  /** Where a field of it stands, or as much of the path as there is. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

export interface RawConfig {
  readonly projects: readonly RawEntry[];
  readonly settings: RawEntry | null;
  readonly notifiers: readonly RawEntry[];
  readonly notificationRouting: RawEntry | null;
  readonly defaults: RawEntry | null;
  readonly lifecycle: RawEntry | null;
  readonly readyThresholdMs: RawEntry | null;
  readonly reactions: readonly RawEntry[];
  readonly metaOrchestrators: readonly RawEntry[];
  readonly agents: readonly RawEntry[];
  /** A list: the names are the places in it, from 0. */
  readonly plugins: readonly RawEntry[];
  /** The first error of the file as a whole, with its line; entries after it are not trusted. */
  readonly error: { readonly line: number; readonly why: string } | null;
}

const nothingConfigured: RawConfig = {
  projects: [],
  settings: null,
  notifiers: [],
  notificationRouting: null,
  defaults: null,
  lifecycle: null,
  readyThresholdMs: null,
  reactions: [],
  metaOrchestrators: [],
  agents: [],
  plugins: [],
  error: null,
};

/** Bytes; also what keeps an alias bomb small. */
const largest = 1024 * 1024;

export function readConfig(file: string): RawConfig {
  let text: string | null;
  try {
    text = readTextIfThere(file, { maxBytes: largest, followLinks: true });
  } catch (error) {
    return { ...nothingConfigured, error: { line: 1, why: String(error) } };
  }
  return parseConfig(text ?? '');
}

export function parseConfig(text: string): RawConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const first = document.errors[0];
  const trustedUpTo = first === undefined ? Infinity : first.pos[0];
  const read = (pair: Pair): RawEntry => readPair(document, pair, lineAt, trustedUpTo);
  const root = document.contents;
  const projects = isMap(root) ? section(root, 'projects') : undefined;
  const misplaced = misplacedSection(root, projects);
  const entries = (node: unknown): RawEntry[] => {
    if (isSeq(node)) return node.items.map((item, place) => read(new Pair(place, item)));
    return isMap(node) ? node.items.map((pair) => read(pair)) : [];
  };
  const below = (name: string): RawEntry[] => (isMap(root) ? entries(section(root, name)) : []);
  const whole = (name: string): RawEntry | null => {
    const pair = isMap(root) ? root.items.find((item) => keyOf(item) === name) : undefined;
    return pair === undefined ? null : read(pair);
  };
  const error = first === undefined ? misplaced : { line: lineAt(first.pos[0]), why: first.message };
  return {
    projects: entries(projects),
    settings: whole('settings'),
    notifiers: below('notifiers'),
    notificationRouting: whole('notificationRouting'),
    defaults: whole('defaults'),
    lifecycle: whole('lifecycle'),
    readyThresholdMs: whole('readyThresholdMs'),
    reactions: below('reactions'),
    metaOrchestrators: below('metaOrchestrators'),
    agents: below('agents'),
    plugins: below('plugins'),
    error,
  };
}

function misplacedSection(root: Document['contents'], projects: unknown): RawConfig['error'] {
  if (root !== null && !isMap(root)) return { line: 1, why: 'the file must be a map with the key "projects"' };
  if (projects !== undefined && projects !== null && !isMap(projects))
    return { line: 1, why: '"projects" must be a map' };
  return null;
}

/** Undefined when there is no such key, null when it is empty. */
function section(root: YAMLMap, name: string): unknown {
  const pair = root.items.find((item) => keyOf(item) === name);
  if (pair === undefined) return undefined;
  const value: unknown = pair.value;
  return isMap(value) || isSeq(value) ? value : scalarOf(value) === null ? null : value;
}

const scalarOf = (node: unknown): unknown =>
  typeof node === 'object' && node !== null && 'value' in node ? node.value : node;

const keyOf = (pair: Pair): string => String(scalarOf(pair.key));

type Ranged = { readonly range?: readonly number[] | null } | null | undefined;

function readPair(document: Document, pair: Pair, lineAt: (offset: number) => number, trustedUpTo: number): RawEntry {
  const key = pair.key as Ranged;
  const node = pair.value as Ranged & { toJS?: (document: Document, options: object) => unknown };
  const line = lineAt(startOf(pair) ?? 0);
  const lineOf = (path: readonly PropertyKey[]): number => {
    const start = startWithin(pair, path);
    return start === null ? line : lineAt(start);
  };
  const whole = (node?.range?.[1] ?? key?.range?.[1] ?? 0) <= trustedUpTo;
  const entry = { name: keyOf(pair), line, lineOf };
  try {
    return { ...entry, value: whole ? node?.toJS?.(document, { maxAliasCount: 50 }) : undefined };
  } catch {
    return { ...entry, value: undefined }; // Shown as an entry that can't be read.
  }
}

/** Of the key, or of the value when it is an item of a list. */
const startOf = ({ key, value }: Pair): number | null =>
  (key as Ranged)?.range?.[0] ?? (value as Ranged)?.range?.[0] ?? null;

/** Where the deepest part of the path starts that is there. */
function startWithin(pair: Pair, path: readonly PropertyKey[]): number | null {
  const [next, ...rest] = path;
  const node = pair.value;
  const inner = isMap(node)
    ? node.items.find((item) => keyOf(item) === String(next))
    : isSeq(node) && typeof next === 'number' && next < node.items.length
      ? new Pair(next, node.items[next])
      : undefined;
  return inner === undefined ? startOf(pair) : startWithin(inner, rest);
}

/** Milliseconds: an edit takes a few; more means that a holder was stopped. */
const lockWait = 10_000;

/**
 * Reads, lets `edit` change the document, and writes it, all under the lock that every process takes for it. Nothing is written
 * when the file is broken or `edit` fails. A file that is a link stays one.
 */
export async function editConfig<T, P extends Problem>(
  paths: HomePaths,
  edit: (document: Document, config: RawConfig) => Result<T, P>,
): Promise<Result<T, P | ConfigurationBroken>> {
  const trouble = lockTrouble(paths.lockFor('config'));
  if (trouble !== null) return fail({ code: 'configuration-broken', ...trouble });
  const lock = await waitForKernelLock(paths.lockFor('config'), { timeout: lockWait });
  if (lock === null) return fail(busy(paths.config));
  try {
    const file = realPathIfThere(paths.config) ?? paths.config;
    const text = readTextIfThere(file, { maxBytes: largest }) ?? '';
    const config = parseConfig(text);
    if (config.error !== null) return fail(broken(paths.config, config.error));
    const document = parseDocument(text === '' ? firstText : text);
    const edited = edit(document, config);
    if (edited.ok) writeFileAtomic(file, document.toString({ lineWidth: 0 }));
    return edited;
  } catch (error) {
    return fail({ ...broken(paths.config, { line: 1, why: 'it can not be read or written' }), details: String(error) });
  } finally {
    lock.release();
  }
}

const firstText = '# Athene: projects and settings. Edit it freely; comments are kept.\nprojects: {}\n';

/** The section as a map that can be changed; made when it is missing or empty. */
export function sectionOf(document: Document, name: string): YAMLMap {
  const found = document.get(name);
  if (isMap(found)) {
    found.flow = false;
    return found;
  }
  const made = document.createNode({}) as YAMLMap;
  document.set(name, made);
  return made;
}

export const broken = (
  file: string,
  { line, why }: { readonly line: number; readonly why: string },
): ConfigurationBroken => ({
  code: 'configuration-broken',
  what: `${file} has an error in line ${line}: ${why}`,
  kept: 'The file was left exactly as it is.',
  todo: 'Mend that line, then try again.',
});

const busy = (file: string): ConfigurationBroken => ({
  code: 'configuration-broken',
  what: `Another process has been changing ${file} for more than ten seconds.`,
  kept: 'Nothing was changed.',
  todo: 'Look for a stopped athene command (state T in ps), then try again.',
});
