// Hooks as Codex 0.171 takes them on its command line: those of the person's own files run too, and `notify` is left alone. Codex runs no hook
// that nobody has reviewed; what Athene itself hands over is marked so by its hash, for this launch and for exactly these commands.
import { createHash } from 'node:crypto';
import type { AgentHooks } from '../../agent.ts';
import { hookLine, toldText } from '../hook-words.ts';
import { toldFacts } from '../told-facts.ts';

/** Codex's name of an event in its settings, and in what it hashes. */
const events = {
  SessionStart: 'session_start',
  UserPromptSubmit: 'user_prompt_submit',
  PreToolUse: 'pre_tool_use',
  PermissionRequest: 'permission_request',
  PostToolUse: 'post_tool_use',
  Stop: 'stop',
  SubagentStart: 'subagent_start',
  SubagentStop: 'subagent_stop',
} as const;

/** Seconds. */
const timeout = 5;

export const codexHooks: AgentHooks = {
  handOver(_context, command) {
    const hooks = Object.entries(events).map(([event, label]) => ({
      ...{ event, label },
      command: hookLine(command, 'codex', event),
    }));
    const settings = hooks.map(
      ({ event, command: line }) =>
        `hooks.${event}=[{hooks=[{type="command",command=${toml(line)},timeout=${timeout}}]}]`,
    );
    const states = hooks.map(
      ({ label, command: line }) => `${toml(keyOf(label))}={trusted_hash=${toml(hashOf(label, line))}}`,
    );
    return {
      args: [inOwnEnvironment, ...settings, `hooks.state={${states.join(',')}}`].flatMap((setting) => ['-c', setting]),
    };
  },
  /** Threads that name a task or help in one have conversations of their own, and do not begin with this. */
  conversation: ({ kind, data }) => (kind === 'SessionStart' ? toldText(data, 'session_id') : null),
  facts: toldFacts,
};

/**
 * It would run commands in a login shell, whose profile may put other programs in front of the wrappers. The environment that it was given
 * comes from the person's login shell already.
 */
const inOwnEnvironment = 'allow_login_shell=false';

/** A JSON text is a TOML text for every path without control characters. */
const toml = (text: string): string => JSON.stringify(text);

const keyOf = (label: string): string => `/<session-flags>/config.toml:${label}:0:0`;

/** Of the hook in its normal form: JSON with sorted names. Source: `command_hook_hash` in codex-rs/hooks/src/engine/discovery.rs. */
function hashOf(label: string, command: string): string {
  const identity = { event_name: label, hooks: [{ async: false, command, timeout, type: 'command' }] };
  return `sha256:${createHash('sha256').update(JSON.stringify(identity)).digest('hex')}`;
}
