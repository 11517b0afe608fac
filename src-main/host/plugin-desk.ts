// What a person asks of plug-ins: which there are, that one is added, agreed to, or taken out.
import type { AtheneContract } from '#shared/contract/contract.ts';
import { pluginEntrySchema, type PluginEntry, type PluginView } from '#shared/domain/plugin.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf, InputOf } from '#shared/rpc/define-contract.ts';
import { findPlugin, type PluginPlaces } from '../plugins/external/find-plugin.ts';
import { loadPlugin } from '../plugins/external/load-plugin.ts';
import { readEntry, type PluginRegistry, type PluginSurroundings } from '../plugins/external/registry.ts';
import { addPlugin, removePlugin, trustPlugin } from '../projects/save-plugin.ts';
import type { HomePaths } from '../storage/paths.ts';

export interface PluginDesk {
  readonly paths: HomePaths;
  readonly registry: PluginRegistry;
  readonly surroundings: PluginSurroundings;
}

type Calls = 'plugin.add' | 'plugin.remove' | 'plugin.trust';
type Answer<T, C extends Calls> = Promise<Result<T, Problem<CodeOf<AtheneContract, C>>>>;

export async function addToConfig(
  desk: PluginDesk,
  wanted: InputOf<AtheneContract, 'plugin.add'>,
): Answer<PluginView, 'plugin.add'> {
  const parsed = pluginEntrySchema.safeParse(wanted);
  if (!parsed.success) return fail(refused(parsed.error.issues[0]?.message ?? 'It can’t be read.'));
  const found = findPlugin(parsed.data, places(desk));
  if (!found.ok) return fail(refused(`Not added: ${found.problem}.`));
  const place = placeOf(parsed.data);
  const added = await addPlugin(desk.paths, place);
  return added.ok ? viewOf(desk, place) : added;
}

export async function removeFromConfig(desk: PluginDesk, id: string): Answer<null, 'plugin.remove'> {
  const entry = entryOf(desk, id);
  return entry === null ? fail(unknown(id)) : removePlugin(desk.paths, placeOf(entry));
}

/** What it says of itself is known only once it runs; so that comes first, and is written down with the consent. */
export async function trust(
  desk: PluginDesk,
  { id, hash }: InputOf<AtheneContract, 'plugin.trust'>,
): Answer<PluginView, 'plugin.trust'> {
  const entry = entryOf(desk, id);
  if (entry === null) return fail(unknown(id));
  const found = findPlugin(entry, places(desk));
  if (!found.ok) return fail(refused(`${id} can't be loaded: ${found.problem}.`));
  if (hash !== null && hash !== found.value.hash) return fail(refused(`${id} has changed since you looked at it.`));
  const loaded = await loadPlugin(found.value, { name: entry.plugin ?? null, slot: entry.slot ?? null });
  if (!loaded.ok) return fail(refused(`${id} can't be loaded: ${loaded.problem}.`));
  const { name, slot } = loaded.value.manifest;
  const other = desk.registry.views().find((view) => view.id === name && view.from !== fromOf(entry));
  if (other !== undefined) return fail(refused(`There is another plug-in called ${name}: ${other.from}.`));
  const place = placeOf(entry);
  const saved = await trustPlugin(desk.paths, place, { plugin: name, slot, trusted: found.value.hash });
  if (!saved.ok) return saved;
  await desk.registry.open();
  return viewOf(desk, place);
}

const places = ({ surroundings }: PluginDesk): PluginPlaces => surroundings.places();
const fromOf = (place: Pick<PluginEntry, 'package' | 'path'>): string => place.package ?? place.path ?? '';
const placeOf = (entry: PluginEntry): Pick<PluginEntry, 'package' | 'path'> =>
  entry.package === undefined ? { path: entry.path } : { package: entry.package };

function entryOf({ surroundings }: PluginDesk, id: string): PluginEntry | null {
  const known = surroundings.entries().flatMap((raw) => {
    const read = readEntry(surroundings, raw);
    return read.ok ? [read.value] : [];
  });
  return known.find((each) => each.id === id || fromOf(each.entry) === id)?.entry ?? null;
}

function viewOf(
  desk: PluginDesk,
  place: Pick<PluginEntry, 'package' | 'path'>,
): Result<PluginView, Problem<'plugin-refused'>> {
  const view = desk.registry.views().find(({ from }) => from === fromOf(place));
  return view === undefined ? fail(refused('It was taken out of config.yaml meanwhile.')) : ok(view);
}

const refused = (what: string): Problem<'plugin-refused'> => ({
  code: 'plugin-refused',
  what: what.slice(0, 1000),
  kept: 'Nothing was changed.',
  todo: 'docs/plugins.md says what a plug-in must be.',
});

const unknown = (id: string): Problem<'plugin-unknown'> => ({
  code: 'plugin-unknown',
  what: `There is no plug-in called "${id.slice(0, 200)}".`,
  kept: 'Nothing was changed.',
  todo: 'athene plugin ls shows those that there are.',
});
