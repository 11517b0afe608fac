// Names of environment variables: canonical `ATHENE_…`, legacy `AO_…`, read and written in one place.
import { featureFlags, isOwnVariable, type FlagName } from './environment-names.ts';
import { portVariables, type PortBlock } from './ports.ts';

const canonical = 'ATHENE_';
const legacy = 'AO_';
type Environment = Readonly<Record<string, string | undefined>>;

/** Canonical if set and not empty, else legacy if so, else the (perhaps empty) canonical value. */
export function readVariable(env: Environment, suffix: string): string | undefined {
  const own = env[canonical + suffix];
  return own ? own : env[legacy + suffix] || own;
}

/** The same in a POSIX shell, where an empty value counts as none. */
export const shellVariable = (suffix: string): string => `\${${canonical}${suffix}:-\${${legacy}${suffix}:-}}`;

/** Enabled only when the value is exactly `1`. */
export const isFlagSet = (env: Environment, suffix: string): boolean => readVariable(env, suffix) === '1';

/** On unless it says `0` or `false`; not set, as usual. */
export function isFeatureOn(env: Environment, flag: FlagName): boolean {
  const given = readVariable(env, flag);
  if (given) return given !== '0' && given.toLowerCase() !== 'false';
  return featureFlags.find(({ suffix }) => suffix === flag)?.usual ?? false;
}

/** A copy in which every canonical name also stands under its legacy one, and the other way, unless that is there already. */
export const withAliases = (env: Readonly<Record<string, string>>): Record<string, string> => ({
  ...renamed(env, canonical, legacy),
  ...renamed(env, legacy, canonical),
  ...env,
});

const renamed = (env: Readonly<Record<string, string>>, from: string, to: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env)
      .filter(([name]) => name.startsWith(from))
      .map(([name, value]) => [to + name.slice(from.length), value]),
  );

/** What a project's `env` may set: neither where programs are found, nor what Athene tells its agents. */
export const projectVariables = (env: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !isSystemVariable(name)));

/** Windows takes `Path` for `PATH`. */
const isSystemVariable = (name: string): boolean => /^(?:path|gh_path)$/i.test(name) || isOwnVariable(name);

/** What a process says of the session that it belongs to: claims, which give no rights by themselves. */
export const claimedSession = (
  env: Environment,
): { readonly session: string | null; readonly token: string | null } => ({
  session: readVariable(env, 'SESSION') || readVariable(env, 'SESSION_ID') || readVariable(env, 'SESSION_NAME') || null,
  token: readVariable(env, 'TOKEN') || null,
});

export interface SessionContext {
  readonly home: string;
  readonly configPath: string;
  readonly project: string;
  readonly session: string;
  readonly issue: string | null;
  readonly ports: PortBlock | null;
  /** Only told: what the agent may do is decided by its token. */
  readonly callerType: 'human' | 'agent' | 'orchestrator' | 'meta-orchestrator';
  /** The session that had it made; null where that was a person. */
  readonly orchestrator: string | null;
  /** Secret; null for an agent that acts for the person. */
  readonly token: string | null;
}

/** What every agent is told of where it runs, with the legacy names. */
export const sessionVariables = (context: SessionContext): Record<string, string> =>
  withAliases({
    ATHENE_HOME: context.home,
    ATHENE_DATA_DIR: context.home,
    ATHENE_CONFIG_PATH: context.configPath,
    ATHENE_CALLER_TYPE: context.callerType,
    ATHENE_PROJECT_ID: context.project,
    ATHENE_SESSION: context.session,
    ATHENE_SESSION_ID: context.session,
    ATHENE_SESSION_NAME: context.session,
    ...(context.callerType === 'meta-orchestrator' ? { ATHENE_META_NAME: context.session } : {}),
    ...(context.issue === null ? {} : { ATHENE_ISSUE_ID: context.issue }),
    ...(context.orchestrator === null ? {} : { ATHENE_ORCHESTRATOR_SESSION_ID: context.orchestrator }),
    ...(context.token === null ? {} : { ATHENE_TOKEN: context.token }),
    ...(context.ports === null ? {} : portVariables(context.ports)),
  });
