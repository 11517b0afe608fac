// How whoever is notified is told of a session, where a reaction says it: the one place in which rules and notices meet.
import { z } from 'zod';
import { attentionOf } from './attention.ts';
import { isCoordinator } from './coordinator.ts';
import { timestampSchema } from './identifier.ts';
import type { SessionKind } from './lifecycle.ts';
import { priorityOf, prioritySchema } from './priority.ts';
import type { ReactionKey } from './reaction-rule.ts';
import { reactionWords } from './reaction-words.ts';
import { tellsAgent, type RuleInForce, type SessionReactionKey } from './reaction.ts';
import type { ReactionState } from './reaction-state.ts';
import type { ScreenState } from './status.ts';

/** `nobody`: its agent is told instead, or it has not lasted long enough. */
export const toldSchema = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('nobody') }),
  z.strictObject({
    to: z.literal('person'),
    kind: z.enum(['waiting', 'broken', 'ready', 'finished']),
    priority: prioritySchema,
    since: timestampSchema,
    /** What stands behind its name in the title, and below it; null: as its state says. */
    says: z.strictObject({ phrase: z.string(), why: z.string() }).nullable(),
  }),
]);
export type Told = z.infer<typeof toldSchema>;
type ToPerson = Extract<Told, { to: 'person' }>;

/** Keys that a headline state tells by itself. */
const ofStates: Partial<Record<ScreenState, SessionReactionKey>> = {
  'asks-permission': 'agent-needs-input',
  'asks-you': 'agent-needs-input',
  stuck: 'agent-stuck',
  crashed: 'agent-exited',
  lost: 'agent-exited',
  'ready-to-land': 'approved-and-green',
  'ci-failing': 'ci-failed',
  'changes-requested': 'changes-requested',
  conflict: 'merge-conflicts',
};
/** The others have states in which nobody is notified, or none of their own. */
const byState = new Set<ReactionKey>([
  'agent-needs-input',
  'agent-stuck',
  'agent-exited',
  'approved-and-green',
  'ci-failed',
]);

/** Nothing but its state needs to be remembered: a notice tells of it, and its agent is not told. */
export const isToldByState = (key: SessionReactionKey, rule: RuleInForce | null): boolean =>
  rule !== null && rule.action !== 'send-to-agent' && byState.has(key);

export interface ToldFrom {
  readonly kind: SessionKind;
  readonly state: ScreenState;
  readonly since: number;
  readonly rule: (key: SessionReactionKey) => RuleInForce | null;
  readonly reactions: readonly { readonly key: SessionReactionKey; readonly state: ReactionState }[];
  readonly now: number;
}

/** Null: as its state says. */
export function toldOf({ kind, state, since, rule, reactions, now }: ToldFrom): Told | null {
  const affairs = reactions.flatMap(({ key, state }) => ofReaction(key, state, rule(key)) ?? []);
  const own = ofState(state, { kind, since, rule, now });
  // Whoever waits for a person is told of as one that waits, whatever else is so.
  if (attentionOf(state) === 'waiting' && own?.to !== 'nobody') return own;
  return affairs.toSorted((a, b) => order(a) - order(b))[0] ?? own;
}

const order = ({ priority }: ToPerson): number => prioritySchema.options.indexOf(priority);

/** Milliseconds of silence after which an agent is called stuck at all: what a threshold may add to. */
const stuckAnyway = 10 * 60_000;

function ofState(state: ScreenState, { kind, since, rule, now }: Omit<ToldFrom, 'state' | 'reactions'>): Told | null {
  const key = ofStates[state];
  const its = key === undefined ? null : rule(key);
  if (its === null) return null;
  // Nobody answers a question by itself, and nobody tells coordinators what to do.
  if (tellsAgent(its) && attentionOf(state) !== 'waiting' && !isCoordinator(kind)) return { to: 'nobody' };
  const waits = key === 'agent-stuck' ? Math.max(0, (its.thresholdMs ?? 0) - stuckAnyway) : 0;
  if (now - since < waits) return { to: 'nobody' };
  const of = kindOf(state);
  if (its.priority === null || its.priority === priorityOf(state) || of === null) return null;
  return { to: 'person', kind: of, priority: its.priority, since, says: null };
}

function kindOf(state: ScreenState): ToPerson['kind'] | null {
  const attention = attentionOf(state);
  return attention === 'working' || attention === 'quiet' ? null : attention;
}

function ofReaction(key: SessionReactionKey, state: ReactionState, rule: RuleInForce | null): ToPerson | null {
  if (!state.standing || rule === null) return null;
  const { phrase, finished } = reactionWords[key];
  if (state.escalatedAt !== null)
    return {
      ...{ to: 'person', kind: 'broken', priority: rule.priority ?? 'urgent', since: state.escalatedAt },
      says: { phrase: `needs you: ${phrase}`, why: state.escalation ?? '' },
    };
  if (rule.action === 'send-to-agent' || state.acted === null) return null;
  return {
    ...{ to: 'person', kind: finished ? 'finished' : 'broken', priority: rule.priority ?? 'warning' },
    ...{ since: state.actedAt ?? state.occasionAt, says: { phrase, why: '' } },
  };
}
