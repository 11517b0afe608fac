// Hooks as Copilot CLI 1.0.102 was seen to call them. A plug-in directory is added to the person's own for this launch alone: hooks of all run.
// Events are named as other agents name them, so that it tells with their fields.
import { join } from 'node:path';
import type { AgentHooks } from '../../agent.ts';
import { hookLine, toldText } from '../hook-words.ts';
import { copilotFacts } from './facts.ts';

/** A request for permission is told by its notification: the hook of that name runs for what is allowed anyway, too. */
const events = [
  'SessionStart',
  'SessionEnd',
  'UserPromptSubmit',
  'PreToolUse',
  'PostToolUse',
  'Notification',
  'Stop',
  'ErrorOccurred',
] as const;

/** Seconds after which it gives up waiting; the script takes milliseconds. */
const timeoutSec = 5;
const directory = 'copilot-plugin';

export const copilotHooks: AgentHooks = {
  handOver: ({ sessionDirectory }, command) => ({
    args: ['--plugin-dir', join(sessionDirectory, directory)],
    files: {
      [`${directory}/plugin.json`]: json({ name: 'athene', version: '1.0.0', hooks: 'hooks.json' }),
      [`${directory}/hooks.json`]: json({ version: 1, hooks: hooksFor(command) }),
    },
  }),
  /** Another one after `/clear`. */
  conversation: ({ kind, data }) => (kind === 'SessionStart' ? toldText(data, 'session_id') : null),
  facts: copilotFacts,
};

const hooksFor = (command: string) =>
  Object.fromEntries(
    events.map((event) => [event, [{ type: 'command', bash: hookLine(command, 'copilot', event), timeoutSec }]]),
  );

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
