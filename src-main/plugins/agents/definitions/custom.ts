import type { AgentDefinition } from '../agent.ts';

/** Any command line, in the person's login shell: the one place where a shell reads what somebody typed. */
export const custom: AgentDefinition = {
  id: 'custom',
  name: 'Custom command',
  program: null,
  promptDelivery: 'typed',
  takesCommand: true,
  assignsConversation: false,
  launch({ shell, command }) {
    if (command === null) throw new Error('A custom agent needs a command line');
    return {
      argv: process.platform === 'win32' ? [shell, '/d', '/s', '/c', command] : [shell, '-lc', command],
      env: {},
    };
  },
};
