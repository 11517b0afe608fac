// The whole environment of an agent's process: login shell's, then the agent's, then the project's, then Athene's own.
import { join } from 'node:path';
import { sessionVariables } from '#shared/domain/environment.ts';
import { programRoot } from '../../lib/program-root.ts';
import { need, type Spawn } from './spawn-step.ts';

export function agentEnvironment(spawn: Spawn): Record<string, string> {
  const { paths } = spawn.dependencies;
  const { id, project, issue } = need(spawn.record, 'record');
  const login = need(spawn.login, 'login').env;
  return {
    ...login,
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    TERM_PROGRAM: 'athene',
    ...need(spawn.launch, 'launch').env,
    ...need(spawn.project, 'project').env,
    PATH: withCommand(login['PATH']),
    ...sessionVariables({
      home: paths.home,
      configPath: paths.config,
      project,
      session: id,
      issue: issue?.id ?? null,
      callerType: 'agent',
    }),
  };
}

/** The `athene` command is found by agents wherever it was installed. */
function withCommand(path: string | undefined): string {
  const own = join(programRoot(), 'bin');
  const rest = (path ?? '/usr/local/bin:/usr/bin:/bin').split(':').filter((part) => part !== '' && part !== own);
  return [own, ...new Set(rest)].join(':');
}
