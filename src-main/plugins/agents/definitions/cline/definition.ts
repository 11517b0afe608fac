// Flags as `cline --help` of 3.0.65 has them, each tried with it.
import { dataDirectory } from './data-directory.ts';
import { findClineConversations } from './conversations.ts';
import { clineQuestions } from './questions.ts';
import type { AgentDefinition, LaunchContext } from '../../agent.ts';

export const cline: AgentDefinition = {
  id: 'cline',
  name: 'Cline',
  icon: { letters: 'CL', colour: 'violet' },
  program: { command: 'cline', versionArguments: ['--version'], install: 'npm install -g cline' },
  promptDelivery: 'argument',
  // `--system` stands for all that it is told, that of its tools too.
  systemPrompt: 'first-words',
  takesCommand: false,
  assignsConversation: false,
  /** No transcript: its messages are one JSON text that is written anew each time. */
  discoverConversation: findClineConversations,
  screenSigns: { inputRow: /^❯ /u, pasted: null, queued: null },
  questionSigns: clineQuestions,
  launch: (context) => ({
    argv: [context.program ?? 'cline', ...flags(context), ...prompt(context)],
    env,
  }),
  resume: (context) => ({
    argv: [context.program ?? 'cline', ...flags(context), `--id=${context.conversation}`],
    env,
  }),
};

/** It would put a newer version in its place while others run, and end theirs. */
const env = { CLINE_NO_AUTO_UPDATE: '1' };

/**
 * Without `--auto-approve` it edits and runs commands unasked. It otherwise does the work of all of a person's terminals in one background server,
 * out of reach of a stop; given a directory for its data it keeps to its own process, so it is given the one that it has anyway.
 */
function flags({ login, model, permissions }: LaunchContext): readonly string[] {
  return [
    '--tui',
    `--data-dir=${dataDirectory(login)}`,
    `--auto-approve=${permissions === 'ask' ? 'false' : 'true'}`,
    ...(model === null ? [] : [`--model=${model}`]),
  ];
}

/** A prompt of one word that is the name of a command would be that command, also after `--`. */
function prompt({ prompt: text }: LaunchContext): readonly string[] {
  if (text === null) return [];
  return ['--', /^\w+$/.test(text) ? `${text} ` : text];
}
