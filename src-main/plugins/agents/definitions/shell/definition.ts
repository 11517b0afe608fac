import type { AgentDefinition } from '../../agent.ts';

/**
 * The person's own shell, for work by hand in a worktree. Interactive because it has a terminal, and no login shell: its environment is that
 * of one already, and a second run of the login files would take `athene` off the PATH again.
 */
export const shell: AgentDefinition = {
  id: 'shell',
  name: 'Shell',
  icon: { name: 'terminal' },
  program: null,
  promptDelivery: 'none',
  takesCommand: false,
  assignsConversation: false,
  actsForPerson: true,
  launch: ({ shell: program }) => ({ argv: [program], env: {} }),
};
