// What was said in a thread of Codex 0.171, from its own record (its rollout). Of what stands there twice, the items count: all versions have them.
import type { Said } from '#shared/domain/conversation.ts';
import { fieldOf, textOf } from '../claims.ts';
import { called, failure, interrupted, returned, said, shortened, thought, told } from '../said.ts';
import { entryIn } from '../transcript-line.ts';

export function saidInEntry(entry: object): readonly Said[] {
  const payload = fieldOf(entry, 'payload');
  const kind = textOf(payload, 'type') ?? '';
  switch (textOf(entry, 'type')) {
    case 'response_item':
      return ofItem(kind, payload);
    case 'event_msg':
      return ofEvent(kind, payload);
    case 'compacted':
      return [shortened];
    default:
      return [];
  }
}

function ofItem(kind: string, payload: unknown): readonly Said[] {
  const call = textOf(payload, 'call_id');
  const tool = textOf(payload, 'name');
  switch (kind) {
    case 'message':
      return ofMessage(textOf(payload, 'role'), textsIn(fieldOf(payload, 'content')));
    case 'reasoning':
      return thought(textsIn(fieldOf(payload, 'summary')).join('\n\n'));
    case 'function_call': {
      const given = textOf(payload, 'arguments') ?? '';
      return called({ call, tool, input: entryIn(given) ?? given });
    }
    case 'custom_tool_call':
      return called({ call, tool, input: fieldOf(payload, 'input') });
    case 'local_shell_call':
      return called({ call, tool: 'shell', input: fieldOf(payload, 'action') });
    case 'function_call_output':
    case 'custom_tool_call_output': {
      const text = outputIn(fieldOf(payload, 'output'));
      return [returned(call, text.replace(ranSo, ''), hasFailed(text))];
    }
    default:
      return [];
  }
}

function ofMessage(role: string | null, texts: readonly string[]): readonly Said[] {
  if (role === 'assistant') return said(texts.join('\n\n'));
  return role === 'user' ? texts.filter((text) => !isOwnNote(text)).flatMap(told) : [];
}

/** What it says of the place, of rules and of helpers stands in the person's name too. */
const isOwnNote = (text: string): boolean =>
  /^\s*<(?:environment_context|user_instructions|turn_aborted|subagent_notification|\w+_instructions|collaboration_mode|permissions instructions)\b/.test(
    text,
  ) || text.startsWith('# AGENTS.md instructions');

function ofEvent(kind: string, payload: unknown): readonly Said[] {
  switch (kind) {
    case 'turn_aborted':
      return [interrupted];
    case 'task_complete':
      return failure(textOf(fieldOf(payload, 'error'), 'message'));
    case 'error':
    case 'stream_error':
      return failure(textOf(payload, 'message'));
    default:
      return [];
  }
}

const textsIn = (parts: unknown): readonly string[] =>
  (Array.isArray(parts) ? parts : []).map((part) => textOf(part, 'text')).filter((text) => text !== null);

/** A text, one within an object, or a list of parts. */
const outputIn = (output: unknown): string =>
  typeof output === 'string' ? output : (textOf(output, 'content') ?? textsIn(output).join('\n'));

const hasFailed = (text: string): boolean =>
  /^(?:.*\n){0,3}Process exited with code [1-9-]/.test(text) ||
  /\n(?:aborted|rejected) by user$/.test(text) ||
  text.startsWith('unsupported call: ');

/** What stands before the output of a command; what of it matters is told by its colour. */
const ranSo =
  /^(?:Chunk ID: .*\n)?Wall time: .*\nProcess exited with code -?\d+\n(?:Original token count: .*\n)?Output:\n/;
