// What of the configuration counts, and where each value comes from.
import { basename } from 'node:path';
import type { ConfigValue } from '#shared/domain/configuration.ts';
import type { RawConfig } from './config-file.ts';
import { hideSecrets } from './hide-secrets.ts';
import type { ReadyProject, Registry } from './registry.ts';
import type { ReadConfiguration } from './whole-config.ts';
import type { RawEntry } from './yaml-file.ts';

type Sources = (path: readonly string[]) => string;

/** What holds for all projects together. */
export function explainHome(config: RawConfig, whole: ReadConfiguration): readonly ConfigValue[] {
  const { defaults, lifecycle, readyThresholdMs, reactions, metaOrchestrators } = whole;
  const entries = { defaults: config.defaults, lifecycle: config.lifecycle, readyThresholdMs: config.readyThresholdMs };
  const sources: Sources = ([section = '', ...path]) => {
    const below =
      section === 'reactions' ? config.reactions : section === 'metaOrchestrators' ? config.metaOrchestrators : null;
    const [entry, within] =
      below === null
        ? [entries[section as keyof typeof entries], path]
        : [below.find(({ name }) => name === path[0]) ?? null, path.slice(1)];
    return entry === null || !says(entry, within) ? usual : lineText(config.file, entry, within);
  };
  const all = {
    defaults,
    lifecycle,
    readyThresholdMs,
    reactions,
    metaOrchestrators: Object.fromEntries(metaOrchestrators),
  };
  return leaves([], all).map((leaf) => valueOf(leaf, [], sources));
}

/** Its own values, and what it takes from the defaults. */
export function explainProject(
  project: ReadyProject,
  {
    config,
    registry,
    whole,
  }: { readonly config: RawConfig; readonly registry: Registry; readonly whole: ReadConfiguration },
): readonly ConfigValue[] {
  const entry = config.projects.find(({ name }) => name === project.id);
  const file = registry.files.get(project.id);
  const own: Sources = (path) => {
    if (file?.counts.includes(path[0] ?? '') === true && fromFile(file.changes, path)) {
      return `${basename(file.path)}, line ${file.lineOf(path)}`;
    }
    return entry === undefined || !says(entry, path.slice(0, 1)) ? usual : lineText(config.file, entry, path);
  };
  const { id: _id, ...values } = project;
  const { notifiers: _notifiers, ...inherited } = whole.defaults;
  const given = leaves([], values);
  const more = leaves([], inherited).filter(
    ({ path }) => !given.some((leaf) => leaf.path.join('.') === path.join('.')),
  );
  const defaults: Sources = (path) =>
    config.defaults === null ? usual : `defaults, ${lineText(config.file, config.defaults, path)}`;
  return [
    ...given.map((leaf) => valueOf(leaf, ['projects', project.id], own)),
    ...more.map((leaf) => valueOf(leaf, ['defaults'], defaults)),
  ];
}

const usual = 'usual';

/** Harmless fields count without being listed as a change: they replace the whole of theirs. */
const fromFile = (changes: readonly { readonly field: string }[], path: readonly string[]): boolean => {
  const field = path.join('.');
  const inside = changes.filter((change) => change.field.split('.')[0] === path[0]);
  return inside.length === 0 || inside.some((change) => change.field === field);
};

function says({ value }: RawEntry, path: readonly string[]): boolean {
  const found = path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string, unknown>)[key]
        : undefined,
    value,
  );
  return found !== undefined;
}

const lineText = (file: string, entry: RawEntry, path: readonly string[]): string =>
  `${basename(file)}, line ${entry.lineOf(path)}`;

interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

function leaves(path: readonly string[], value: unknown): readonly Leaf[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leaves([...path, key], inner));
}

function valueOf({ path, value }: Leaf, at: readonly string[], sources: Sources): ConfigValue {
  const shown = hideSecrets([...at, ...path], value) as ConfigValue['value'];
  return { field: path.join('.'), value: shown, from: sources(path) };
}
