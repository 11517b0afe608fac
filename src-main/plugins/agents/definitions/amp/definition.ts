// As `amp --help` of 0.0.1790142911 has it. It was seen to its first question, whether to sign in: everything behind that needs its service.
import type { AgentDefinition } from '../../agent.ts';

export const amp: AgentDefinition = {
  id: 'amp',
  name: 'Amp',
  icon: { letters: 'AM', colour: 'grey' },
  program: { command: 'amp', versionArguments: ['--version'], install: 'npm install -g @sourcegraph/amp' },
  // `--execute` does one thing and ends.
  promptDelivery: 'typed',
  systemPrompt: 'first-words',
  takesCommand: false,
  /** Its threads are made by its service, and none of its flags names one before it is there. */
  assignsConversation: false,
  /** What it may do unasked stands in the person's settings (`amp.permissions`, `amp.dangerouslyAllowAll`): it has no flag for that. */
  launch: ({ program, model }) => ({
    // Its mode decides on the model.
    argv: [program ?? 'amp', ...(model === null ? [] : [`--mode=${model}`])],
    env: {},
  }),
};
