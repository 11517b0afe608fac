// What events of the plugin say: helpers are conversations of their own there, and a turn that failed ends like any other.
import type { FactClaim } from '#shared/domain/fact.ts';
import type { ToldEvent } from '../../agent.ts';
import { blocked, helper, rests, textOf } from '../claims.ts';
import { toldFacts } from '../told-facts.ts';

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
    case 'Error':
    case 'Stop':
      if (error === interrupted) return [rests];
      return error === null ? toldFacts(event) : [blocked(textOf(told, 'message') ?? error)];
    default:
      return toldFacts(event);
  }
}
