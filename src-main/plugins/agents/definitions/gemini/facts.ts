// What events of Gemini CLI 0.61 say. It tells of a request that failed as of a turn that ended without an answer; its transcript tells why.
import type { FactClaim } from '#shared/domain/fact.ts';
import type { ToldEvent } from '../../agent.ts';
import { textOf } from '../claims.ts';
import { toldFacts } from '../told-facts.ts';

const noAnswer = '[no response text]';

export const geminiFacts = (event: ToldEvent): readonly FactClaim[] =>
  event.kind === 'Stop' && textOf(event.data['told'], 'prompt_response') === noAnswer ? [] : toldFacts(event);
