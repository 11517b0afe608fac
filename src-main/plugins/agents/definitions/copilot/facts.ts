// What events of Copilot CLI 1.0.102 say, as they were seen to come.
import type { FactClaim } from '#shared/domain/fact.ts';
import type { ToldEvent } from '../../agent.ts';
import { blocked, fieldOf, textOf } from '../claims.ts';
import { toldFacts } from '../told-facts.ts';
import { asksPermission } from '../told-question.ts';

export function copilotFacts(event: ToldEvent): readonly FactClaim[] {
  const { told } = event.data;
  switch (event.kind) {
    case 'Notification':
      return textOf(told, 'notification_type') === 'permission_prompt' ? [permission(told)] : [];
    case 'ErrorOccurred':
      return [blocked(textOf(fieldOf(told, 'error'), 'message'))];
    default:
      return toldFacts(event);
  }
}

/** `Run command: echo made > made.txt`: what it wants to do, and on what. */
function permission(told: unknown): FactClaim {
  const message = textOf(told, 'message') ?? '';
  const [, tool = null, subject = null] = /^([\p{L} ]{1,40}): ([^]+)$/u.exec(message) ?? [];
  return asksPermission({ tool: tool ?? textOf(told, 'title'), subject: subject ?? message, cwd: textOf(told, 'cwd') });
}
