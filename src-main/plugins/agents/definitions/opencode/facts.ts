// What events of the plugin say: helpers are conversations of their own there, and a turn that failed ends like any other.
import type { FactClaim } from '#shared/domain/fact.ts';
import type { ToldEvent } from '../../agent.ts';
import { blocked, fieldOf, helper, rests, textOf } from '../claims.ts';
import { toldFacts } from '../told-facts.ts';
import { asksPermission } from '../told-question.ts';

/** Its name of the error that a person's own Escape makes. */
const interrupted = 'MessageAbortedError';

export function opencodeFacts(event: ToldEvent): readonly FactClaim[] {
  const { told } = event.data;
  const error = textOf(told, 'error');
  switch (event.kind) {
    case 'SubagentStart':
      return [helper(textOf(told, 'session_id'), 'began')];
    case 'SubagentStop':
      return [helper(textOf(told, 'session_id'), 'ended')];
    case 'PermissionRequest':
      return [
        asksPermission({ tool: textOf(told, 'permission'), subject: patternsIn(told), cwd: textOf(told, 'cwd') }),
      ];
    case 'Error':
    case 'Stop':
      if (error === interrupted) return [rests];
      return error === null ? toldFacts(event) : [blocked(textOf(told, 'message') ?? error)];
    default:
      return toldFacts(event);
  }
}

/** Of `bash` they are the commands, of `edit` the files. */
function patternsIn(told: unknown): string | null {
  const patterns = fieldOf(told, 'patterns');
  const texts = Array.isArray(patterns) ? patterns.filter((each) => typeof each === 'string') : [];
  return texts.length === 0 ? null : texts.join('\n');
}
