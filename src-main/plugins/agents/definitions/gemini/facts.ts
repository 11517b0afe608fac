// What events of Gemini CLI 0.61 say. It tells of a request that failed as of a turn that ended without an answer; its transcript tells why.
import type { FactClaim } from '#shared/domain/fact.ts';
import type { ToldEvent } from '../../agent.ts';
import { fieldOf, textOf, toolSubject } from '../claims.ts';
import { toldFacts } from '../told-facts.ts';
import { asksPermission, toldQuestion } from '../told-question.ts';

const noAnswer = '[no response text]';

export function geminiFacts(event: ToldEvent): readonly FactClaim[] {
  const { told } = event.data;
  switch (event.kind) {
    case 'Stop':
      return textOf(told, 'prompt_response') === noAnswer ? [] : toldFacts(event);
    case 'Notification':
      return textOf(told, 'notification_type') === 'ToolPermission' ? [permission(told)] : [];
    default:
      return toldFacts(event);
  }
}

/** The title is that of its dialog: `Confirm Shell Command`. */
function permission(told: unknown): FactClaim {
  const details = fieldOf(told, 'details');
  if (textOf(details, 'type') === 'ask_user') return toldQuestion(details);
  const subject = toolSubject(details) ?? textOf(details, 'fileName');
  return asksPermission({ tool: textOf(details, 'title'), subject, cwd: textOf(told, 'cwd') });
}
