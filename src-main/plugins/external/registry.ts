// The plug-ins of a home: which there are, whether they may be loaded, and what they make for their slots. Each is loaded when it is first used, and
// only while it is exactly what the person agreed to; what is wrong with one is told of that one.
import { pluginEntrySchema, type PluginEntry, type PluginSlot, type PluginView } from '#shared/domain/plugin.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { DefinedAgent, EntryFault, OwnAgentEntry } from '../agents/own/read-own-agents.ts';
import type { CodeHost } from '../code-hosts/code-host.ts';
import type { Notifier } from '../notifiers/notifier.ts';
import type { Tracker } from '../trackers/tracker.ts';
import { findPlugin, type FoundPlugin, type PluginPlaces } from './find-plugin.ts';
import { guardAgent } from './guard-agent.ts';
import { guardCodeHost } from './guard-code-host.ts';
import { guardNotifier } from './guard-notifier.ts';
import { guardTracker } from './guard-tracker.ts';
import { loadPlugin, type LoadedPlugin } from './load-plugin.ts';

type Config = Readonly<Record<string, unknown>>;

export interface PluginRegistry {
  /** Loads the agents among them, since whoever looks for one can't wait; at most once for each content. Never rejects. */
  open(): Promise<void>;
  agents(): readonly DefinedAgent[];
  /** Null: no plug-in is called so, for that slot. Loaded when it is first asked. */
  tracker(name: string, config: Config): Tracker | null;
  codeHost(name: string, config: Config): CodeHost | null;
  notifier(name: string, config: Config): Notifier | null;
  /** Looks anew; loads nothing. */
  views(): readonly PluginView[];
  /** Of those that are broken; one that waits for consent is not. */
  faults(): readonly EntryFault[];
}

export interface PluginSurroundings {
  /** The configuration file, for people. */
  readonly file: string;
  /** The list `plugins`, as it is now. */
  readonly entries: () => readonly OwnAgentEntry[];
  readonly places: () => PluginPlaces;
  /** Ids of agents that are in use. */
  readonly taken: () => readonly string[];
}

/** An entry, and by what it is named. */
interface Known {
  readonly entry: PluginEntry;
  readonly id: string;
  readonly where: string;
}

export function createPluginRegistry(around: PluginSurroundings): PluginRegistry {
  const loads = new Map<string, Promise<Result<LoadedPlugin, string>>>();
  const makes = new Map<string, Promise<Result<unknown, string>>>();
  const failures = new Map<string, string>();
  let agents: readonly DefinedAgent[] = [];

  const load = (known: Known): Promise<Result<LoadedPlugin, string>> => {
    const key = keyOf(known);
    const loading = loads.get(key) ?? loadTrusted(known, around.places());
    loads.set(key, loading);
    void loading.then((loaded) => {
      if (loaded.ok) failures.delete(key);
      else failures.set(key, loaded.problem);
    });
    return loading;
  };
  const make = (known: Known, config: Config): Promise<Result<unknown, string>> => {
    const whole = { ...known.entry.config, ...config };
    const key = `${keyOf(known)} ${JSON.stringify(whole)}`;
    const making = makes.get(key) ?? load(known).then((loaded) => (loaded.ok ? loaded.value.create(whole) : loaded));
    makes.set(key, making);
    return making;
  };
  const named = (slot: PluginSlot, name: string): Known | null =>
    readyEntries(around).find(({ entry }) => entry.slot === slot && entry.plugin === name) ?? null;

  return {
    async open() {
      const mine = readyEntries(around).filter(({ entry }) => entry.slot === 'agent' && entry.trusted !== undefined);
      const made = await Promise.all(mine.map(async (known) => ({ known, result: await make(known, {}) })));
      const ready: DefinedAgent[] = [];
      for (const { known, result } of made)
        ready.push(agentOf(known, result, [...around.taken(), ...ready.map(({ id }) => id)]));
      agents = ready;
    },
    agents: () => agents,
    tracker(name, config) {
      const known = named('tracker', name);
      return known === null ? null : guardTracker({ name, load: () => make(known, config) });
    },
    codeHost(name, config) {
      const known = named('code-host', name);
      return known === null ? null : guardCodeHost(name, () => make(known, config));
    },
    notifier(name, config) {
      const known = named('notifier', name);
      return known === null ? null : guardNotifier(() => make(known, config));
    },
    views: () => around.entries().map((raw) => viewOf(around, raw, { failures, loads })),
    faults: () => around.entries().flatMap((raw) => faultOf(around, raw, { failures, loads }) ?? []),
  };
}

const keyOf = ({ entry }: Known): string =>
  JSON.stringify([entry.package, entry.path, entry.plugin, entry.slot, entry.trusted]);

async function loadTrusted({ entry }: Known, places: PluginPlaces): Promise<Result<LoadedPlugin, string>> {
  const found = findPlugin(entry, places);
  if (!found.ok) return found;
  const fault = consentFault(entry, found.value);
  if (fault !== null) return fail(fault);
  return loadPlugin(found.value, { name: entry.plugin ?? null, slot: entry.slot ?? null });
}

function consentFault({ trusted }: PluginEntry, { hash }: FoundPlugin): string | null {
  if (trusted === undefined) return 'nobody has agreed to it: athene plugin trust';
  return trusted === hash ? null : 'it is no longer what you agreed to: look at it, then athene plugin trust';
}

function agentOf(known: Known, made: Result<unknown, string>, taken: readonly string[]): DefinedAgent {
  const definition = made.ok ? guardAgent(made.value, taken) : made;
  const where = `plug-in, ${known.where}`;
  if (!definition.ok) return { kind: 'broken', id: known.id, where, why: definition.problem };
  return { kind: 'ready', id: definition.value.id, where, icon: null, definition: definition.value };
}

const readyEntries = (around: PluginSurroundings): readonly Known[] =>
  around.entries().flatMap((raw) => {
    const known = readEntry(around, raw);
    return known.ok ? [known.value] : [];
  });

interface WrongEntry {
  /** Within the entry. */
  readonly path: readonly PropertyKey[];
  readonly what: string;
}

export function readEntry({ file }: Pick<PluginSurroundings, 'file'>, raw: OwnAgentEntry): Result<Known, WrongEntry> {
  const parsed = pluginEntrySchema.safeParse(raw.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail({ path: issue?.path ?? [], what: issue?.message ?? 'it can’t be read' });
  }
  const entry = parsed.data;
  const id = entry.plugin ?? entry.package ?? entry.path ?? raw.name;
  return ok({ entry, id, where: `${file}, line ${raw.line}` });
}

interface Seen {
  readonly failures: ReadonlyMap<string, string>;
  readonly loads: ReadonlyMap<string, unknown>;
}

function viewOf(around: PluginSurroundings, raw: OwnAgentEntry, seen: Seen): PluginView {
  const known = readEntry(around, raw);
  const definedIn = `${around.file}, line ${raw.line}`;
  const bad = { slot: null, version: null, hash: null, definedIn, state: 'broken' } as const;
  if (!known.ok) {
    const { path, what } = known.problem;
    return { ...bad, id: raw.name, from: raw.name, why: [...path.map(String), what].join(': ') };
  }
  const { entry, id } = known.value;
  const from = entry.package ?? entry.path ?? '';
  const found = findPlugin(entry, around.places());
  if (!found.ok) return { ...bad, id, from, slot: entry.slot ?? null, why: found.problem };
  const { hash, version } = found.value;
  return { id, from, slot: entry.slot ?? null, version, hash, definedIn, ...stateOf(known.value, hash, seen) };
}

function stateOf(known: Known, hash: string, { failures, loads }: Seen): Pick<PluginView, 'state' | 'why'> {
  const { trusted, plugin, slot } = known.entry;
  if (trusted === undefined) return { state: 'waits', why: 'nobody has agreed to it' };
  if (trusted !== hash) return { state: 'changed', why: 'it is no longer what you agreed to' };
  if (plugin === undefined || slot === undefined)
    return { state: 'broken', why: 'its entry names no plugin and slot: athene plugin trust writes them' };
  const failure = failures.get(keyOf(known));
  if (failure !== undefined) return { state: 'broken', why: failure };
  return { state: loads.has(keyOf(known)) ? 'loaded' : 'resting', why: null };
}

function faultOf(around: PluginSurroundings, raw: OwnAgentEntry, seen: Seen): EntryFault | null {
  const known = readEntry(around, raw);
  const wrong = known.ok ? wrongWith(around, known.value, seen) : known.problem;
  if (wrong === null) return null;
  return { line: raw.lineOf(wrong.path), path: ['plugins', raw.name, ...wrong.path], what: wrong.what };
}

function wrongWith(around: PluginSurroundings, known: Known, seen: Seen): WrongEntry | null {
  const found = findPlugin(known.entry, around.places());
  if (!found.ok) return { path: [known.entry.package === undefined ? 'path' : 'package'], what: found.problem };
  const { state, why } = stateOf(known, found.value.hash, seen);
  return state === 'broken' ? { path: [], what: why ?? 'it can’t be loaded' } : null;
}
