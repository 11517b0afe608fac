// The record that Codex 0.171 keeps of a thread (its rollout), as it was seen to be written: one JSON text a line. It tells what no hook does: that a
// person interrupted the turn, and that one failed. Helpers are threads with files of their own.
import type { FactClaim } from '#shared/domain/fact.ts';
import type { AgentTranscript } from '../../agent.ts';
import { blocked, fieldOf, rests, textOf, toolUse, works } from '../claims.ts';
import { entryIn, saidBy, timeIn } from '../transcript-line.ts';
import { findRollout } from './find-rollout.ts';
import { saidInEntry } from './said.ts';

export const codexTranscript: AgentTranscript = {
  locate: findRollout,
  facts(line) {
    const entry = entryIn(line);
    const at = timeIn(entry, 'timestamp');
    const claim = at === null ? null : claimOf(textOf(entry, 'type'), fieldOf(entry, 'payload'));
    return at === null || claim === null ? [] : [{ at, claim }];
  },
  said: saidBy(saidInEntry),
};

function claimOf(type: string | null, payload: unknown): FactClaim | null {
  const kind = textOf(payload, 'type') ?? '';
  if (type === 'event_msg') return ofEvent(kind, payload);
  return type === 'response_item' ? ofItem(kind, payload) : null;
}

/** Commands that were left to run may be told of after the turn: items say nothing here. */
function ofEvent(kind: string, payload: unknown): FactClaim | null {
  switch (kind) {
    case 'task_started':
    case 'user_message':
      return works(null);
    case 'task_complete': {
      const error = fieldOf(payload, 'error');
      return typeof error === 'object' && error !== null ? blocked(textOf(error, 'message')) : rests;
    }
    case 'turn_aborted':
      return rests;
    case 'error':
    case 'stream_error':
      return blocked(textOf(payload, 'message'));
    default:
      return null;
  }
}

function ofItem(kind: string, payload: unknown): FactClaim | null {
  switch (kind) {
    case 'function_call':
      return works(toolUse(textOf(payload, 'name'), entryIn(textOf(payload, 'arguments') ?? '')));
    case 'custom_tool_call':
      return works(textOf(payload, 'name'));
    case 'local_shell_call':
      return works(toolUse('shell', fieldOf(payload, 'action')));
    case 'function_call_output':
    case 'custom_tool_call_output':
      return works(null);
    default:
      return null;
  }
}
