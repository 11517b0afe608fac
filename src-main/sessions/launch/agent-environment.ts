// The whole environment of an agent's process: login shell's, then the agent's, then the project's, then Athene's own.
import { sessionVariables } from '#shared/domain/environment.ts';
import type { AgentToken } from './agent-token.ts';
import type { LaunchTask, PreparedLaunch } from './prepare-launch.ts';

export function agentEnvironment(
  task: LaunchTask,
  launch: PreparedLaunch,
  token: AgentToken | null,
): Record<string, string> {
  const { dependencies, record, project, login } = task;
  const { home, config } = dependencies.paths;
  return {
    ...login.env,
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    TERM_PROGRAM: 'athene',
    ...launch.env,
    ...project.env,
    PATH: pathWith(launch.firstOnPath, login.env['PATH']),
    ...sessionVariables({
      home,
      configPath: config,
      project: record.project,
      session: record.id,
      issue: record.issue?.id ?? null,
      callerType: callerTypeOf(task),
      token: token?.text ?? null,
      ports: record.ports,
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
