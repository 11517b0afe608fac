// config.yaml: read leniently (one bad entry hides no other), written only when it is whole, with the person's comments kept.
import { isMap, parseDocument, type Document, type YAMLMap } from 'yaml';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, type Result } from '#shared/lib/result.ts';
import { readTextIfThere, realPathIfThere, writeFileAtomic } from '../lib/files.ts';
import { lockTrouble, waitForKernelLock } from '../lib/kernel-lock.ts';
import type { HomePaths } from '../storage/paths.ts';
import {
  largestFile,
  parseYaml,
  readYaml,
  type FileError,
  type RawEntry,
  type ReadYaml,
  type YamlFile,
} from './yaml-file.ts';

export type ConfigurationBroken = Problem<'configuration-broken'>;

export interface RawConfig {
  readonly file: string;
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
  readonly error: FileError | null;
}

export const readConfig = (file: string): RawConfig =>
  configIn(file, readYaml(file, { followLinks: true }) ?? parseYaml(''));

/**
 * The same value as long as the file says the same. One that is empty all at once, as editors leave it for a moment when they save, says
 * nothing: what it said before still holds.
 */
export function createConfigReader(file: string, read: ReadYaml): () => RawConfig {
  let last: { readonly yaml: YamlFile | null; readonly config: RawConfig } | null = null;
  let full = false;
  return () => {
    const yaml = read(file, { followLinks: true });
    if (last !== null && last.yaml === yaml) return last.config;
    const config = configIn(file, yaml ?? parseYaml(''));
    const isEmptied = full && yaml !== null && config.error === null && yaml.root.value === null;
    full = isEmptied || (yaml !== null && yaml.root.value !== null);
    last = { yaml, config: isEmptied ? { ...config, error: emptied } : config };
    return last.config;
  };
}

const emptied: FileError = { line: 1, why: 'it is empty all at once. Delete it if that is meant' };

export const parseConfig = (text: string, file = 'config.yaml'): RawConfig => configIn(file, parseYaml(text));

const configIn = (file: string, yaml: YamlFile): RawConfig => ({
  file,
  projects: yaml.below('projects'),
  settings: yaml.whole('settings'),
  notifiers: yaml.below('notifiers'),
  notificationRouting: yaml.whole('notificationRouting'),
  defaults: yaml.whole('defaults'),
  lifecycle: yaml.whole('lifecycle'),
  readyThresholdMs: yaml.whole('readyThresholdMs'),
  reactions: yaml.below('reactions'),
  metaOrchestrators: yaml.below('metaOrchestrators'),
  agents: yaml.below('agents'),
  plugins: yaml.below('plugins'),
  error: yaml.error ?? misplacedSection(yaml),
});

function misplacedSection({ isMap: isMapOrEmpty, whole }: YamlFile): FileError | null {
  if (!isMapOrEmpty) return { line: 1, why: 'the file must be a map with the key "projects"' };
  for (const name of ['projects', 'notifiers', 'reactions', 'metaOrchestrators', 'agents']) {
    const section = whole(name);
    const isRight = section === null || section.value === undefined || isMapOrNull(section.value);
    if (!isRight) return { line: section.line, why: `"${name}" must be a map` };
  }
  return null;
}

const isMapOrNull = (value: unknown): boolean => typeof value === 'object' && !Array.isArray(value);

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
    const text = readTextIfThere(file, { maxBytes: largestFile }) ?? '';
    const config = parseConfig(text, paths.config);
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

export const broken = (file: string, { line, why }: FileError): ConfigurationBroken => ({
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
