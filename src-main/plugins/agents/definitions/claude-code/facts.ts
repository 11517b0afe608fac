// What events of Claude Code 2.1.332 say, as they were seen to come. It tells nothing when a person interrupts it: its transcript does.
import type { FactClaim } from '#shared/domain/fact.ts';
import type { ToldEvent } from '../../agent.ts';
import { rests, textOf, works } from '../claims.ts';
import { toldFacts } from '../told-facts.ts';

export function claudeCodeFacts(event: ToldEvent): readonly FactClaim[] {
  const { told } = event.data;
  switch (event.kind) {
    case 'Notification':
      // That it wants permission is told by a request of its own, seconds before.
      return textOf(told, 'notification_type') === 'idle_prompt' ? [rests] : [];
    case 'PreCompact':
      return [works('Makes its conversation shorter')];
    case 'PostCompact':
      return [textOf(told, 'trigger') === 'manual' ? rests : works(null)];
    default:
      return toldFacts(event);
  }
}
