// What config.yaml says, read anew at each question: it is small, and people edit it by hand.
import type { ConfigTrouble } from '#shared/domain/configuration.ts';
import { plainLine } from '#shared/domain/plain-line.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { ProjectView } from '#shared/domain/project.ts';
import { defaultSettings, type Settings } from '#shared/domain/settings.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { allTroubles } from './all-troubles.ts';
import { createConfigReader, type ConfigurationBroken, type RawConfig } from './config-file.ts';
import { projectViews } from './project-views.ts';
import { readNotifiers, type ReadNotifiers } from './read-notifiers.ts';
import { readSettings } from './read-settings.ts';
import { reasonOf, readRegistry, type ReadyProject, type Registry } from './registry.ts';
import { readWholeConfig, type ReadConfiguration } from './whole-config.ts';
import { createYamlReader, mayHold } from './yaml-file.ts';

export interface ConfigurationReader {
  projects(): readonly ProjectView[];
  /** By id, of those that have a name beside it, also when they can't be used. */
  projectNames(): ReadonlyMap<string, string>;
  /** May agents, trackers or others come from plug-ins? */
  hasPlugins(): boolean;
  /** Settings that can't be read pause nothing. */
  spawnsPaused(): boolean;
  find(id: string): Result<ReadyProject, Problem<'project-unknown'>>;
  settings(): Result<Settings, ConfigurationBroken>;
  /** How notices leave Athene. It holds secrets. */
  notifiers(): ReadNotifiers;
  /** All that config.yaml says; what can't be read any more is as it was when this process could last read it. */
  wholeConfig(): ReadConfiguration;
  /** What in config.yaml can't be read. */
  allTroubles(): readonly ConfigTrouble[];
  /** The three at one moment, for whoever needs more than one of them. */
  all(): { readonly config: RawConfig; readonly registry: Registry; readonly whole: ReadConfiguration };
}

export function createConfigurationReader({ config: file }: { readonly config: string }): ConfigurationReader {
  let lastGood: ReadConfiguration | null = null;
  const readFile = createYamlReader();
  const raw = createConfigReader(file, readFile);
  const all: ConfigurationReader['all'] = () => {
    const config = raw();
    const registry = readRegistry(config, readFile);
    lastGood = readWholeConfig(config, registry, lastGood);
    return { config, registry, whole: lastGood };
  };
  return {
    all,
    projects() {
      const { config, registry, whole } = all();
      return projectViews(
        registry,
        whole.defaults,
        config.projects.map(({ name }) => name),
      );
    },
    projectNames: () => (mayHold(file, 'name') ? namesIn(raw()) : new Map()),
    hasPlugins: () => mayHold(file, 'plugins') && raw().plugins.length > 0,
    spawnsPaused() {
      if (!mayHold(file, 'spawnsPaused')) return defaultSettings.spawnsPaused;
      const settings = readSettings(raw());
      return (settings.ok ? settings.value : defaultSettings).spawnsPaused;
    },
    settings: () => readSettings(raw()),
    notifiers: () => readNotifiers(raw()),
    wholeConfig: () => all().whole,
    allTroubles() {
      const { config, whole } = all();
      return allTroubles(config, whole);
    },
    find: (id) => findIn(readRegistry(raw(), readFile), id),
  };
}

export function findIn({ ready, degraded }: Registry, id: string): Result<ReadyProject, Problem<'project-unknown'>> {
  const found = ready.find((project) => project.id === id);
  if (found !== undefined) return ok(found);
  const bad = degraded.find((project) => project.id === id);
  return fail({
    code: 'project-unknown',
    what:
      bad === undefined
        ? `There is no project called ${JSON.stringify(id.slice(0, 100))}.`
        : `The project ${id} can't be used: ${reasonOf(bad)}.`,
    kept: 'Nothing was changed.',
    todo: bad === undefined ? 'Add it with "athene project add PATH".' : bad.troubles[0].todo,
  });
}

const namesIn = ({ projects }: RawConfig): ReadonlyMap<string, string> =>
  new Map(projects.flatMap(({ name: id, value }) => nameIn(value, id)));

/** Characters; no right one has more. */
const longestName = 80;

function nameIn(entry: unknown, id: string): readonly (readonly [string, string])[] {
  if (typeof entry !== 'object' || entry === null || !('name' in entry)) return [];
  return typeof entry.name === 'string' && entry.name !== '' ? [[id, plainLine(entry.name, longestName)]] : [];
}
