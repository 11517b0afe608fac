// Flags as `codex --help` of 0.171.0 has them; the configuration keys were tried with its `--strict-config`.
import { readTextIfThere } from '../../../../lib/files.ts';
import type { AgentDefinition, LaunchContext } from '../../agent.ts';
import { deleteCodexConversation } from './delete-conversation.ts';
import { codexHooks } from './hooks.ts';
import { codexQuestions } from './questions.ts';
import { codexTranscript } from './transcript.ts';
import { codexTrust } from './trust.ts';

export const codex: AgentDefinition = {
  id: 'codex',
  name: 'Codex',
  icon: { letters: 'CX', colour: 'blue' },
  program: { command: 'codex', versionArguments: ['--version'], install: 'npm install -g @openai/codex' },
  promptDelivery: 'argument',
  systemPrompt: 'file',
  takesCommand: false,
  assignsConversation: false,
  hooks: codexHooks,
  transcript: codexTranscript,
  deleteConversation: deleteCodexConversation,
  trust: codexTrust,
  screenSigns: { inputRow: /^\s{0,2}[›▌](?:\s|$)/u, pasted: /\[Pasted Content \d+ chars\]/u, queued: null },
  // At rest its title is that of any program.
  titleSigns: { works: /^[⠀-⣿] /u, rests: null },
  questionSigns: codexQuestions,
  launch: (context) => ({
    argv: [context.program ?? 'codex', ...flags(context), ...(context.prompt === null ? [] : ['--', context.prompt])],
    env: {},
  }),
  resume: (context) => ({
    argv: [context.program ?? 'codex', 'resume', ...flags(context), '--', context.conversation],
    env: {},
  }),
};

/**
 * Without the check, an available update does not stand between the prompt and the work. With any setting on its command line Codex works in
 * its own process, not in the background server that all of the person's share otherwise: that one would outlive a stop, and has the
 * environment of whoever came first. The last one keeps a Codex that decides in another way from starting it.
 */
function flags({ systemPromptFile, model, permissions }: LaunchContext): readonly string[] {
  return [
    '-c',
    'check_for_update_on_startup=false',
    '-c',
    'features.daemon_auto_start=false',
    ...instructions(systemPromptFile),
    ...(model === null ? [] : [`--model=${model}`]),
    ...(permissions === 'ask' ? ['--ask-for-approval', 'on-request'] : ['--dangerously-bypass-approvals-and-sandbox']),
  ];
}

/** Beside what it is told of its tools, which `model_instructions_file` would replace. A JSON text is a TOML text but for one control character. */
function instructions(file: string | null): readonly string[] {
  const text = file === null ? null : readTextIfThere(file);
  return text === null ? [] : ['-c', `developer_instructions=${JSON.stringify(text.replaceAll('\u007f', ''))}`];
}
