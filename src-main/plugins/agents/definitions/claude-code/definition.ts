// Flags as `claude --help` of 2.1.332 has them, each tried with it (`--append-system-prompt-file` and the mode `default` are not listed there).
import { join } from 'node:path';
import { listDirectory, probePath } from '../../../../lib/files.ts';
import type { AgentDefinition, LaunchContext } from '../../agent.ts';
import { projectsDirectory } from './find-transcript.ts';
import { claudeCodeHooks } from './hooks.ts';
import { claudeCodeQuestions } from './questions.ts';
import { claudeCodeTranscript } from './transcript.ts';
import { claudeCodeTrust } from './trust.ts';

export const claudeCode: AgentDefinition = {
  id: 'claude-code',
  name: 'Claude Code',
  icon: { letters: 'CC', colour: 'amber' },
  program: {
    command: 'claude',
    versionArguments: ['--version'],
    install: 'npm install -g @anthropic-ai/claude-code',
  },
  promptDelivery: 'argument',
  systemPrompt: 'file',
  takesCommand: false,
  assignsConversation: true,
  hooks: claudeCodeHooks,
  transcript: claudeCodeTranscript,
  trust: claudeCodeTrust,
  screenSigns: {
    inputRow: /^[│\s]{0,3}[❯>](?:\s|$)/u,
    pasted: /\[Pasted text #\d+(?: \+\d+ lines)?\]/u,
    queued: /Press up to edit queued messages/u,
  },
  titleSigns: { works: /^[◐◑◒◓⠀-⣿] /u, rests: /^✳ /u },
  questionSigns: claudeCodeQuestions,
  launch: (context) => ({
    argv: [
      context.program ?? 'claude',
      ...(context.conversation === null ? [] : ['--session-id', context.conversation]),
      ...flags(context),
      ...(context.prompt === null ? [] : ['--', context.prompt]),
    ],
    env,
  }),
  resume: (context) =>
    hasConversation(context)
      ? { argv: [context.program ?? 'claude', '--resume', context.conversation, ...flags(context)], env }
      : null,
};

/** Set when Athene was started from inside another Claude Code; that would make it think that it is nested. */
const env = { CLAUDECODE: '' };

/** `default` asks before edits and commands, whatever the person's settings say: permissionless is chosen in Athene. */
function flags({ systemPromptFile, model, permissions }: LaunchContext): readonly string[] {
  return [
    ...(systemPromptFile === null ? [] : ['--append-system-prompt-file', systemPromptFile]),
    ...(model === null ? [] : [`--model=${model}`]),
    ...(permissions === 'ask' ? ['--permission-mode', 'default'] : ['--dangerously-skip-permissions']),
  ];
}

/**
 * One without a single turn was never written down, and `--resume` would end at once. Looked for in every project of its own directory, since
 * how it names those is its own affair; what can't be looked at may be there.
 */
function hasConversation({ conversation, login }: LaunchContext & { readonly conversation: string }): boolean {
  const projects = projectsDirectory(login);
  try {
    return listDirectory(projects).some(
      (name) => probePath(join(projects, name, `${conversation}.jsonl`)).kind !== 'absent',
    );
  } catch {
    return true;
  }
}
