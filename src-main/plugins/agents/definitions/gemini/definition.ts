// Flags as `gemini --help` of 0.61.0 has them, each tried with it.
import type { AgentDefinition, LaunchContext } from '../../agent.ts';
import { findChat } from './find-chat.ts';
import { geminiHooks } from './hooks.ts';
import { geminiQuestions } from './questions.ts';
import { geminiTranscript } from './transcript.ts';
import { geminiTrust } from './trust.ts';

export const gemini: AgentDefinition = {
  id: 'gemini',
  name: 'Gemini CLI',
  icon: { letters: 'GE', colour: 'blue' },
  program: { command: 'gemini', versionArguments: ['--version'], install: 'npm install -g @google/gemini-cli' },
  promptDelivery: 'argument',
  // Its own way to add to what it is told is files in the worktree; `GEMINI_SYSTEM_MD` replaces all that it knows of its tools.
  systemPrompt: 'first-words',
  takesCommand: false,
  assignsConversation: true,
  hooks: geminiHooks,
  transcript: geminiTranscript,
  trust: geminiTrust,
  titleSigns: { works: /^✦ /u, rests: /^◇ /u },
  questionSigns: geminiQuestions,
  launch: (context) => ({
    argv: [
      context.program ?? 'gemini',
      ...(context.conversation === null ? [] : [`--session-id=${context.conversation}`]),
      ...flags(context),
      ...(context.prompt === null ? [] : [`--prompt-interactive=${context.prompt}`]),
    ],
    env: {},
  }),
  resume: (context) =>
    hasConversation(context)
      ? { argv: [context.program ?? 'gemini', `--resume=${context.conversation}`, ...flags(context)], env: {} }
      : null,
};

/** `default` asks before edits and commands, whatever the person's settings say: permissionless is chosen in Athene. */
function flags({ model, permissions }: LaunchContext): readonly string[] {
  return [
    ...(model === null ? [] : [`--model=${model}`]),
    `--approval-mode=${permissions === 'ask' ? 'default' : 'yolo'}`,
  ];
}

/** One without a single turn is forgotten when it ends, and `--resume` would end at once. What can't be looked at may be there. */
function hasConversation(context: LaunchContext & { readonly conversation: string }): boolean {
  try {
    return findChat(context) !== null;
  } catch {
    return true;
  }
}
