// Flags and variables as `opencode --help` of 1.18.33 and its documentation have them, each tried with it.
import type { AgentDefinition, LaunchContext } from '../agent.ts';
import { listOpencodeConversations } from './opencode-conversations.ts';

export const opencode: AgentDefinition = {
  id: 'opencode',
  name: 'opencode',
  program: { command: 'opencode', versionArguments: ['--version'], install: 'npm install -g opencode-ai' },
  promptDelivery: 'argument',
  takesCommand: false,
  assignsConversation: false,
  discoverConversation: listOpencodeConversations,
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

/**
 * Laid over the person's configuration and over one in this variable. Without it opencode edits and runs commands unasked: asking is the
 * default in Athene, permissionless is chosen there.
 */
function environment({ systemPromptFile, permissions, login }: LaunchContext): Record<string, string> {
  const { instructions = [], permission, ...rest } = configurationOf(login['OPENCODE_CONFIG_CONTENT']);
  const all = systemPromptFile === null ? instructions : [...instructions, systemPromptFile];
  const rules = permissions === 'ask' ? { ...permission, ...asking } : permission;
  if (all.length === 0 && rules === undefined) return {};
  return { OPENCODE_CONFIG_CONTENT: JSON.stringify({ ...rest, instructions: all, permission: rules }) };
}

const asking = { edit: 'ask', bash: 'ask', webfetch: 'ask' };

interface Configuration {
  readonly instructions?: readonly string[];
  readonly permission?: object;
}

/** A text that is no JSON is not kept: it can't be added to, and asking comes first. */
function configurationOf(text: string | undefined): Configuration {
  try {
    return (JSON.parse(text || '{}') ?? {}) as Configuration;
  } catch {
    return {};
  }
}
