// Hooks as Qwen Code 0.24.4 was seen to call them. Settings of the person, of the system and its defaults are laid over each other, hooks of all run:
// so ours stand in a file that takes the place of the defaults, with what these hold.
import { dirname, join } from 'node:path';
import { readTextIfThere } from '../../../../lib/files.ts';
import type { AgentHooks, LaunchContext } from '../../agent.ts';
import { fieldOf } from '../claims.ts';
import { hookLine, toldText } from '../hook-words.ts';
import { qwenFacts } from './facts.ts';

const events = [
  'SessionStart',
  'SessionEnd',
  'UserPromptSubmit',
  'PreToolUse',
  'PostToolUse',
  'PermissionRequest',
  'Notification',
  'Stop',
] as const;

/** Milliseconds after which it gives up waiting; the script takes few. */
const timeout = 5000;
const file = 'qwen-defaults.json';
const variable = 'QWEN_CODE_SYSTEM_DEFAULTS_PATH';

export const qwenHooks: AgentHooks = {
  handOver(context, command) {
    const defaults = defaultsOf(context);
    if (defaults === null) return {};
    const settings = { ...defaults, hooks: { ...objectIn(defaults, 'hooks'), ...hooksFor(command, defaults) } };
    return {
      // Another one that is started by its commands finds the variable set, and does not tell as if it were this one.
      env: { [variable]: join(context.sessionDirectory, file), QWEN_CODE: '' },
      files: { [file]: `${JSON.stringify(settings, null, 2)}\n` },
    };
  },
  /** Another one after `/clear`. */
  conversation: ({ kind, data }) => (kind === 'SessionStart' ? toldText(data, 'session_id') : null),
  facts: qwenFacts,
};

function hooksFor(command: string, defaults: object) {
  const there = objectIn(defaults, 'hooks');
  return Object.fromEntries(
    events.map((event) => {
      const line = `test -n "$QWEN_CODE" || ${hookLine(command, 'qwen', event)}`;
      const theirs = fieldOf(there, event);
      const ours = { hooks: [{ type: 'command', name: 'athene', command: line, timeout }] };
      return [event, [...(Array.isArray(theirs) ? (theirs as readonly unknown[]) : []), ours]];
    }),
  );
}

/** What stands where ours will be looked for; null when it can't be read, so that nothing of it is lost. */
function defaultsOf({ login }: LaunchContext): object | null {
  const path =
    login[variable] ||
    join(dirname(login['QWEN_CODE_SYSTEM_SETTINGS_PATH'] || systemSettings()), 'system-defaults.json');
  try {
    const settings = JSON.parse(readTextIfThere(path) ?? '{}') as unknown;
    return typeof settings === 'object' && settings !== null && !Array.isArray(settings) ? settings : null;
  } catch {
    return null; // With comments, or of somebody else.
  }
}

function systemSettings(): string {
  if (process.platform === 'darwin') return '/Library/Application Support/QwenCode/settings.json';
  return process.platform === 'win32' ? 'C:\\ProgramData\\qwen-code\\settings.json' : '/etc/qwen-code/settings.json';
}

function objectIn(object: object, name: string): object {
  const value = fieldOf(object, name);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
