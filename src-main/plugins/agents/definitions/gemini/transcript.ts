// The record that Gemini CLI 0.61 keeps of a conversation, as it was seen to be written: one JSON text a line. It tells what no hook does: that a
// person cancelled the turn, and why a request failed.
import type { FactClaim } from '#shared/domain/fact.ts';
import type { AgentTranscript } from '../../agent.ts';
import { blocked, fieldOf, rests, textOf, toolUse, works } from '../claims.ts';
import { entryIn, timeIn } from '../transcript-line.ts';
import { findChat } from './find-chat.ts';

export const geminiTranscript: AgentTranscript = {
  locate: findChat,
  facts(line) {
    const entry = entryIn(line);
    const claim = entry === null ? null : claimOf(entry);
    const at = timeIn(toolCallIn(entry), 'timestamp') ?? timeIn(entry, 'timestamp');
    return claim === null || at === null ? [] : [{ at, claim }];
  },
};

function claimOf(entry: object): FactClaim | null {
  const content = fieldOf(entry, 'content');
  switch (textOf(entry, 'type')) {
    case 'user':
      return isPrompt(content) ? works(null) : null;
    case 'gemini':
      return ofModel(entry, content);
    case 'info':
      return content === 'Request cancelled.' ? rests : null;
    case 'error':
      return blocked(typeof content === 'string' ? content : null);
    default:
      return null;
  }
}

/** What tools gave back, and what it says of the place at the beginning, stand there in the person's name too. */
function isPrompt(content: unknown): boolean {
  const text = textOf(Array.isArray(content) ? content[0] : null, 'text');
  return text !== null && !text.startsWith('<session_context>');
}

/**
 * A message is written without its tool calls first, so that it may be the last one says nothing yet. After a cancelled turn all that stays is
 * written once more, as parts and with the time of that moment: then its last message is one of a turn that is over.
 */
function ofModel(entry: object, content: unknown): FactClaim | null {
  const call = toolCallIn(entry);
  if (call !== null)
    return textOf(call, 'status') === 'cancelled' ? null : works(toolUse(textOf(call, 'name'), fieldOf(call, 'args')));
  if (Array.isArray(content)) return content.some((part) => fieldOf(part, 'functionCall') !== undefined) ? null : rests;
  return content === '' ? works(null) : null;
}

function toolCallIn(entry: unknown): unknown {
  const calls = fieldOf(entry, 'toolCalls');
  return Array.isArray(calls) ? (calls.at(-1) ?? null) : null;
}
