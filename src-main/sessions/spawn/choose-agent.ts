// First step: is there such a project and agent, is its program installed, and does the command line fit?
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { AgentDefinition, AgentPresence } from '../../plugins/agents/agent.ts';
import type { SpawnProblem, SpawnStep } from './spawn-step.ts';

const nothingMade = 'Nothing was created.';

export const chooseAgent: SpawnStep = {
  name: 'choose-agent',
  async run(spawn) {
    const { dependencies, input } = spawn;
    const project = dependencies.projects.find(input.project);
    if (!project.ok) return project;
    const definition = dependencies.agents.definition(input.agent);
    if (definition === null) return fail(unknownAgent(input.agent));
    const mismatch = commandMismatch(definition, input.command);
    if (mismatch !== null) return fail(mismatch);
    const [presence, login] = await Promise.all([
      dependencies.agents.presence(definition.id),
      dependencies.login(false),
    ]);
    const program = programOf(definition, presence);
    if (!program.ok) return program;
    spawn.project = project.value;
    spawn.agent = { definition, program: program.value };
    spawn.login = login;
    return ok(null);
  },
};

const unknownAgent = (id: string): SpawnProblem => ({
  code: 'agent-unknown',
  what: `There is no agent called "${id}".`,
  kept: nothingMade,
  todo: 'Choose one of those that `athene doctor` lists.',
});

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

function programOf(definition: AgentDefinition, presence: AgentPresence): Result<string | null, SpawnProblem> {
  if (presence.kind === 'found') return ok(presence.path);
  return fail({
    code: 'agent-missing',
    what:
      presence.kind === 'missing'
        ? `${definition.name} was not found on the PATH of your login shell.`
        : `We could not find out whether ${definition.name} is installed: ${presence.why}`,
    kept: nothingMade,
    todo: presence.kind === 'missing' ? `Install it: ${presence.install}` : 'Try again, or run `athene doctor`.',
  });
}
