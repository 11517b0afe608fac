// What is concluded of a session that lives, and how it is said.
import type { Confidence } from './confidence.ts';
import type { Fact } from './fact.ts';
import type { Lifecycle } from './lifecycle.ts';

export type DecidedState = Extract<Lifecycle['session']['state'], 'working' | 'idle' | 'needs_input' | 'stuck'>;

export interface Decision {
  readonly state: DecidedState;
  readonly reason: Lifecycle['session']['reason'];
  /** One sentence without age, so that it stays true. */
  readonly because: string;
  readonly confidence: Confidence;
  readonly since: number;
  /** What kind of question it is, where that is known. */
  readonly asks: 'permission' | 'something' | null;
  /** Name of the rule that decided, for `athene explain`. */
  readonly rule: string;
}

export const trust = ({ source }: Fact): Confidence =>
  source === 'hook' || source === 'report' ? 'sure' : source === 'screen' ? 'guessed' : 'likely';

export const told = ({ source }: Fact, what: string): string =>
  source === 'hook'
    ? `Its hook told ${what}`
    : source === 'transcript'
      ? `Its transcript tells ${what}`
      : `It told ${what}`;

/** @param since milliseconds since the epoch */
export const decision = (
  state: DecidedState,
  reason: Decision['reason'],
  { rule, confidence, because }: Pick<Decision, 'rule' | 'confidence' | 'because'>,
  since: number,
): Decision => ({
  state,
  reason,
  because,
  confidence,
  since,
  asks: state === 'needs_input' ? 'something' : null,
  rule,
});
