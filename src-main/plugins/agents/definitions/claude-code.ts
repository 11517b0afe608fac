// Flags as `claude --help` of 2.1.330 has them, each tried with it (`--append-system-prompt-file` is only named in passing there).
import type { AgentDefinition, LaunchContext } from '../agent.ts';

export const claudeCode: AgentDefinition = {
  id: 'claude-code',
  name: 'Claude Code',
  program: {
    command: 'claude',
    versionArguments: ['--version'],
    install: 'npm install -g @anthropic-ai/claude-code',
  },
  promptDelivery: 'argument',
  takesCommand: false,
  assignsConversation: true,
  launch: (context) => ({
    argv: [
      context.program ?? 'claude',
      ...(context.conversation === null ? [] : ['--session-id', context.conversation]),
      ...flags(context),
      ...(context.prompt === null ? [] : ['--', context.prompt]),
    ],
    env,
  }),
  resume: (context) => ({
    argv: [context.program ?? 'claude', '--resume', context.conversation, ...flags(context)],
    env,
  }),
};

/** Set when Athene was started from inside another Claude Code; that would make it think that it is nested. */
const env = { CLAUDECODE: '' };

/** `default` asks before edits and commands, whatever the person's settings say: permissionless is chosen in Athene. */
function flags({ systemPromptFile, model, permissions }: LaunchContext): readonly string[] {
  return [
    ...(systemPromptFile === null ? [] : ['--append-system-prompt-file', systemPromptFile]),
    ...(model === null ? [] : [`--model=${model}`]),
    ...(permissions === 'ask' ? ['--permission-mode', 'default'] : ['--dangerously-skip-permissions']),
  ];
}
