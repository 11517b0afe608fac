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
import {
  metaOrchestratorNameSchema,
  metaOrchestratorSchema,
  type MetaOrchestrator,
} from '#shared/domain/meta-orchestrator.ts';
import { reactionKeySchema, reactionRuleSchema, type Reactions } from '#shared/domain/reaction-rule.ts';
import type { RawConfig, RawEntry } from './config-file.ts';
import { readRegistry, type ReadyProject } from './registry.ts';

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
export function readWholeConfig(file: string, config: RawConfig, last: ReadConfiguration | null): ReadConfiguration {
  const troubles: ConfigTrouble[] = [];
  const reader: Reader = { file, troubles, cutShort: config.error !== null };
  const registry = readRegistry(config);
  const projects = keepProjects(registry.ready, config, last);
  if (config.error !== null) troubles.push(fileTrouble(file, config.error));
  for (const { id, line, reason } of registry.degraded) {
    troubles.push({ file, line, field: `projects.${id}`, what: reason, todo: 'Mend the entry.' });
  }
  return {
    projects,
    defaults: whole(reader, config.defaults, defaultsSchema, {}, last?.defaults),
    lifecycle: whole(reader, config.lifecycle, lifecycleRulesSchema, lifecycleRulesSchema.parse({}), last?.lifecycle),
    readyThresholdMs: whole(
      reader,
      config.readyThresholdMs,
      readyThresholdSchema,
      usualReadyThreshold,
      last?.readyThresholdMs,
    ),
    reactions: Object.fromEntries(
      entries(
        reader,
        { section: 'reactions', entries: config.reactions, name: reactionKeySchema, value: reactionRuleSchema },
        new Map(Object.entries(last?.reactions ?? {})),
      ),
    ),
    metaOrchestrators: entries(
      reader,
      {
        section: 'metaOrchestrators',
        entries: config.metaOrchestrators,
        name: metaOrchestratorNameSchema,
        value: metaOrchestratorSchema,
      },
      last?.metaOrchestrators ?? new Map<string, MetaOrchestrator>(),
    ),
    agents: config.error === null ? config.agents : (last?.agents ?? config.agents),
    plugins: config.error === null ? config.plugins : (last?.plugins ?? config.plugins),
    troubles,
  };
}

interface Reader {
  readonly file: string;
  readonly troubles: ConfigTrouble[];
  /** An error hides what comes after it: what is missing may be there. */
  readonly cutShort: boolean;
}

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

function whole<T>(reader: Reader, entry: RawEntry | null, schema: z.ZodType<T>, usual: T, last: T | undefined): T {
  if (entry === null || entry.value === null) return (reader.cutShort ? last : undefined) ?? usual;
  const parsed = schema.safeParse(entry.value);
  if (parsed.success) return parsed.data;
  tell(reader, entry.name, entry, parsed.error);
  return last ?? usual;
}

interface Section<K extends string, T> {
  readonly section: string;
  readonly entries: readonly RawEntry[];
  readonly name: z.ZodType<K>;
  readonly value: z.ZodType<T>;
}

function entries<K extends string, T>(
  reader: Reader,
  { section, entries: given, name, value }: Section<K, T>,
  last: ReadonlyMap<string, T>,
): ReadonlyMap<string, T> {
  const read = new Map<string, T>();
  for (const entry of given) {
    const key = name.safeParse(entry.name);
    const parsed = value.safeParse(entry.value);
    const before = last.get(entry.name);
    if (key.success && parsed.success) read.set(entry.name, parsed.data);
    else if (before !== undefined) read.set(entry.name, before);
    const error = key.success ? parsed.error : key.error;
    if (error !== undefined) tell(reader, `${section}.${entry.name}`, entry, error);
  }
  if (reader.cutShort) for (const [key, before] of last) if (!read.has(key)) read.set(key, before);
  return read;
}

function tell({ file, troubles, cutShort }: Reader, field: string, entry: RawEntry, error: z.ZodError): void {
  // What an error of the file hides is told with that error.
  if (cutShort && entry.value === undefined) return;
  for (const { path, message } of error.issues) {
    troubles.push({
      file,
      line: entry.lineOf(path),
      field: [field, ...path.map(String)].join('.'),
      what: message,
      todo: 'Mend that line; until then its last good value counts.',
    });
  }
}

const fileTrouble = (file: string, { line, why }: { readonly line: number; readonly why: string }): ConfigTrouble => ({
  file,
  line,
  field: null,
  what: why,
  todo: 'Mend that line; until then the last good values count for what comes after it.',
});
