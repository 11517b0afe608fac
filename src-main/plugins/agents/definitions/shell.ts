import type { AgentDefinition } from '../agent.ts';

/** The person's own login shell, for work by hand in a worktree. */
export const shell: AgentDefinition = {
  id: 'shell',
  name: 'Shell',
  program: null,
  promptDelivery: 'none',
  takesCommand: false,
  assignsConversation: false,
  launch: (context) => ({
    argv: process.platform === 'win32' ? [context.shell] : [context.shell, '-l'],
    env: {},
  }),
};
