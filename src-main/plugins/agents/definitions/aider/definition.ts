// Flags as Aider's documentation and its source have them (0.86). It was not run: it comes from Python's registry alone.
import { probePath } from '../../../../lib/files.ts';
import type { AgentDefinition, LaunchContext } from '../../agent.ts';
import { historyFile, inputHistoryFile } from './history-files.ts';
import { aiderTranscript } from './transcript.ts';

export const aider: AgentDefinition = {
  id: 'aider',
  name: 'Aider',
  icon: { letters: 'AI', colour: 'green' },
  program: {
    command: 'aider',
    versionArguments: ['--version'],
    install: 'python -m pip install aider-install && aider-install',
  },
  // `--message` does one thing and ends.
  promptDelivery: 'typed',
  systemPrompt: 'file',
  takesCommand: false,
  /** It has no ids: the file of its history is named by ours, so that a session goes on with its own and no other. */
  assignsConversation: true,
  transcript: aiderTranscript,
  launch: (context) => ({ argv: [context.program ?? 'aider', ...flags(context)], env: {} }),
  resume: (context) =>
    probePath(historyFile(context, context.conversation)).kind === 'absent'
      ? null
      : { argv: [context.program ?? 'aider', ...flags(context), '--restore-chat-history'], env: {} },
};

/**
 * It asks yes or no unless it is told not to; shell commands it never runs unasked. What it would ask or offer before the first prompt is left
 * out, since the prompt is typed: that it may change `.gitignore`, a newer version, news.
 */
function flags({
  sessionDirectory,
  conversation,
  systemPromptFile,
  model,
  permissions,
}: LaunchContext): readonly string[] {
  return [
    ...(conversation === null ? [] : [`--chat-history-file=${historyFile({ sessionDirectory }, conversation)}`]),
    `--input-history-file=${inputHistoryFile({ sessionDirectory })}`,
    ...['--no-gitignore', '--no-check-update', '--no-show-release-notes'],
    ...(systemPromptFile === null ? [] : [`--read=${systemPromptFile}`]),
    ...(model === null ? [] : [`--model=${model}`]),
    ...(permissions === 'ask' ? [] : ['--yes-always']),
  ];
}
