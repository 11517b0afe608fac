// Every environment variable that means something to Athene, by its suffix: `SESSION` is `ATHENE_SESSION`, with `AO_SESSION` as the legacy name.

export interface VariableName {
  readonly suffix: string;
  /** `agents`: Athene tells it to what runs in a session. `person`: a person sets it for the command or the app. `internal`: between Athene's own processes. */
  readonly group: 'agents' | 'person' | 'internal';
  readonly says: string;
  /** Never printed. */
  readonly secret?: true;
}

export const variableNames: readonly VariableName[] = [
  ...(
    [
      { suffix: 'HOME', says: 'the home that its commands use' },
      { suffix: 'DATA_DIR', says: 'the same' },
      { suffix: 'CONFIG_PATH', says: 'where config.yaml is; only told, never read' },
      {
        suffix: 'CALLER_TYPE',
        says: 'human, agent, orchestrator or meta-orchestrator; only told: rights come from the token',
      },
      { suffix: 'META_NAME', says: 'the name of a meta orchestrator' },
      { suffix: 'ORCHESTRATOR_SESSION_ID', says: 'the session that had it made, when that was one' },
      { suffix: 'PROJECT_ID', says: 'the project' },
      { suffix: 'SESSION', says: 'the session' },
      { suffix: 'SESSION_ID', says: 'the same' },
      { suffix: 'SESSION_NAME', says: 'the same' },
      { suffix: 'ISSUE_ID', says: 'the issue, when it has one' },
      { suffix: 'TERMINAL', says: 'the terminal' },
      { suffix: 'TOKEN', says: 'by which it proves who it is', secret: true },
      { suffix: 'PORT_BASE', says: 'the first port of its block' },
      { suffix: 'PORT_COUNT', says: 'how many there are; ATHENE_PORT_0 and so on are the ports' },
      { suffix: 'WORKTREE', says: 'for tear-down commands: the worktree' },
    ] as const
  ).map((name) => ({ ...name, group: 'agents' as const })),
  ...(
    [
      { suffix: 'HOME', says: 'where Athene keeps everything, instead of ~/.athene; XDG_CONFIG_HOME is ignored then' },
      { suffix: 'SESSION', says: 'the session that commands are about' },
      { suffix: 'PROJECT_ID', says: 'the project that `athene spawn` takes when none is named' },
      { suffix: 'PORT', says: 'the port of `athene serve`, where --port is not given' },
      { suffix: 'LOG_LEVEL', says: 'debug, info (the default), warn or error' },
      { suffix: 'DEBUG', says: '1: problems are printed with their technical tail' },
      { suffix: 'ENABLE_PORTFOLIO', says: 'a feature flag, see below' },
    ] as const
  ).map((name) => ({ ...name, group: 'person' as const })),
  ...(
    [
      { suffix: 'FAULT', says: 'fails, delays or kills at a fault point; for tests' },
      { suffix: 'RESOLVING_ENVIRONMENT', says: 'set in the login shell that is asked for its environment' },
      { suffix: 'DEV_URL', says: 'where the page is served from while it is developed' },
    ] as const
  ).map((name) => ({ ...name, group: 'internal' as const })),
];

export interface FeatureFlag {
  readonly suffix: string;
  readonly usual: boolean;
  readonly says: string;
}

/** What can be switched by the environment of a process. `0` and `false` are off, everything else is on. */
export const featureFlags = [
  {
    suffix: 'ENABLE_PORTFOLIO',
    usual: true,
    says: 'several projects on one screen. Athene always has them; scripts may ask',
  },
] as const satisfies readonly FeatureFlag[];
export type FlagName = (typeof featureFlags)[number]['suffix'];

/** Of the reference, and without a meaning here. */
export const meaninglessNames: Readonly<Record<string, string>> = {
  GLOBAL_CONFIG: 'one home has one config.yaml, or its processes would see different projects; make it a link',
  PUBLIC_URL: 'the screen is served to this machine alone',
  TMUX_NAME: '`athene session show` and the contract tell it',
  'OBSERVABILITY_STDERR, AGENT_GH_TRACE, GH_TRACE_FILE': 'logs are in logs/ of the home',
  'SHELL, BASH_PATH, REPO_ROOT, SCRIPT_LAYOUT, DEV, TEST, NODE_PTY_SPAWN_HELPER_PATH, PATH_BASED_MUX':
    'there is no shell script to steer',
  'NO_UPDATE_NOTIFIER, NON_INTERACTIVE_INSTALL, UPDATE_GIT_REMOTE, UPDATE_GIT_BRANCH, UPDATE_BRANCH':
    'Athene neither looks for updates nor makes them',
  'PLUGIN_REGISTRY_URL, PLUGIN_REGISTRY_CACHE_PATH': 'nothing is fetched from a registry',
  'DESKTOP_SETUP_PLATFORM, DESKTOP_APP_INSTALL_PATH, NOTIFIER_MACOS_APP_PATH': 'the desktop app is a package',
  'CODE_REVIEW_COMMAND, E2E_KEEP_ARTIFACTS, DOCTOR_TMP_ROOT, ALLOW_FILESYSTEM_BROWSE': 'there is nothing like it',
};

/** Told to what runs in sessions, or between processes: nobody else may say it there. */
export const isOwnVariable = (name: string): boolean => {
  const suffix = /^(?:ATHENE|AO)_(.+)$/.exec(name)?.[1];
  if (suffix === undefined) return false;
  return /^PORT_\d+$/.test(suffix) || variableNames.some((one) => one.group !== 'person' && one.suffix === suffix);
};
