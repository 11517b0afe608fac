// The whole environment of an agent's process: login shell's, then the agent's, then the project's, then Athene's own.
import { join } from 'node:path';
import { sessionVariables, type SessionContext } from '#shared/domain/environment.ts';
import { programRoot } from '../../lib/program-root.ts';
import { excludeFileIn, excludeVariables } from '../../lib/git-exclude.ts';
import type { AgentToken } from './agent-token.ts';
import type { LaunchTask, PreparedLaunch } from './prepare-launch.ts';

export const agentEnvironment = (
  task: LaunchTask,
  launch: PreparedLaunch,
  token: AgentToken | null,
): Record<string, string> =>
  environmentIn(task, launch, { callerType: callerTypeOf(task), token: token?.text ?? null });

export type WorkspaceTask = Pick<LaunchTask, 'dependencies' | 'record' | 'project' | 'login'>;

/** The same for what a person runs beside the agent: shells, the project's run and tear-down commands. */
export const workspaceEnvironment = (task: WorkspaceTask): Record<string, string> =>
  environmentIn(task, { env: {}, firstOnPath: [join(programRoot(), 'bin')] }, { callerType: 'human', token: null });

function environmentIn(
  { dependencies, record, project, login }: WorkspaceTask,
  { env: own, firstOnPath }: Pick<PreparedLaunch, 'env' | 'firstOnPath'>,
  caller: Pick<SessionContext, 'callerType' | 'token'>,
): Record<string, string> {
  const { home, config } = dependencies.paths;
  const shared = { ...login.env, ...own, ...project.env };
  return {
    ...login.env,
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    TERM_PROGRAM: 'athene',
    ...own,
    ...project.env,
    ...excludeVariables(shared, excludeFileIn(dependencies.paths.sessionDirectory(record.id))),
    PATH: pathWith(firstOnPath, login.env['PATH']),
    ...sessionVariables({
      home,
      configPath: config,
      project: record.project,
      session: record.id,
      issue: record.issue?.id ?? null,
      ports: record.ports,
      ...caller,
    }),
  };
}

const callerTypeOf = ({ definition, record: { kind } }: LaunchTask) => {
  if (definition.actsForPerson === true) return 'human';
  return kind === 'worker' ? 'agent' : kind;
};

function pathWith(first: readonly string[], path: string | undefined): string {
  const rest = (path ?? '/usr/local/bin:/usr/bin:/bin').split(':');
  return [...new Set([...first, ...rest.filter((part) => part !== '')])].join(':');
}
