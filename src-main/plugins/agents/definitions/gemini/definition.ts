// Flags as `gemini --help` of 0.61.0 has them, each tried with it.
import { join } from 'node:path';
import { listDirectory, readHeadIfThere, readTextIfThere } from '../../../../lib/files.ts';
import type { AgentDefinition, LaunchContext } from '../../agent.ts';
import { geminiHooks } from './hooks.ts';
import { geminiTrust } from './trust.ts';

export const gemini: AgentDefinition = {
  id: 'gemini',
  name: 'Gemini CLI',
  program: { command: 'gemini', versionArguments: ['--version'], install: 'npm install -g @google/gemini-cli' },
  promptDelivery: 'argument',
  takesCommand: false,
  assignsConversation: true,
  hooks: geminiHooks,
  trust: geminiTrust,
  launch: (context) => ({
    argv: [
      context.program ?? 'gemini',
      ...(context.conversation === null ? [] : [`--session-id=${context.conversation}`]),
      ...flags(context),
      ...firstWords(context).map((text) => `--prompt-interactive=${text}`),
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

/**
 * It knows no way to add to its system prompt but files in the worktree (`GEMINI_SYSTEM_MD` replaces all that it is told about its tools), so
 * ours opens the conversation.
 */
function firstWords({ systemPromptFile, prompt }: LaunchContext): readonly string[] {
  const system = systemPromptFile === null ? null : readTextIfThere(systemPromptFile);
  const words = [system, prompt].filter((text) => text !== null).join('\n\n');
  return words === '' ? [] : [words];
}

/** Bytes; the id stands in the first line. */
const headLength = 4096;

/** One without a single turn is forgotten when it ends, and `--resume` would end at once. What can't be looked at may be there. */
function hasConversation({ conversation, login }: LaunchContext & { readonly conversation: string }): boolean {
  const places = join(login['GEMINI_CLI_HOME'] || login['HOME'] || '', '.gemini', 'tmp');
  const short = `-${conversation.slice(0, 8)}.jsonl`;
  try {
    return listDirectory(places)
      .map((name) => join(places, name, 'chats'))
      .flatMap((chats) => listDirectory(chats).map((name) => join(chats, name)))
      .some(
        (path) =>
          path.endsWith(short) && (readHeadIfThere(path, headLength) ?? '').includes(`"sessionId":"${conversation}"`),
      );
  } catch {
    return true;
  }
}
