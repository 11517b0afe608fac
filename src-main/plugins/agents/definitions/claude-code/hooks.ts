// Hooks as Claude Code 2.1.332 was seen to call them. A file of `--settings` is added to the person's own: hooks of both run.
import { join } from 'node:path';
import type { AgentHooks } from '../../agent.ts';
import { hookLine, toldText } from '../hook-words.ts';
import { claudeCodeFacts } from './facts.ts';

const events = [
  'SessionStart',
  'SessionEnd',
  'UserPromptSubmit',
  'PreToolUse',
  'PostToolUse',
  'PostToolUseFailure',
  'PermissionRequest',
  'Notification',
  'Stop',
  'StopFailure',
  'SubagentStart',
  'SubagentStop',
  'PreCompact',
  'PostCompact',
] as const;

/** Seconds after which an agent gives up waiting; the script takes milliseconds. */
const timeout = 5;
const settingsFile = 'claude-settings.json';

/** What every agent is asked to do, and says no more than what it is at: a person is not asked for it each time. */
const allow = ['Bash(athene acknowledge:*)', 'Bash(athene report:*)'];

export const claudeCodeHooks: AgentHooks = {
  handOver: ({ sessionDirectory, permissions }, command) => ({
    args: ['--settings', join(sessionDirectory, settingsFile)],
    files: {
      [settingsFile]: `${JSON.stringify(
        {
          hooks: hooksFor(command),
          permissions: { allow },
          // Chosen in Athene, and agreed to there: its own warning, with "No, exit" preselected, would only stand in the way.
          ...(permissions === 'permissionless' ? { skipDangerousModePermissionPrompt: true } : {}),
        },
        null,
        2,
      )}\n`,
    },
  }),
  /** Another one after `/clear`. */
  conversation: ({ kind, data }) => (kind === 'SessionStart' ? toldText(data, 'session_id') : null),
  facts: claudeCodeFacts,
};

const hooksFor = (command: string) =>
  Object.fromEntries(
    events.map((event) => {
      const hook = { type: 'command', command: hookLine(command, 'claude-code', event), timeout };
      return [event, [{ hooks: [hook] }]];
    }),
  );
