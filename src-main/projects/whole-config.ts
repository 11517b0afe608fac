// All that config.yaml says, entry by entry: one that can't be read hides no other, and its last good value stands in for it.
import type { z } from 'zod';
import {
  defaultsSchema,
  lifecycleRulesSchema,
  readyThresholdSchema,
  usualReadyThreshold,
  type ConfigTrouble,
  type Defaults,
  type LifecycleRules,
} from '#shared/domain/configuration.ts';
import { metaNameSchema } from '#shared/domain/coordinator.ts';
import { metaOrchestratorSchema, type MetaOrchestrator } from '#shared/domain/meta-orchestrator.ts';
import { sourceFault } from '#shared/domain/plugin-section.ts';
import { reactionKeySchema, reactionRuleSchema, type Reactions } from '#shared/domain/reaction-rule.ts';
import type { RawConfig } from './config-file.ts';
import { troubleAt, troublesOf } from './config-trouble.ts';
import type { ReadyProject, Registry } from './registry.ts';
import type { FileError, RawEntry } from './yaml-file.ts';

export interface ReadConfiguration {
  /** Also those that are degraded now, as they were when they could last be read. */
  readonly projects: readonly ReadyProject[];
  readonly defaults: Defaults;
  readonly lifecycle: LifecycleRules;
  /** Milliseconds. */
  readonly readyThresholdMs: number;
  readonly reactions: Reactions;
  readonly metaOrchestrators: ReadonlyMap<string, MetaOrchestrator>;
  /** Unchecked: what reads them knows what they must look like. */
  readonly agents: readonly RawEntry[];
  /** Likewise; the names are their places in the list, from 0. */
  readonly plugins: readonly RawEntry[];
  readonly troubles: readonly ConfigTrouble[];
}

/** @param last what the same process read before; null at first */
export function readWholeConfig(
  config: RawConfig,
  registry: Registry,
  last: ReadConfiguration | null,
): ReadConfiguration {
  const reader: Reader = { config, troubles: [] };
  const read = {
    projects: keepProjects(registry.ready, config, last),
    defaults: whole(reader, config.defaults, { schema: defaultsSchema, usual: {}, last: last?.defaults }),
    lifecycle: whole(reader, config.lifecycle, {
      ...{ schema: lifecycleRulesSchema, usual: lifecycleRulesSchema.parse({}), last: last?.lifecycle },
    }),
    readyThresholdMs: whole(reader, config.readyThresholdMs, {
      ...{ schema: readyThresholdSchema, usual: usualReadyThreshold, last: last?.readyThresholdMs },
    }),
    reactions: readReactions(reader, last),
    metaOrchestrators: readMetaOrchestrators(reader, last),
    ...readUnchecked(reader, last),
  };
  const ofFile = config.error === null ? [] : [fileTrouble(config.file, config.error)];
  const ofProjects = registry.degraded.flatMap(({ troubles }) => troubles);
  return { ...read, troubles: [...ofFile, ...ofProjects, ...reader.troubles] };
}

interface Reader {
  readonly config: RawConfig;
  readonly troubles: ConfigTrouble[];
}

/** An error hides what comes after it: what is missing may be there. */
const isCutShort = ({ config }: Reader): boolean => config.error !== null;

function keepProjects(
  ready: readonly ReadyProject[],
  config: RawConfig,
  last: ReadConfiguration | null,
): readonly ReadyProject[] {
  const named = new Set(config.projects.map(({ name }) => name));
  const kept = (last?.projects ?? []).filter(
    ({ id }) => !ready.some((project) => project.id === id) && (named.has(id) || config.error !== null),
  );
  return [...ready, ...kept];
}

interface Wanted<T> {
  readonly schema: z.ZodType<T>;
  readonly usual: T;
  readonly last: T | undefined;
}

function whole<T>(reader: Reader, entry: RawEntry | null, { schema, usual, last }: Wanted<T>): T {
  if (entry === null || entry.value === null) return (isCutShort(reader) ? last : undefined) ?? usual;
  const parsed = schema.safeParse(entry.value);
  if (parsed.success) return parsed.data;
  tell(reader, entry, [entry.name], parsed.error);
  return last ?? usual;
}

function readReactions(reader: Reader, last: ReadConfiguration | null): Reactions {
  const before = new Map(Object.entries(last?.reactions ?? {}));
  const names = { section: 'reactions', entries: reader.config.reactions, name: reactionKeySchema };
  return Object.fromEntries(entries(reader, { ...names, value: reactionRuleSchema }, before));
}

function readMetaOrchestrators(reader: Reader, last: ReadConfiguration | null): ReadonlyMap<string, MetaOrchestrator> {
  const { projects, metaOrchestrators } = reader.config;
  // Also those that are degraded: they are there.
  const known = [
    ...projects.map(({ name }) => name),
    ...(isCutShort(reader) ? (last?.projects ?? []) : []).map(({ id }) => id),
  ];
  const names = { section: 'metaOrchestrators', entries: metaOrchestrators, name: metaNameSchema };
  const fault = (name: string, one: MetaOrchestrator): string | null => unknownInScope(name, one, known);
  return entries(
    reader,
    { ...names, value: metaOrchestratorSchema, fault },
    last?.metaOrchestrators ?? new Map<string, MetaOrchestrator>(),
  );
}

/** Null when all are there. */
export function unknownInScope(name: string, { scope }: MetaOrchestrator, known: readonly string[]): string | null {
  const unknown = scope === 'all' ? undefined : scope.projects.find((project) => !known.includes(project));
  if (unknown === undefined) return null;
  return `Meta orchestrator '${name}' references unknown project '${unknown}'. Known projects: ${known.join(', ') || 'none'}`;
}

/** Whoever reads them knows what they must look like; of a plug-in only where it comes from is looked at. */
function readUnchecked(reader: Reader, last: ReadConfiguration | null): Pick<ReadConfiguration, 'agents' | 'plugins'> {
  const { agents, plugins, file, error } = reader.config;
  if (error !== null) return { agents: last?.agents ?? agents, plugins: last?.plugins ?? plugins };
  const right = plugins.filter((entry) => {
    const { source, ...section }: { readonly source?: unknown } =
      typeof entry.value === 'object' && entry.value !== null ? entry.value : {};
    const fault = sourceFault(source, section);
    if (fault !== null) reader.troubles.push(troubleAt({ file, entry, path: ['plugins', entry.name] }, [], fault));
    return fault === null;
  });
  return { agents, plugins: right };
}

interface Section<K extends string, T> {
  readonly section: string;
  readonly entries: readonly RawEntry[];
  readonly name: z.ZodType<K>;
  readonly value: z.ZodType<T>;
  /** What is wrong with one that can be read; null: nothing. */
  readonly fault?: (name: string, value: T) => string | null;
}

function entries<K extends string, T>(
  reader: Reader,
  { section, entries: given, name, value, fault }: Section<K, T>,
  last: ReadonlyMap<string, T>,
): ReadonlyMap<string, T> {
  const read = new Map<string, T>();
  for (const entry of given) {
    const path = [section, entry.name];
    const key = name.safeParse(entry.name);
    const parsed = value.safeParse(entry.value);
    const wrong = parsed.success ? (fault?.(entry.name, parsed.data) ?? null) : null;
    const before = last.get(entry.name);
    if (key.success && parsed.success && wrong === null) read.set(entry.name, parsed.data);
    else if (before !== undefined) read.set(entry.name, before);
    const error = key.success ? parsed.error : key.error;
    if (error !== undefined) tell(reader, entry, path, error);
    else if (wrong !== null) reader.troubles.push(troubleAt(whereOf(reader, entry, path), ['scope'], wrong));
  }
  if (isCutShort(reader)) for (const [key, before] of last) if (!read.has(key)) read.set(key, before);
  return read;
}

function tell(reader: Reader, entry: RawEntry, path: readonly string[], error: z.ZodError): void {
  // What an error of the file hides is told with that error.
  if (isCutShort(reader) && entry.value === undefined) return;
  reader.troubles.push(...troublesOf(whereOf(reader, entry, path), error));
}

const whereOf = ({ config: { file } }: Reader, entry: RawEntry, path: readonly string[]) => ({
  ...{ file, entry, path },
  todo: 'Mend that line; until then its last good value counts.',
});

const fileTrouble = (file: string, { line, why }: FileError): ConfigTrouble => ({
  ...{ file, line, field: null, what: why },
  todo: 'Mend that line; until then the last good values count for what comes after it.',
});
