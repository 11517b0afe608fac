// Flags and variables as `copilot --help` and `copilot help environment` of 1.0.102 have them, each tried with it.
import { join } from 'node:path';
import { readTextIfThere } from '../../../../lib/files.ts';
import type { AgentDefinition, Launch, LaunchContext } from '../../agent.ts';
import { findEvents } from './find-events.ts';
import { copilotHooks } from './hooks.ts';
import { copilotQuestions } from './questions.ts';
import { copilotTranscript } from './transcript.ts';

export const copilot: AgentDefinition = {
  id: 'copilot',
  name: 'GitHub Copilot CLI',
  icon: { letters: 'CP', colour: 'violet' },
  program: { command: 'copilot', versionArguments: ['--version'], install: 'npm install -g @github/copilot' },
  promptDelivery: 'argument',
  systemPrompt: 'file',
  takesCommand: false,
  assignsConversation: true,
  hooks: copilotHooks,
  transcript: copilotTranscript,
  /** No trust: it writes down which folders are trusted in a file with comments that it alone manages. */
  screenSigns: { inputRow: /^❯(?:\s|$)/u, pasted: null, queued: null },
  questionSigns: copilotQuestions,
  launch: (context) =>
    started(context, [
      ...(context.conversation === null ? [] : [`--session-id=${context.conversation}`]),
      ...flags(context),
      ...(context.prompt === null ? [] : [`--interactive=${context.prompt}`]),
    ]),
  resume: (context) =>
    hasConversation(context) ? started(context, [`--resume=${context.conversation}`, ...flags(context)]) : null,
};

/** An update in the midst of work would change what runs. */
function flags({ model, permissions }: LaunchContext): readonly string[] {
  return [
    '--no-auto-update',
    ...(model === null ? [] : [`--model=${model}`]),
    ...(permissions === 'ask' ? [] : ['--allow-all']),
  ];
}

const directories = 'COPILOT_CUSTOM_INSTRUCTIONS_DIRS';
const ours = 'copilot-instructions';

/** `COPILOT_ALLOW_ALL` of the person is not taken over: permissionless is chosen in Athene. */
function started(context: LaunchContext, args: readonly string[]): Launch {
  const argv = [context.program ?? 'copilot', ...args] as const;
  const system = context.systemPromptFile === null ? null : readTextIfThere(context.systemPromptFile);
  if (system === null) return { argv, env: { COPILOT_ALLOW_ALL: '' } };
  const places = [context.login[directories] ?? '', join(context.sessionDirectory, ours)].filter(
    (place) => place !== '',
  );
  return {
    argv,
    env: { COPILOT_ALLOW_ALL: '', [directories]: places.join(',') },
    // It reads instructions that apply everywhere from there, beside the person's own and those of the repository.
    files: { [`${ours}/.github/instructions/athene.instructions.md`]: `---\napplyTo: "**"\n---\n${system}` },
  };
}

/** One without a single turn is not written down. What can't be looked at may be there. */
function hasConversation(context: LaunchContext & { readonly conversation: string }): boolean {
  try {
    return findEvents(context) !== null;
  } catch {
    return true;
  }
}
