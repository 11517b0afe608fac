// Flags as the documentation of Cursor's command line has them (September 2026). It was not run: its installer is to be had from Cursor alone.
import type { AgentDefinition, LaunchContext } from '../../agent.ts';

export const cursor: AgentDefinition = {
  id: 'cursor',
  name: 'Cursor',
  icon: { letters: 'CU', colour: 'grey' },
  // `agent`, its other name, is one that many programs could have.
  program: {
    command: 'cursor-agent',
    versionArguments: ['--version'],
    install: 'curl https://cursor.com/install -fsS | bash',
  },
  promptDelivery: 'argument',
  systemPrompt: 'first-words',
  takesCommand: false,
  /** Chats get their ids from its service, and it does not tell them. */
  assignsConversation: false,
  launch: (context) => ({
    argv: [
      context.program ?? 'cursor-agent',
      ...flags(context),
      ...(context.prompt === null ? [] : ['--', context.prompt]),
    ],
    env: {},
  }),
  resume: (context) => ({
    argv: [context.program ?? 'cursor-agent', ...flags(context), `--resume=${context.conversation}`],
    env: {},
  }),
};

function flags({ model, permissions }: LaunchContext): readonly string[] {
  return [...(model === null ? [] : [`--model=${model}`]), ...(permissions === 'ask' ? [] : ['--force'])];
}
