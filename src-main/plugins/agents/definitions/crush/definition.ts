// As the documentation of Crush 0.96 has it. It was not run: its package on npm fetches the program from elsewhere.
import type { AgentDefinition } from '../../agent.ts';

export const crush: AgentDefinition = {
  id: 'crush',
  name: 'Crush',
  icon: { letters: 'CR', colour: 'red' },
  program: { command: 'crush', versionArguments: ['--version'], install: 'npm install -g @charmland/crush' },
  // `crush run` does one thing and ends.
  promptDelivery: 'typed',
  systemPrompt: 'first-words',
  takesCommand: false,
  /** It names its sessions itself and tells no one: there is nothing to go on with. */
  assignsConversation: false,
  /** Its model stands in its own configuration: only `crush run` has a flag for it. */
  launch: ({ program, permissions }) => ({
    argv: [program ?? 'crush', ...(permissions === 'ask' ? [] : ['--yolo'])],
    env: {},
  }),
};
