// From what a person wrote in config.yaml to a definition like those that Athene ships.
import type { OwnAgent } from '#shared/domain/own-agent.ts';
import type { QuestionSigns } from '#shared/domain/found-question.ts';
import type { LinearPattern } from '../../../lib/linear-pattern.ts';
import type { AgentDefinition, LaunchContext, ScreenSigns, TitleSigns } from '../agent.ts';

/** Its patterns, made. */
export interface OwnPatterns {
  readonly works: LinearPattern | null;
  readonly rests: LinearPattern | null;
  readonly inputRow: LinearPattern | null;
  readonly command: LinearPattern | null;
}

export function ownAgent(id: string, own: OwnAgent, patterns: OwnPatterns): AgentDefinition {
  const [program = '', ...fixed] = own.command;
  const started = (context: LaunchContext, more: readonly string[]) => ({
    argv: [context.program ?? program, ...fixed, ...flags(own, context), ...more] as const,
    env: own.env,
  });
  const { resumeArguments } = own;
  return {
    id,
    name: own.name ?? id,
    program: {
      command: program,
      versionArguments: own.versionArguments,
      install: own.install ?? `config.yaml names the program ${program}`,
    },
    promptDelivery: own.promptDelivery,
    ...systemPrompt(own),
    takesCommand: false,
    assignsConversation: own.conversationArguments !== undefined,
    ...signs(own, patterns),
    launch: (context) =>
      started(context, [
        ...filled(own.conversationArguments, { conversation: context.conversation }),
        ...(own.promptDelivery === 'argument' ? filled(own.promptArguments, { prompt: context.prompt }) : []),
      ]),
    ...(resumeArguments === undefined
      ? {}
      : { resume: (context) => started(context, filled(resumeArguments, { conversation: context.conversation })) }),
  };
}

const flags = (own: OwnAgent, { permissions, model, systemPromptFile }: LaunchContext): readonly string[] => [
  ...(permissions === 'ask' ? own.askArguments : own.permissionlessArguments),
  ...filled(own.modelArguments, { model }),
  ...filled(own.systemPromptArguments, { file: systemPromptFile }),
];

/** Each value stays within its word, whatever is in it; none at all where there is no value. */
function filled(
  words: readonly string[] | undefined,
  values: Readonly<Record<string, string | null>>,
): readonly string[] {
  const [[hole, value] = ['', null]] = Object.entries(values);
  return words === undefined || value === null ? [] : words.map((word) => word.replaceAll(`{${hole}}`, () => value));
}

function systemPrompt({ systemPromptArguments, promptDelivery }: OwnAgent): Pick<AgentDefinition, 'systemPrompt'> {
  if (systemPromptArguments !== undefined) return { systemPrompt: 'file' };
  return promptDelivery === 'none' ? {} : { systemPrompt: 'first-words' };
}

function signs({ questions }: OwnAgent, { works, rests, inputRow, command }: OwnPatterns) {
  const screenSigns: ScreenSigns | null = inputRow === null ? null : { inputRow, pasted: null, queued: null };
  const titleSigns: TitleSigns | null = works === null ? null : { works, rests };
  const questionSigns: QuestionSigns = {
    ...(questions?.digits === undefined ? {} : { digits: questions.digits }),
    ...(command === null ? {} : { wants: (above) => wanted(command, above) }),
  };
  return {
    ...(screenSigns === null ? {} : { screenSigns }),
    ...(titleSigns === null ? {} : { titleSigns }),
    ...(questions === undefined ? {} : { questionSigns }),
  };
}

function wanted(command: LinearPattern, above: readonly string[]) {
  const found = above.map((row) => command.first(row)).filter((text) => text !== null);
  return found.length === 0 ? null : { tool: null, command: found.join('\n') };
}
