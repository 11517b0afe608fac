// What the events that all agents tell by their hooks say. What one of them means by an event of its own stands in its own folder.
import type { FactClaim } from '#shared/domain/fact.ts';
import type { ToldEvent } from '../agent.ts';
import { answered, blocked, fieldOf, helper, rests, started, textOf, toolUse, works } from './claims.ts';
import { toldQuestion, toldRequest } from './told-question.ts';

/** Events are kept without long texts, so every field may be missing. */
export function toldFacts(event: ToldEvent): readonly FactClaim[] {
  const helperId = textOf(event.data['told'], 'agent_id');
  return helperId === null ? mainLoopFacts(event) : helperFacts(event, helperId);
}

function mainLoopFacts({ kind, data: { told } }: ToldEvent): readonly FactClaim[] {
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
      return [toldRequest(told)];
    case 'Question':
      return [toldQuestion(told)];
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
      return [helper(null, 'began')];
    case 'SubagentStop':
      return [helper(null, 'ended')];
    default:
      return [];
  }
}

/** What a helper does says nothing of the main loop, which may rest meanwhile: only that the helper is at it. */
function helperFacts({ kind, data: { told } }: ToldEvent, id: string): readonly FactClaim[] {
  switch (kind) {
    case 'SubagentStart':
    case 'UserPromptSubmit':
    case 'PreToolUse':
      return [helper(id, 'began')];
    case 'PostToolUse':
    case 'PostToolUseFailure':
      // Had it asked for that, somebody has answered: no other event would say so while the main loop rests.
      return [helper(id, 'began'), answered];
    case 'SubagentStop':
      return [helper(id, 'ended')];
    case 'PermissionRequest':
      return [toldRequest(told)];
    default:
      return [];
  }
}

const toolClaim = (told: unknown): FactClaim =>
  fieldOf(told, 'is_interrupt') === true
    ? rests
    : works(toolUse(textOf(told, 'tool_name'), fieldOf(told, 'tool_input')));

const reasonOf = (told: unknown): string | null =>
  ['message', 'last_assistant_message', 'error_details', 'error']
    .map((field) => textOf(told, field))
    .find((text) => text !== null) ?? null;
