// The record that Claude Code 2.1.332 keeps of a conversation, as it was seen to be written: one JSON text a line, each message when it is whole.
// It tells what no hook does: that a person interrupted the turn. Helpers have files of their own.
import type { FactClaim } from '#shared/domain/fact.ts';
import type { AgentTranscript } from '../../agent.ts';
import { blocked, fieldOf, helper, rests, textOf, toolUse, works } from '../claims.ts';
import { entryIn, saidBy, timeIn } from '../transcript-line.ts';
import { findTranscript } from './find-transcript.ts';
import { saidInEntry } from './said.ts';

export const claudeCodeTranscript: AgentTranscript = {
  locate: findTranscript,
  facts(line) {
    const entry = entryIn(line);
    const at = timeIn(entry, 'timestamp');
    return entry === null || at === null ? [] : claimsOf(entry).map((claim) => ({ at, claim }));
  },
  said: saidBy(saidInEntry),
};

function claimsOf(entry: object): readonly FactClaim[] {
  if (fieldOf(entry, 'isSidechain') === true || fieldOf(entry, 'isMeta') === true) return [];
  switch (textOf(entry, 'type')) {
    case 'user':
      return ofPerson(entry);
    case 'assistant':
      return ofModel(entry);
    case 'system':
      return textOf(entry, 'subtype') === 'turn_duration' ? [rests] : [];
    case 'queue-operation':
      return textOf(entry, 'operation') === 'enqueue' ? ofNotification(textOf(entry, 'content') ?? '') : [];
    default:
      return [];
  }
}

/** A prompt, what a tool gave back, or a note that Claude Code itself makes in the person's name. */
function ofPerson(entry: object): readonly FactClaim[] {
  if (partsOf(entry).length === 0 || fieldOf(entry, 'isCompactSummary') === true) return [];
  const [text = ''] = textsOf(entry);
  if (text.startsWith('[Request interrupted by user')) return [rests];
  // Its own commands (`/cost`) make no turn.
  if (/^<(?:command-|local-command-|bash-)/.test(text)) return [];
  const result = fieldOf(entry, 'toolUseResult');
  const helperId = textOf(result, 'status') === 'async_launched' ? textOf(result, 'agentId') : null;
  return [...(helperId === null ? [] : [helper(helperId, 'began')]), works(null)];
}

function ofModel(entry: object): readonly FactClaim[] {
  if (fieldOf(entry, 'isApiErrorMessage') === true) return [blocked(textsOf(entry)[0] ?? textOf(entry, 'error'))];
  if (partsOf(entry).length === 0) return [];
  const tool = partsOf(entry).find((part) => textOf(part, 'type') === 'tool_use');
  if (tool !== undefined) return [works(toolUse(textOf(tool, 'name'), fieldOf(tool, 'input')))];
  const reason = textOf(fieldOf(entry, 'message'), 'stop_reason');
  // Null: it was cut off, or is written down before it is whole.
  return [reason === null || goesOn.has(reason) ? works(null) : rests];
}

const goesOn = new Set(['tool_use', 'pause_turn']);

/** A helper that was left to itself has ended; commands left so are told in the same way. */
function ofNotification(text: string): readonly FactClaim[] {
  const id = /^<task-notification>\s*<task-id>([\w-]{1,100})<\/task-id>/.exec(text)?.[1];
  return id !== undefined && text.includes('<summary>Agent "') ? [helper(id, 'ended')] : [];
}

const textsOf = (entry: object): readonly string[] =>
  partsOf(entry)
    .map((part) => (typeof part === 'string' ? part : textOf(part, 'text')))
    .filter((text) => text !== null);

/** What a message holds: a text, or a list of parts. */
function partsOf(entry: object): readonly unknown[] {
  const content = fieldOf(fieldOf(entry, 'message'), 'content');
  if (typeof content === 'string') return [content];
  return Array.isArray(content) ? content : [];
}
