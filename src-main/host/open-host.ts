// The composition root: the one place that knows which piece is behind each port.
import { randomBytes } from 'node:crypto';
import { doerOf } from '#shared/domain/caller.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { isSpawnTerminal } from '#shared/domain/lifecycle.ts';
import { defaultSettings } from '#shared/domain/settings.ts';
import { Scope } from '#shared/lib/scope.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import { uuidV7 } from '#shared/lib/uuid-v7.ts';
import { withoutOurs } from '../lib/child-environment.ts';
import { openGh } from '../lib/gh.ts';
import { openGlab } from '../lib/glab.ts';
import { ownIdentity } from '../lib/process-identity.ts';
import { atheneVersion } from '../lib/version.ts';
import { watchQuestions } from '../lifecycle/question-watch.ts';
import { watchPullRequests } from '../lifecycle/pull-request-watch.ts';
import { watchBranches } from '../lifecycle/branch-watch.ts';
import { watchReactions } from '../lifecycle/reactions/watch-reactions.ts';
import { noteSights } from '../lifecycle/workspace-sights.ts';
import { recordDecisions } from '../lifecycle/record-decisions.ts';
import { createConversations } from '../lifecycle/read-conversation.ts';
import { createLeaderNotes } from '../lifecycle/tell-leaders.ts';
import { toldQuestions } from '../lifecycle/told-question.ts';
import { openPlugins } from './plugins.ts';
import { openCodeHosts } from '../plugins/code-hosts/choose-code-host.ts';
import { chooseTracker } from '../plugins/trackers/choose-tracker.ts';
import { createAdoptedKeeper } from '../plugins/workspaces/adopted/adopted-keeper.ts';
import { createCloneKeeper } from '../plugins/workspaces/clone/clone-keeper.ts';
import { createInPlaceKeeper } from '../plugins/workspaces/in-place/in-place-keeper.ts';
import { createScratchKeeper } from '../plugins/workspaces/scratch/scratch-keeper.ts';
import { joinWorkspaces } from '../plugins/workspaces/workspaces.ts';
import { createWorktreeKeeper } from '../plugins/workspaces/worktree/worktree-keeper.ts';
import { createLaunchHooks } from '../hooks/launch-hooks.ts';
import { createGuidance } from '../projects/guidance.ts';
import { createConfiguration, type ProjectConfiguration } from '../projects/configuration.ts';
import { remoteNumbers } from '../projects/remote-numbers.ts';
import { createRecovery } from '../recovery/recovery.ts';
import { createRescues } from '../rescue/rescues.ts';
import { watchUsage } from '../resources/usage-watch.ts';
import { Deliveries } from '../sessions/send/deliveries.ts';
import { withMetaProject } from '../sessions/coordinators/meta-project.ts';
import { Coordinators } from '../sessions/coordinators/coordinators.ts';
import { limitsIn } from '../sessions/coordinators/coordinator-settings.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { tidySpool } from '../spool/tidy-spool.ts';
import { watchSpool } from '../spool/watch-spool.ts';
import { type HomePaths } from '../storage/paths.ts';
import { listSessions } from '../storage/sessions.ts';
import { recordChange } from '../storage/changes.ts';
import type { OpenedStore } from '../storage/store.ts';
import { createAuthorise, withRights } from './authorise.ts';
import { watchConfig } from './config-watch.ts';
import { createDoctor } from './doctor.ts';
import { openFeeds } from './feeds.ts';
import { findCaller } from './find-caller.ts';
import { createHandlers } from './handlers.ts';
import type { Host, HostParts } from './host.ts';
import { withHome } from './open-home.ts';
import { outlookOf, storageTrouble } from './outlook.ts';
import { reactionsOf } from './reaction-handlers.ts';
import { readingParts, type Opening } from './reading-parts.ts';
import { RunningSpawns } from './running-spawns.ts';
import { listSessionViews } from './session-views.ts';
import { supervise } from './supervise.ts';
import { keepNotices } from '../notices/keep-notices.ts';
import type { NoticeDependencies } from '../notices/dependencies.ts';
import { createTidying } from './tidying.ts';

export interface HostOptions {
  readonly env: NodeJS.ProcessEnv;
  /** True for an app or server, which follows its terminals and may supervise; false for one call of the command. */
  readonly live: boolean;
}

/** Opens the home and everything in it. The problems are those of the home, and of a database that stays locked. */
export const openHost = ({ env, live }: HostOptions): Promise<Result<Host, Problem>> =>
  withHome(env, async (home) => {
    const pieces = { ...home, live };
    const parts = partsOf(pieces);
    await parts.plugins.registry.open();
    return ok(compose(pieces, parts));
  });

function compose(pieces: Opening, parts: HostParts): Host {
  const scope = new Scope();
  const { sessions, watch, configuration } = parts;
  scope.add(() => sessions.store.close());
  scope.add(() => sessions.runtime.close());
  scope.add(() => watch.close());
  scope.add(() => parts.usage.close());
  const feeds = openFeeds(parts);
  scope.add(() => feeds.close());
  if (pieces.live) scope.add(watchConfig(parts, feeds));
  const deliveries = new Deliveries(sessions);
  scope.add(() => deliveries.stop());
  const spawns = new RunningSpawns(sessions, deliveries);
  // The emptiness of a store that could not be read proves nothing.
  if (pieces.live && pieces.opened.access === 'full') {
    const pullRequests = watchPullRequests(sessions);
    scope.add(() => pullRequests.settled());
    const branches = watchBranches(sessions, { projects: configuration, branchOf: parts.spool.branchOf });
    scope.add(() => branches.settled());
    const supervision = supervise(sessions, {
      ...{ watch, deliveries, recovery: parts.recovery, awake: parts.awake, pullRequests },
      questions: watchQuestions(sessions, { watch, told: parts.told }),
      decisions: recordDecisions(sessions, { ...parts, branches, sights: noteSights(sessions) }),
      leaders: createLeaderNotes({ ...sessions, wanted: () => wants(configuration, 'tellLeaders') }),
      reactions: watchReactions(parts.reactions, deliveries),
      resumeLine: () => spawns.resumeLine(),
      tidying: createTidying(sessions, { rescues: parts.rescues, tidySpool: () => tidySpool(parts.spool) }),
      watchSpool: () => watchSpool(parts.spool),
      keepNotices: () => keepNotices(parts.notices),
    });
    scope.add(() => supervision.stop());
  }
  const coordinators = new Coordinators({
    ...{ sessions, configuration },
    make: (order, caller) => spawns.make(order, caller),
    restore: (id, caller) => spawns.restore(id, doerOf(caller)),
    refresh: () => watch.refresh(),
  });
  const authorise = createAuthorise(sessions);
  return {
    handlers: withRights(createHandlers(parts, feeds, { spawns, deliveries, coordinators }), authorise),
    authorise,
    callerOf: (env) => findCaller(sessions, env),
    ...outlookOf(parts.reading, pieces.opened),
    sessions,
    watch,
    care: parts.care,
    async settled() {
      await spawns.settled();
      await deliveries.settled();
    },
    async close() {
      spawns.leaveLine();
      await spawns.settled();
      await scope.close();
    },
  };
}

function partsOf(pieces: Opening): HostParts {
  const { env, live, paths, opened } = pieces;
  const git = pieces.git();
  const reading = readingParts(pieces, () => plugins.registry.agents());
  const { store, reader, login, own, agents, runtime, watch, known, transcripts, awake, now, log } = reading;
  const plugins = openPlugins({ paths, configuration: reader, own });
  const gh = openGh({ home: paths.home, login });
  const glab = openGlab({ home: paths.home, login });
  const configuration = createConfiguration({
    ...{ reader, paths, git },
    liveSessions: (project) => liveSessions(opened, project),
    changed: (project) => tell(opened, 'project', project),
    settingsChanged: () => tell(opened, 'settings', 'settings'),
  });
  const sessions: SessionDependencies = {
    store,
    paths,
    projects: withMetaProject(configuration, paths),
    agents,
    git,
    workspaces: joinWorkspaces({
      worktree: createWorktreeKeeper({ git, paths, now }),
      clone: createCloneKeeper({ git, paths, now }),
      'in-place': createInPlaceKeeper({ git }),
      adopted: createAdoptedKeeper({ git, paths }),
      scratch: createScratchKeeper({ paths }),
    }),
    runtime,
    hooks: createLaunchHooks({
      ...{ store, paths, agents, log },
      wanted: () => wants(configuration, 'agentHooks'),
      extensionsAllowed: () => wants(configuration, 'agentExtensions'),
    }),
    login,
    spawnsPaused: () => wants(configuration, 'spawnsPaused'),
    maximalAgents: () => {
      const settings = configuration.settings();
      return settings.ok ? settings.value.maximalAgents : null;
    },
    coordinatorLimits: () => limitsIn(configuration),
    portRange: () => {
      const settings = configuration.settings();
      const { portBase, portsPerSession } = settings.ok ? settings.value : defaultSettings;
      return { base: portBase, count: portsPerSession };
    },
    remoteNumbers: (project) => remoteNumbers(git, project),
    trackerOf: (project) => chooseTracker(project, { gh, glab, login }, plugins.registry.tracker),
    guidance: createGuidance(configuration),
    codeHostOf: openCodeHosts({ gh, glab, git, now, others: (name) => plugins.registry.codeHost(name, {}) }),
    identity: ownIdentity(),
    atWork: new Set(),
    now,
    newId: () => uuidV7(now(), randomBytes(10)),
    log,
  };
  const recovering = { sessions, configuration, ownTerminal: ownTerminal(env, paths) };
  return {
    reading,
    sessions,
    configuration,
    watch,
    reactions: reactionsOf({ sessions, configuration, watch, known }),
    notices: noticesOf({ sessions, configuration, watch, known, plugins }, env),
    ...{ known, awake },
    told: toldQuestions(reading.hookFacts, now),
    transcripts,
    conversations: createConversations({ agents, paths, store, login: () => login(false) }),
    async agents(fresh) {
      if (fresh) await plugins.registry.open();
      return agents.list(fresh);
    },
    care: { ...recovering, git },
    spool: reading.spool,
    hooks: { store, paths, agents, configuration, log },
    plugins,
    recovering,
    recovery: createRecovery(recovering),
    rescues: createRescues({ git, configuration, now }),
    usage: watchUsage(sessions, live),
    imports: { git, store, configuration, now },
    doctor: createDoctor({ sessions, configuration, git, gh, glab, opened }),
    storage: storageTrouble(opened),
    version: atheneVersion(),
    startedAt: now(),
  };
}

function noticesOf(
  parts: Pick<HostParts, 'sessions' | 'configuration' | 'watch' | 'known' | 'plugins'>,
  own: NodeJS.ProcessEnv,
): NoticeDependencies {
  const { sessions, configuration, watch } = parts;
  const { store, login, paths, now, newId, log } = sessions;
  return {
    ...{ store, configuration, now, newId, log },
    async surroundings() {
      const { env } = await login(false);
      const others = parts.plugins.registry.notifier;
      return { env, variables: { ...withoutOurs(own), ...env }, cwd: paths.home, others };
    },
    sessions: () => store.read((tx) => listSessionViews(parts, tx)),
    typedAt: (terminal) => watch.facts(terminal)?.inputAt ?? null,
    onChange(listener) {
      const stops = [store.onChange(listener), watch.onFacts(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

/** Settings that can't be read are as they were made: nothing is paused, agents tell what they do and are told, and nothing was agreed to. */
function wants(
  configuration: ProjectConfiguration,
  name: 'spawnsPaused' | 'agentHooks' | 'agentExtensions' | 'tellLeaders',
): boolean {
  const settings = configuration.settings();
  return (settings.ok ? settings.value : defaultSettings)[name];
}

/** An agent may call Athene from within the terminal that it runs in. */
const ownTerminal = (env: NodeJS.ProcessEnv, { home }: HomePaths): string | null =>
  env['ATHENE_HOME'] === home ? (env['ATHENE_TERMINAL'] ?? null) : null;

/** Without a database that may be written there is nobody to tell it through; config.yaml is changed all the same. */
async function tell({ access, store }: OpenedStore, kind: 'project' | 'settings', key: string): Promise<void> {
  if (access === 'full') await store.write(kind, (tx) => recordChange(tx, kind, key));
}

/** A damaged record counts as live, and so does what a database holds that can't be read: nobody can tell. */
function liveSessions({ access, store }: OpenedStore, project: string): readonly string[] {
  if (access === 'safe-mode') return ['those that the damaged database may hold'];
  const { sessions, damaged } = store.read(listSessions);
  const live = sessions.filter(({ record }) => !isSpawnTerminal(record.lifecycle)).map(({ record }) => record);
  return [...live, ...damaged].filter((session) => session.project === project).map(({ id }) => id);
}
