// Tried with Goose 1.52, which npm has as a package for each system (`@aaif/goose-binary-linux-x64`).
import type { AgentDefinition, LaunchContext } from '../../agent.ts';

export const goose: AgentDefinition = {
  id: 'goose',
  name: 'Goose',
  icon: { letters: 'GO', colour: 'grey' },
  program: {
    command: 'goose',
    versionArguments: ['--version'],
    install: 'see https://block.github.io/goose/docs/getting-started/installation',
  },
  promptDelivery: 'argument',
  // With a first prompt alone: `goose session` takes none.
  systemPrompt: 'first-words',
  takesCommand: false,
  /** Conversations have names, and ours is the name. */
  assignsConversation: true,
  screenSigns: { inputRow: /^> /u, pasted: null, queued: null },
  launch: (context) => ({ argv: [context.program ?? 'goose', ...words(context)], env: environment(context) }),
  resume: (context) => ({
    argv: [context.program ?? 'goose', 'session', '--resume', '--history', `--name=${context.conversation}`],
    env: environment(context),
  }),
};

function words({ prompt, conversation }: LaunchContext): readonly string[] {
  const name = conversation === null ? [] : [`--name=${conversation}`];
  return prompt === null ? ['session', ...name] : ['run', '--interactive', ...name, `--text=${prompt}`];
}

/** `approve` asks before each tool, whatever the person's settings say: permissionless is chosen in Athene. */
const environment = ({ model, permissions }: LaunchContext): Readonly<Record<string, string>> => ({
  GOOSE_MODE: permissions === 'ask' ? 'approve' : 'auto',
  ...(model === null ? {} : { GOOSE_MODEL: model }),
});
