// The pieces that it takes to read a home: what is on record, what config.yaml says, what runtimes tell of terminals. A host has more.
import { createAgentCatalogue, type AgentCatalogue } from '../plugins/agents/agent-catalogue.ts';
import type { DefinedAgent } from '../plugins/agents/own/read-own-agents.ts';
import { createPtyRuntime } from '../plugins/runtimes/pty/pty-runtime.ts';
import type { Runtime } from '../plugins/runtimes/runtime.ts';
import { joinRuntimes } from '../plugins/runtimes/runtimes.ts';
import { createTmuxRuntime } from '../plugins/runtimes/tmux/tmux-runtime.ts';
import { openTmux } from '../plugins/runtimes/tmux/tmux-server.ts';
import { createLog, logLevelOf, type Log } from '../lib/log.ts';
import { createLoginEnvironment } from '../lib/login-environment.ts';
import type { Git } from '../lib/git.ts';
import { atheneVersion } from '../lib/version.ts';
import { neverSlept, watchAwake, type AwakeWatch } from '../lifecycle/awake-watch.ts';
import { readHookFacts, type HookFacts } from '../lifecycle/hook-facts.ts';
import { createKnownFacts, type KnownFacts } from '../lifecycle/known-facts.ts';
import { watchTerminals, type TerminalWatch } from '../lifecycle/terminal-watch.ts';
import { createTranscriptWatch, type TranscriptWatch } from '../lifecycle/transcript-watch.ts';
import { createConfigurationReader, type ConfigurationReader } from '../projects/configuration-reader.ts';
import { worktreeBranch } from '../spool/worktree-branch.ts';
import type { SpoolDependencies } from '../spool/ingest-spool.ts';
import { getKeptTranscript } from '../storage/kept-transcripts.ts';
import type { HomePaths } from '../storage/paths.ts';
import type { OpenedStore, Store } from '../storage/store.ts';
import { getTerminal } from '../storage/terminals.ts';
import { createOwnAgents } from './own-agents.ts';

/** How a store was opened, and whose it is. */
export interface Opening {
  readonly env: NodeJS.ProcessEnv;
  /** True for an app or server, which follows its terminals; false for one call of the command. */
  readonly live: boolean;
  readonly paths: HomePaths;
  readonly git: () => Git;
  readonly opened: OpenedStore;
}

export interface ReadingParts {
  readonly store: Store;
  readonly paths: HomePaths;
  readonly reader: ConfigurationReader;
  readonly login: ReturnType<typeof createLoginEnvironment>;
  /** Those that config.yaml defines. */
  readonly own: () => readonly DefinedAgent[];
  readonly agents: AgentCatalogue;
  readonly runtime: Runtime;
  readonly watch: TerminalWatch;
  readonly awake: AwakeWatch;
  readonly hookFacts: HookFacts;
  readonly transcripts: TranscriptWatch;
  readonly known: KnownFacts;
  readonly spool: SpoolDependencies;
  readonly now: () => number;
  readonly write: Log;
  readonly log: (event: string, facts: Readonly<Record<string, unknown>>) => void;
}

/** @param plugged agents that plug-ins define, as they are now */
export function readingParts(
  { env, live, paths, git, opened: { store } }: Opening,
  plugged: () => readonly DefinedAgent[],
): ReadingParts {
  const now = Date.now;
  const write = createLog({ file: paths.logFor('host'), level: logLevelOf(env), now });
  const log: ReadingParts['log'] = (event, facts) => write(event.endsWith('failed') ? 'warn' : 'info', event, facts);
  const reader = createConfigurationReader(paths);
  const login = createLoginEnvironment({ env, now });
  const own = createOwnAgents({ file: paths.config, configuration: reader, now });
  const agents = createAgentCatalogue({ login, now, defined: () => [...own(), ...plugged()] });
  const runtime = runtimesOf(env, paths, store);
  const watch = watchTerminals({ store, runtime, paths, now, log, agents }, live);
  const hookFacts = readHookFacts(agents);
  const transcripts = createTranscriptWatch({ agents, paths, login: () => login(false), now, log: write });
  const awake = live ? watchAwake(now) : neverSlept;
  const branchOf: SpoolDependencies['branchOf'] = (record) => worktreeBranch({ git: git(), projects: reader }, record);
  return {
    ...{ store, paths, reader, login, own, agents, runtime, watch, awake, hookFacts, transcripts, now, write, log },
    known: createKnownFacts({ hooks: hookFacts, watch, transcripts, awake, now }),
    spool: { store, paths, agents, branchOf, now, log },
  };
}

/** The row of a terminal says where it runs. */
function runtimesOf(env: NodeJS.ProcessEnv, paths: HomePaths, store: Store): Runtime {
  const pty = createPtyRuntime({ paths, build: atheneVersion() });
  const tmux = createTmuxRuntime({ paths, pty, tmux: openTmux({ paths, env }) });
  const nameOf = (terminal: string) => {
    const row = store.read((tx) => getTerminal(tx, terminal) ?? getKeptTranscript(tx, terminal));
    return row === null ? null : row.runtime === 'tmux' ? 'tmux' : 'pty';
  };
  return joinRuntimes({ pty, tmux, nameOf });
}
