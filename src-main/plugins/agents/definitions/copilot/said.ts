// What was said in a conversation of Copilot CLI 1.0.102, from its own record.
import type { Said } from '#shared/domain/conversation.ts';
import { fieldOf, textOf } from '../claims.ts';
import { called, failure, interrupted, returned, said, told } from '../said.ts';

export function saidInEntry(entry: object): readonly Said[] {
  const data = fieldOf(entry, 'data');
  // What a helper does is not its conversation.
  if (fieldOf(data, 'parentToolCallId') !== undefined) return [];
  const call = textOf(data, 'toolCallId');
  switch (textOf(entry, 'type')) {
    case 'user.message':
      return told(textOf(data, 'content'));
    case 'assistant.message':
      return said(textOf(data, 'content'));
    case 'tool.execution_start':
      return called({ call, tool: textOf(data, 'toolName'), input: fieldOf(data, 'arguments') });
    case 'tool.execution_complete':
      return [ofTool(call, data)];
    case 'session.error':
      return failure(textOf(data, 'message'));
    case 'abort':
      return [interrupted];
    default:
      return [];
  }
}

function ofTool(call: string | null, data: unknown): Said {
  const code = fieldOf(fieldOf(data, 'shellExecution'), 'exitCode');
  const failed = fieldOf(data, 'success') === false || (typeof code === 'number' && code !== 0);
  const text = textOf(fieldOf(data, 'result'), 'content') ?? textOf(fieldOf(data, 'error'), 'message');
  return returned(call, text ?? '', failed);
}
