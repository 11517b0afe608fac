// What the events that all agents tell by their hooks say. What one of them means by an event of its own stands in its own folder.
import type { FactClaim } from '#shared/domain/fact.ts';
import type { ToldEvent } from '../agent.ts';
import { answered, blocked, fieldOf, helper, rests, started, textOf, toolUse, works } from './claims.ts';

/** Events are kept without long texts, so every field may be missing. */
export function toldFacts({ kind, data: { told } }: ToldEvent): readonly FactClaim[] {
  switch (kind) {
    case 'SessionStart':
      // A conversation that was made shorter goes on as it was.
      return textOf(told, 'source') === 'compact' ? [] : [started];
    case 'UserPromptSubmit':
      return [works(null)];
    case 'PreToolUse':
    case 'PostToolUse':
    case 'PostToolUseFailure':
      return [toolClaim(told)];
    case 'PermissionRequest':
    case 'Question':
      return asks;
    case 'PermissionReply':
    case 'QuestionReply':
      return [answered];
    case 'Retry':
    case 'Error':
    case 'StopFailure':
      return [blocked(reasonOf(told))];
    case 'Stop':
    case 'SessionEnd':
      return [rests];
    case 'SubagentStart':
      return [helper(textOf(told, 'agent_id'), 'began')];
    case 'SubagentStop':
      return [helper(textOf(told, 'agent_id'), 'ended')];
    default:
      return [];
  }
}

/** What is asked is a claim of its own; that something is asked says nothing without it. */
const asks: readonly FactClaim[] = [];

/** A tool of a helper says nothing of the main loop, which may rest meanwhile: only that the helper is at it. */
function toolClaim(told: unknown): FactClaim {
  const helperId = textOf(told, 'agent_id');
  if (helperId !== null) return helper(helperId, 'began');
  if (fieldOf(told, 'is_interrupt') === true) return rests;
  return works(toolUse(textOf(told, 'tool_name'), fieldOf(told, 'tool_input')));
}

const reasonOf = (told: unknown): string | null =>
  ['message', 'last_assistant_message', 'error_details', 'error']
    .map((field) => textOf(told, field))
    .find((text) => text !== null) ?? null;
