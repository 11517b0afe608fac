// What events of Qwen Code 0.24.4 say, as they were seen to come. That a request failed is told as a wait for input alone: its transcript tells why.
import type { FactClaim } from '#shared/domain/fact.ts';
import type { ToldEvent } from '../../agent.ts';
import { rests, textOf } from '../claims.ts';
import { toldFacts } from '../told-facts.ts';

export function qwenFacts(event: ToldEvent): readonly FactClaim[] {
  if (event.kind !== 'Notification') return toldFacts(event);
  // That it wants permission is told by a request of its own.
  return textOf(event.data['told'], 'notification_type') === 'idle_prompt' ? [rests] : [];
}
