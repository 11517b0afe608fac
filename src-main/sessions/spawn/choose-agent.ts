// First step: is there such a project and agent, is its program installed, and does the command line fit?
import { fail, ok } from '#shared/lib/result.ts';
import type { AgentDefinition } from '../../plugins/agents/agent.ts';
import { findAgent } from '../launch/find-agent.ts';
import type { SpawnProblem, SpawnStep } from './spawn-step.ts';

const nothingMade = 'Nothing was created.';

export const chooseAgent: SpawnStep = {
  name: 'choose-agent',
  async run(spawn) {
    const { dependencies, input } = spawn;
    const project = dependencies.projects.find(input.project);
    if (!project.ok) return project;
    const known = dependencies.agents.definition(input.agent);
    const mismatch = known === null ? null : commandMismatch(known, input.command);
    if (mismatch !== null) return fail(mismatch);
    const found = await findAgent(dependencies, input.agent, nothingMade);
    if (!found.ok) return found;
    const { definition, program, login } = found.value;
    spawn.project = project.value;
    spawn.agent = { definition, program };
    spawn.login = login;
    return ok(null);
  },
};

function commandMismatch(definition: AgentDefinition, command: string | null): SpawnProblem | null {
  if (definition.takesCommand === (command !== null && command.trim() !== '')) return null;
  return {
    code: 'command-missing',
    what: definition.takesCommand
      ? `${definition.name} needs a command line to run.`
      : `${definition.name} takes no command line.`,
    kept: nothingMade,
    todo: definition.takesCommand ? 'Give one with --command.' : 'Leave the command out, or choose the agent "custom".',
  };
}
