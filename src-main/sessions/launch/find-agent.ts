// The agent's definition and its program, looked for where it will run.
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { LoginEnvironment } from '../../lib/login-environment.ts';
import type { AgentDefinition } from '../../plugins/agents/agent.ts';
import type { SessionDependencies } from '../dependencies.ts';

export interface FoundAgent {
  readonly definition: AgentDefinition;
  /** Absolute; null for agents that need none. */
  readonly program: string | null;
  readonly login: LoginEnvironment;
}

type AgentProblem = Problem<'agent-unknown' | 'agent-missing'>;

/** @param kept what is left as it is when there is none, for a person */
export async function findAgent(
  { agents, login }: Pick<SessionDependencies, 'agents' | 'login'>,
  id: string,
  kept: string,
): Promise<Result<FoundAgent, AgentProblem>> {
  const definition = agents.definition(id);
  if (definition === null) {
    const presence = await agents.presence(id);
    const todo = 'Choose one of those that `athene agent ls` lists.';
    // One that is defined, and can't be read.
    const what = presence.kind === 'unknown' ? presence.why : `there is no agent called ${id}`;
    return fail({ code: 'agent-unknown', what: `${what.slice(0, 1).toUpperCase()}${what.slice(1)}.`, kept, todo });
  }
  const [presence, environment] = await Promise.all([agents.presence(id), login(false)]);
  if (presence.kind === 'found') return ok({ definition, program: presence.path, login: environment });
  return fail({
    code: 'agent-missing',
    what:
      presence.kind === 'missing'
        ? `${definition.name} was not found on the PATH of your login shell.`
        : `We could not find out whether ${definition.name} is installed: ${presence.why}`,
    kept,
    todo: presence.kind === 'missing' ? `Install it: ${presence.install}` : 'Try again, or run `athene doctor`.',
  });
}
