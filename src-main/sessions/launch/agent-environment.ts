// The whole environment of an agent's process: login shell's, then the agent's, then the project's, then Athene's own.
import { dirname, join } from 'node:path';
import { projectVariables, sessionVariables, withAliases, type SessionContext } from '#shared/domain/environment.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { programRoot } from '../../lib/program-root.ts';
import { excludeFileIn, excludeVariables } from '../../lib/git-exclude.ts';
import type { AgentToken } from './agent-token.ts';
import type { LaunchTask, PreparedLaunch } from './prepare-launch.ts';

export const agentEnvironment = (
  task: EnvironmentTask & Pick<LaunchTask, 'definition'>,
  launch: Pick<PreparedLaunch, 'env' | 'firstOnPath'>,
  token: AgentToken | null,
): Record<string, string> =>
  environmentIn(task, launch, { callerType: callerTypeOf(task), token: token?.text ?? null });

interface EnvironmentTask extends Pick<LaunchTask, 'record' | 'login'> {
  readonly dependencies: Pick<LaunchTask['dependencies'], 'paths'>;
  readonly project: Pick<LaunchTask['project'], 'env'>;
}

/** The same for what a person runs beside the agent: shells, the project's run and tear-down commands. */
export const workspaceEnvironment = (task: EnvironmentTask): Record<string, string> =>
  environmentIn(task, { env: {}, firstOnPath: [join(programRoot(), 'bin')] }, { callerType: 'human', token: null });

function environmentIn(
  { dependencies, record, project, login }: EnvironmentTask,
  { env: own, firstOnPath }: Pick<PreparedLaunch, 'env' | 'firstOnPath'>,
  caller: Pick<SessionContext, 'callerType' | 'token'>,
): Record<string, string> {
  const { home, config } = dependencies.paths;
  const ofProject = projectVariables(project.env ?? {});
  const shared = { ...login.env, ...own, ...ofProject };
  return withAliases({
    ...login.env,
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    TERM_PROGRAM: 'athene',
    ...own,
    ...ofProject,
    ...excludeVariables(shared, excludeFileIn(dependencies.paths.sessionDirectory(record.id))),
    PATH: pathWith(firstOnPath, login.env['PATH']),
    ...withoutRepository(record),
    ...sessionVariables({
      home,
      configPath: config,
      project: record.project,
      session: record.id,
      issue: record.issue?.id ?? null,
      ports: record.ports,
      orchestrator: record.spawnedBy === 'person' ? null : record.spawnedBy,
      ...caller,
    }),
  });
}

/** Whatever lies above a directory without git is not what is worked on in it. */
const withoutRepository = ({ workspace }: SessionRecord): Record<string, string> =>
  workspace?.kind === 'scratch' ? { GIT_CEILING_DIRECTORIES: dirname(workspace.path) } : {};

const callerTypeOf = ({ definition, record: { kind } }: Pick<LaunchTask, 'definition' | 'record'>) => {
  if (definition.actsForPerson === true) return 'human';
  return kind === 'worker' ? 'agent' : kind;
};

function pathWith(first: readonly string[], path: string | undefined): string {
  const rest = (path ?? '/usr/local/bin:/usr/bin:/bin').split(':');
  return [...new Set([...first, ...rest.filter((part) => part !== '')])].join(':');
}
