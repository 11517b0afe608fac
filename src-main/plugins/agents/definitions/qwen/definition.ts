// Flags as `qwen --help` of 0.24.4 has them, each tried with it. It began as Gemini CLI; flags, hooks and dialogs are its own by now.
import { readTextIfThere } from '../../../../lib/files.ts';
import type { AgentDefinition, LaunchContext } from '../../agent.ts';
import { conversationId } from './conversation-id.ts';
import { findChat } from './find-chat.ts';
import { qwenHooks } from './hooks.ts';
import { qwenQuestions } from './questions.ts';
import { qwenTranscript } from './transcript.ts';

export const qwen: AgentDefinition = {
  id: 'qwen',
  name: 'Qwen Code',
  icon: { letters: 'QW', colour: 'violet' },
  program: { command: 'qwen', versionArguments: ['--version'], install: 'npm install -g @qwen-code/qwen-code' },
  promptDelivery: 'argument',
  systemPrompt: 'file',
  takesCommand: false,
  assignsConversation: true,
  hooks: qwenHooks,
  transcript: qwenTranscript,
  screenSigns: { inputRow: /^> /u, pasted: null, queued: null },
  // At rest its title is the one that older versions have all the time.
  titleSigns: { works: /^[◐◑◒◓]\uFE0E? /u, rests: null },
  questionSigns: qwenQuestions,
  launch: (context) => ({
    argv: [
      context.program ?? 'qwen',
      ...(context.conversation === null ? [] : [`--session-id=${conversationId(context.conversation)}`]),
      ...flags(context),
      ...(context.prompt === null ? [] : [`--prompt-interactive=${context.prompt}`]),
    ],
    env: {},
  }),
  resume: (context) =>
    hasConversation(context)
      ? {
          argv: [context.program ?? 'qwen', `--resume=${conversationId(context.conversation)}`, ...flags(context)],
          env: {},
        }
      : null,
};

/** `default` asks before edits and commands, whatever the person's settings say: permissionless is chosen in Athene. */
function flags({ systemPromptFile, model, permissions }: LaunchContext): readonly string[] {
  const system = systemPromptFile === null ? null : readTextIfThere(systemPromptFile);
  return [
    ...(system === null ? [] : [`--append-system-prompt=${system}`]),
    ...(model === null ? [] : [`--model=${model}`]),
    `--approval-mode=${permissions === 'ask' ? 'default' : 'yolo'}`,
  ];
}

/** `--resume` ends at once on one that was never written down. What can't be looked at may be there. */
function hasConversation(context: LaunchContext & { readonly conversation: string }): boolean {
  try {
    return findChat(context) !== null;
  } catch {
    return true;
  }
}
