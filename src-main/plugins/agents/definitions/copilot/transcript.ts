// The record that Copilot CLI 1.0.102 keeps of a conversation, as it was seen to be written: one JSON text a line.
import type { FactClaim } from '#shared/domain/fact.ts';
import type { AgentTranscript } from '../../agent.ts';
import { blocked, fieldOf, rests, textOf, toolUse, works } from '../claims.ts';
import { entryIn, saidBy, timeIn } from '../transcript-line.ts';
import { findEvents } from './find-events.ts';
import { saidInEntry } from './said.ts';

export const copilotTranscript: AgentTranscript = {
  locate: findEvents,
  facts(line) {
    const entry = entryIn(line);
    const claim = entry === null ? null : claimOf(textOf(entry, 'type'), fieldOf(entry, 'data'));
    const at = timeIn(entry, 'timestamp');
    return claim === null || at === null ? [] : [{ at, claim }];
  },
  said: saidBy(saidInEntry),
};

function claimOf(type: string | null, data: unknown): FactClaim | null {
  // What a helper does says nothing of the main loop.
  if (fieldOf(data, 'parentToolCallId') !== undefined) return null;
  switch (type) {
    case 'user.message':
    case 'tool.execution_complete':
      return works(null);
    case 'tool.execution_start':
      return works(toolUse(textOf(data, 'toolName'), fieldOf(data, 'arguments')));
    case 'assistant.message':
      return ofModel(fieldOf(data, 'toolRequests'));
    case 'session.error':
      return blocked(textOf(data, 'message'));
    case 'abort':
      return rests;
    default:
      return null;
  }
}

/** A message that asks for no tool is the last of its turn. */
const ofModel = (requests: unknown): FactClaim | null =>
  Array.isArray(requests) ? (requests.length === 0 ? rests : works(null)) : null;
