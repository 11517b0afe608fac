// Facts and confidence in words, for the command and the screen alike.
import { assertNever } from '../lib/assert-never.ts';
import type { Confidence } from './confidence.ts';
import type { FactClaim } from './fact.ts';

export const confidenceWords: Readonly<Record<Confidence, string>> = {
  sure: 'for sure',
  likely: 'most likely',
  guessed: 'as it seems',
  unknown: 'as it was last known',
};

/** What a fact says, without its source and time. */
export function claimWords(claim: FactClaim): string {
  switch (claim.kind) {
    case 'started':
      return 'started, and waits for a prompt';
    case 'works':
      return claim.on === null ? 'works' : `works: ${claim.on}`;
    case 'rests':
      return 'its turn is over';
    case 'asks':
      return `asks: ${claim.question.text}`;
    case 'answered':
      return 'was answered';
    case 'helper':
      return `a helper ${claim.change}${claim.id === null ? '' : ` (${claim.id})`}`;
    case 'blocked':
      return `can't go on: ${claim.why}`;
    case 'reports':
      return `reports ${claim.state.replaceAll('_', ' ')}${claim.note === null ? '' : `: ${claim.note}`}`;
    case 'moved':
      return claim.what;
    default:
      return assertNever(claim);
  }
}
