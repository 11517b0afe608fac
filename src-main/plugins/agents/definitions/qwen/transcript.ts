// The record that Qwen Code 0.24.4 keeps of a conversation, as it was seen to be written: one JSON text a line. It tells what no hook does: why a
// request failed. That a person cancelled a turn stands in neither.
import type { FactClaim } from '#shared/domain/fact.ts';
import type { AgentTranscript } from '../../agent.ts';
import { blocked, fieldOf, rests, textOf, toolUse, works } from '../claims.ts';
import { entryIn, saidBy, timeIn } from '../transcript-line.ts';
import { findChat } from './find-chat.ts';
import { saidInEntry } from './said.ts';

export const qwenTranscript: AgentTranscript = {
  locate: findChat,
  facts(line) {
    const entry = entryIn(line);
    const claim = entry === null ? null : claimOf(entry);
    const at = timeIn(entry, 'timestamp');
    return claim === null || at === null ? [] : [{ at, claim }];
  },
  said: saidBy(saidInEntry),
};

function claimOf(entry: object): FactClaim | null {
  if (fieldOf(entry, 'isSidechain') === true) return null;
  switch (textOf(entry, 'type')) {
    case 'user':
    case 'tool_result':
      return partsOf(entry).length === 0 ? null : works(null);
    case 'assistant':
      return ofModel(partsOf(entry));
    case 'system':
      return ofEvent(fieldOf(fieldOf(entry, 'systemPayload'), 'uiEvent'));
    default:
      return null;
  }
}

/** A message is written when it is whole: one that calls no tool is the last of its turn. */
function ofModel(parts: readonly unknown[]): FactClaim | null {
  if (parts.length === 0) return null;
  const call = parts.map((part) => fieldOf(part, 'functionCall')).find((found) => found !== undefined);
  return call === undefined ? rests : works(toolUse(textOf(call, 'name'), fieldOf(call, 'args')));
}

function ofEvent(event: unknown): FactClaim | null {
  return textOf(event, 'event.name') === 'qwen-code.api_error'
    ? blocked(textOf(event, 'error_message') ?? textOf(event, 'error'))
    : null;
}

function partsOf(entry: object): readonly unknown[] {
  const parts = fieldOf(fieldOf(entry, 'message'), 'parts');
  return Array.isArray(parts) ? parts : [];
}
