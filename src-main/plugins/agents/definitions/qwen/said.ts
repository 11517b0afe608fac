// What was said in a conversation of Qwen Code 0.24.4, from its own record.
import type { Said } from '#shared/domain/conversation.ts';
import { fieldOf, textOf } from '../claims.ts';
import { called, failure, returned, said, thought, told } from '../said.ts';

export function saidInEntry(entry: object): readonly Said[] {
  if (fieldOf(entry, 'isSidechain') === true) return [];
  const parts = partsOf(entry);
  switch (textOf(entry, 'type')) {
    case 'user':
      return parts.flatMap((part) => told(textOf(part, 'text')));
    case 'assistant':
      return parts.flatMap(ofModel);
    case 'tool_result':
      return parts.flatMap(ofTool);
    case 'system':
      return ofEvent(fieldOf(fieldOf(entry, 'systemPayload'), 'uiEvent'));
    default:
      return [];
  }
}

function ofModel(part: unknown): readonly Said[] {
  const call = fieldOf(part, 'functionCall');
  if (call !== undefined)
    return called({ call: textOf(call, 'id'), tool: textOf(call, 'name'), input: fieldOf(call, 'args') });
  return (fieldOf(part, 'thought') === true ? thought : said)(textOf(part, 'text'));
}

function ofTool(part: unknown): readonly Said[] {
  const answer = fieldOf(part, 'functionResponse');
  if (answer === undefined) return [];
  const response = fieldOf(answer, 'response');
  const error = textOf(response, 'error');
  return [returned(textOf(answer, 'id'), error ?? textOf(response, 'output') ?? '', error !== null)];
}

const ofEvent = (event: unknown): readonly Said[] =>
  textOf(event, 'event.name') === 'qwen-code.api_error'
    ? failure(textOf(event, 'error_message') ?? textOf(event, 'error'))
    : [];

function partsOf(entry: object): readonly unknown[] {
  const parts = fieldOf(fieldOf(entry, 'message'), 'parts');
  return Array.isArray(parts) ? parts : [];
}
