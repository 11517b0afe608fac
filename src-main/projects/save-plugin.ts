// Writes plug-ins into config.yaml, or takes them out; comments are kept.
import { isMap, isSeq, type Document, type YAMLMap } from 'yaml';
import type { PluginEntry } from '#shared/domain/plugin.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { HomePaths } from '../storage/paths.ts';
import { editConfig, type ConfigurationBroken } from './config-file.ts';

type Place = Pick<PluginEntry, 'package' | 'path'>;
export type SavePluginProblem = Problem<'plugin-refused'> | ConfigurationBroken;

export const addPlugin = (paths: HomePaths, place: Place): Promise<Result<null, SavePluginProblem>> =>
  editConfig<null, Problem<'plugin-refused'>>(paths, (document) => {
    if (entryOf(document, place) !== null) return fail(refused('It stands in config.yaml already.'));
    const list = document.get('plugins');
    if (isSeq(list)) list.add(document.createNode(place));
    else document.set('plugins', document.createNode([place]));
    return ok(null);
  });

/** Taking out one that is not there is no mistake: it is gone, as was wished. */
export const removePlugin = (paths: HomePaths, place: Place): Promise<Result<null, ConfigurationBroken>> =>
  editConfig<null, never>(paths, (document) => {
    const list = document.get('plugins');
    if (isSeq(list)) list.items = list.items.filter((item) => !isOf(item, place));
    if (isSeq(list) && list.items.length === 0) document.delete('plugins');
    return ok(null);
  });

/** What was agreed to, and what it said of itself. */
export const trustPlugin = (
  paths: HomePaths,
  place: Place,
  agreed: Required<Pick<PluginEntry, 'plugin' | 'slot' | 'trusted'>>,
): Promise<Result<null, SavePluginProblem>> =>
  editConfig<null, Problem<'plugin-refused'>>(paths, (document) => {
    const entry = entryOf(document, place);
    if (entry === null) return fail(refused('It does not stand in config.yaml any more.'));
    for (const [field, value] of Object.entries(agreed)) entry.set(field, value);
    return ok(null);
  });

function entryOf(document: Document, place: Place): YAMLMap | null {
  const list = document.get('plugins');
  const found: unknown = isSeq(list) ? list.items.find((item) => isOf(item, place)) : undefined;
  return isMap(found) ? found : null;
}

const isOf = (item: unknown, place: Place): boolean =>
  isMap(item) && item.get('package') === place.package && item.get('path') === place.path;

const refused = (what: string): Problem<'plugin-refused'> => ({
  code: 'plugin-refused',
  what,
  kept: 'Nothing was changed.',
  todo: 'athene plugin ls shows those that there are.',
});
