// Flags and variables as `opencode --help` of 1.18.33 and its documentation have them, each tried with it.
import type { AgentDefinition, LaunchContext } from '../../agent.ts';
import { configurationVariable, opencodeConfiguration } from './configuration.ts';
import { deleteOpencodeConversation, listOpencodeConversations } from './conversations.ts';
import { opencodeHooks } from './hooks.ts';
import { opencodeQuestions } from './questions.ts';

export const opencode: AgentDefinition = {
  id: 'opencode',
  name: 'opencode',
  icon: { letters: 'OC', colour: 'green' },
  program: { command: 'opencode', versionArguments: ['--version'], install: 'npm install -g opencode-ai' },
  promptDelivery: 'argument',
  systemPrompt: 'file',
  takesCommand: false,
  assignsConversation: false,
  /** No transcript: its conversations are rows of a database that it holds open, not a file that grows. */
  hooks: opencodeHooks,
  /** For one whose hooks did not tell. */
  discoverConversation: listOpencodeConversations,
  deleteConversation: deleteOpencodeConversation,
  questionSigns: opencodeQuestions,
  launch: (context) => ({
    argv: [
      context.program ?? 'opencode',
      ...flags(context),
      ...(context.prompt === null ? [] : [`--prompt=${context.prompt}`]),
    ],
    env: environment(context),
  }),
  resume: (context) => ({
    argv: [context.program ?? 'opencode', `--session=${context.conversation}`, ...flags(context)],
    env: environment(context),
  }),
};

/** `--auto` still refuses what the person's configuration denies. */
function flags({ model, permissions }: LaunchContext): readonly string[] {
  return [...(model === null ? [] : [`--model=${model}`]), ...(permissions === 'ask' ? [] : ['--auto'])];
}

/** Laid over the person's configuration and over one in this variable. */
function environment(context: LaunchContext): Record<string, string> {
  const configuration = opencodeConfiguration(context);
  return configuration === null ? {} : { [configurationVariable]: JSON.stringify(configuration) };
}
