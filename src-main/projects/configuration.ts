// The configured projects and settings of a home, as hosts use them.
import type { YAMLMap } from 'yaml';
import type { Priority } from '#shared/domain/priority.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { ConfigValue } from '#shared/domain/configuration.ts';
import type { MetaOrchestrator } from '#shared/domain/meta-orchestrator.ts';
import type { ProjectView } from '#shared/domain/project.ts';
import type { ProjectWork } from '#shared/domain/set-up.ts';
import type { Settings, SettingsChange } from '#shared/domain/settings.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { addProject, type AddProblem, type NewProject, type ProjectDependencies } from './add-project.ts';
import { findIn, type ConfigurationReader } from './configuration-reader.ts';
import { broken, editConfig, sectionOf, type ConfigurationBroken, type RawConfig } from './config-file.ts';
import { configureProject } from './configure-project.ts';
import { explainHome, explainProject } from './explain-config.ts';
import { allTroubles } from './all-troubles.ts';
import { readSettings } from './read-settings.ts';
import { readValue } from './read-value.ts';
import { setValue, type SetProblem } from './set-value.ts';
import { editProject, type EditProblem } from './edit-project.ts';
import { routePriority, type RouteProblem } from './route-priority.ts';
import { readRegistry, type ReadyProject } from './registry.ts';
import { acceptFile, type AcceptProblem } from './accept-file.ts';
import { troubleText } from './config-trouble.ts';
import {
  removeMetaOrchestrator,
  saveMetaOrchestrator,
  type MetaOrchestratorProblem,
} from './save-meta-orchestrator.ts';
import { removeProject, type RemoveProblem } from './remove-project.ts';
import { addSandbox } from './sandbox-project.ts';
import { readWholeConfig } from './whole-config.ts';

export interface ProjectConfiguration extends Omit<
  ConfigurationReader,
  'all' | 'projectNames' | 'hasPlugins' | 'spawnsPaused'
> {
  /** A prefix is wished for, and taken when it is free. */
  addProject(
    path: string,
    id: string | null,
    more?: Omit<NewProject, 'path' | 'id'>,
  ): Promise<Result<ProjectView, AddProblem>>;
  /** Whether agents may trust its worktrees. */
  trustWorktrees(id: string, trust: boolean): Promise<Result<ProjectView, EditProblem>>;
  addSandbox(): Promise<Result<ProjectView, Problem<'project-refused' | 'configuration-broken'>>>;
  removeProject(id: string): Promise<Result<null, RemoveProblem>>;
  configureProject(id: string, work: ProjectWork): Promise<Result<ProjectView, EditProblem>>;
  /** How many of its agents may run at once. */
  limitProject(id: string, maximalAgents: number | null): Promise<Result<ProjectView, EditProblem>>;
  /** What a person sends again and again. */
  saveReplies(id: string, replies: readonly string[]): Promise<Result<ProjectView, EditProblem>>;
  /** Accepts what the repository's own file asks for, if it still is what was shown; null takes it back. */
  acceptFile(id: string, hash: string | null): Promise<Result<ProjectView, AcceptProblem>>;
  /** What counts and where it comes from, of a project or of all together. */
  explain(project: string | null): Result<readonly ConfigValue[], Problem<'project-unknown'>>;
  /** What the file says at a key, with secrets hidden. */
  readValue(key: string): Result<{ readonly value: unknown; readonly line: number | null }, ConfigurationBroken>;
  /** Writes one value, as YAML, if the file is right with it; null takes it out. */
  setValue(key: string, value: string | null): Promise<Result<null, SetProblem>>;
  saveMetaOrchestrator(
    name: string,
    entry: MetaOrchestrator,
  ): Promise<Result<MetaOrchestrator, MetaOrchestratorProblem>>;
  removeMetaOrchestrator(name: string): Promise<Result<null, ConfigurationBroken>>;
  /** Changes what is named and leaves the rest as it is. */
  setSettings(change: SettingsChange): Promise<Result<Settings, ConfigurationBroken>>;
  /** Notices of the priority go to these from now on. */
  route(priority: Priority, names: readonly string[]): Promise<Result<null, RouteProblem>>;
  /** One line per thing in config.yaml that can't be read. */
  troubles(): readonly string[];
}

export interface ConfigurationDependencies extends ProjectDependencies {
  /** Of the same home. */
  readonly reader: ConfigurationReader;
  /** Ids of the project's sessions that have not ended. */
  readonly liveSessions: (project: string) => readonly string[];
  /** Tells other processes and windows that a project came, went or changed. */
  readonly changed: (project: string) => Promise<void>;
  /** Tells them that the settings changed. */
  readonly settingsChanged: () => Promise<void>;
}

export function createConfiguration(dependencies: ConfigurationDependencies): ProjectConfiguration {
  const { paths, reader } = dependencies;
  const told = async <P extends Problem>(
    result: Result<ReadyProject, P>,
  ): Promise<Result<ProjectView, P | Problem<'configuration-broken'>>> => {
    if (!result.ok) return result;
    const { id } = result.value;
    await dependencies.changed(id);
    const view = reader.projects().find((project) => project.id === id);
    return view === undefined ? fail(broken(paths.config, { line: 1, why: `${id} is gone again` })) : ok(view);
  };
  return {
    projects: () => reader.projects(),
    find: (id) => reader.find(id),
    addProject: async (path, id, more = {}) => told(await addProject(dependencies, { path, id, ...more })),
    async trustWorktrees(id, trust) {
      return told(
        await editProject(paths, id, (entry, project) => {
          entry.set('trustWorktrees', trust);
          return { ...project, trustWorktrees: trust };
        }),
      );
    },
    async addSandbox() {
      const added = await told(await addSandbox(dependencies));
      return added.ok ? added : fail({ ...added.problem, code: sandboxCode(added.problem.code) });
    },
    async removeProject(id) {
      const removed = await removeProject(dependencies, id);
      if (removed.ok) await dependencies.changed(id);
      return removed;
    },
    configureProject: async (id, work) => told(await configureProject(paths, id, work)),
    limitProject: async (id, most) => told(await editProject(paths, id, limitedTo(most))),
    saveReplies: async (id, replies) => told(await editProject(paths, id, withReplies(replies))),
    acceptFile: async (id, hash) => told(await acceptFile(paths, id, hash)),
    explain(id) {
      const { config, registry, whole } = reader.all();
      if (id === null) return ok(explainHome(config, whole));
      const found = findIn(registry, id);
      return found.ok ? ok(explainProject(found.value, { config, registry, whole })) : found;
    },
    readValue: (key) => readValue(paths.config, key),
    async setValue(key, value) {
      const set = await setValue(paths, { key, value }, troublesWith);
      const project = /^projects\.([^.]+)/.exec(key)?.[1];
      if (set.ok) await (project === undefined ? dependencies.settingsChanged() : dependencies.changed(project));
      return set;
    },
    async saveMetaOrchestrator(name, entry) {
      const saved = await saveMetaOrchestrator(paths, name, entry);
      if (saved.ok) await dependencies.settingsChanged();
      return saved;
    },
    async removeMetaOrchestrator(name) {
      const removed = await removeMetaOrchestrator(paths, name);
      if (removed.ok) await dependencies.settingsChanged();
      return removed;
    },
    settings: () => reader.settings(),
    async setSettings(change) {
      const set = await editConfig<Settings, ConfigurationBroken>(paths, (document, config) => {
        const before = readSettings(config);
        if (!before.ok) return before;
        const section = sectionOf(document, 'settings');
        for (const [name, value] of Object.entries(change)) section.set(name, value);
        return ok({ ...before.value, ...change });
      });
      if (set.ok) await dependencies.settingsChanged();
      return set;
    },
    notifiers: () => reader.notifiers(),
    async route(priority, names) {
      const routed = await routePriority(paths, priority, names);
      if (routed.ok) await dependencies.settingsChanged();
      return routed;
    },
    wholeConfig: () => reader.wholeConfig(),
    troubles: () => reader.allTroubles().map(troubleText),
    allTroubles: () => reader.allTroubles(),
  };
}

const limitedTo =
  (most: number | null) =>
  (entry: YAMLMap, { maximalAgents: _before, ...project }: ReadyProject): ReadyProject => {
    if (most === null) entry.delete('maximalAgents');
    else entry.set('maximalAgents', most);
    return { ...project, ...(most === null ? {} : { maximalAgents: most }) };
  };

const withReplies =
  (replies: readonly string[]) =>
  (entry: YAMLMap, project: ReadyProject): ReadyProject => {
    if (replies.length === 0) entry.delete('replies');
    else entry.set('replies', replies);
    return { ...project, replies: [...replies] };
  };

const sandboxCode = (code: AddProblem['code']) =>
  code === 'configuration-broken' ? code : ('project-refused' as const);

/** Of a file that is not written yet, as a host that starts would read it. Without lines: a value that is written moves those below. */
const troublesWith = (config: RawConfig): readonly string[] =>
  allTroubles(config, readWholeConfig(config, readRegistry(config), null)).map(({ field, what }) =>
    field === null ? what : `${field}: ${what}`,
  );
