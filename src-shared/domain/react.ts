// One reaction of one session at one look: what is remembered, what is seen and the rule go in; what is done now, and what comes next, come out. Pure.
import { assertNever } from '../lib/assert-never.ts';
import { mostSends, type RuleInForce } from './reaction.ts';
import { byNow, triggered, type ReactionState } from './reaction-state.ts';

export type Signal =
  /** Nobody can tell: everything stays as it is. */
  | { readonly kind: 'unknown'; readonly why: string }
  /** `remembers`: what was done is not forgotten before it was seen green three times; `greenAt` is when such a reading was made. */
  | { readonly kind: 'off'; readonly remembers?: { readonly greenAt: number | null } }
  | {
      readonly kind: 'on';
      /** The same one is one trigger, however often it is seen. */
      readonly occasion: string;
      /** For people: what is so. */
      readonly what: string;
      /** What the code host calls it: when that has changed since the last message, nobody waits for comments to gather. */
      readonly phase?: string;
      /** Milliseconds between two messages about it. */
      readonly gathersFor?: number;
    };

/** Why its agent can't be told now. `never`: it will not listen again by itself. */
export interface Hold {
  readonly kind: 'wait' | 'never';
  readonly why: string;
  /** Not when a person wants it told at once. */
  readonly yields?: boolean;
}

export interface Around {
  readonly now: number;
  /** Null: it may be told. */
  readonly hold: Hold | null;
  /** It works: nobody tells it the same again meanwhile. */
  readonly busy: boolean;
  /** What became of `message` of what is remembered. */
  readonly message: 'none' | 'waits' | 'under-way' | 'arrived' | 'failed';
}

export type Act =
  /** `replaces`: waits to be typed and is older. */
  | { readonly kind: 'send'; readonly attempt: number; readonly replaces: string | null }
  | { readonly kind: 'notify' }
  | { readonly kind: 'escalate'; readonly why: string }
  /** What waits to be typed is over. */
  | { readonly kind: 'withdraw'; readonly message: string };

/** What comes next, for people. */
export type Plan =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'rests'; readonly why: string }
  | { readonly kind: 'due'; readonly at: number }
  | { readonly kind: 'held'; readonly why: string };

export interface Reacted {
  /** Null: nothing is remembered. The same object when nothing is new. */
  readonly state: ReactionState | null;
  readonly act: Act | null;
  readonly plan: Plan;
}

/** Milliseconds between a signal and what an agent is told of it: a person can see it coming, and what comes with it is told together. */
export const graceBeforeSending = 20_000;
/** Milliseconds after which an agent that rests is told the same again, where a rule counts how often. */
export const insistsAfter = 10 * 60_000;
/** Milliseconds after a message that did not arrive, and how many of them make it a person's affair. */
const [triesAgainAfter, mostFailures] = [60_000, 5];
/** Green readings after which a failure is forgotten. */
const greensToForget = 3;

export function react(
  before: ReactionState | null,
  seen: { readonly signal: Signal; readonly rule: RuleInForce | null },
  around: Around,
): Reacted {
  const known = before === null ? null : byNow(before, around.now);
  const { signal } = seen;
  switch (signal.kind) {
    case 'unknown':
      return { state: known, act: null, plan: known === null ? nothing : rests(signal.why) };
    case 'off':
      return known === null ? { state: null, act: null, plan: nothing } : left(known, signal, around);
    case 'on':
      return seen.rule === null
        ? { state: null, act: null, plan: rests('There is no rule for it.') }
        : ofRule(standing(known, signal, around), signal, { rule: seen.rule, around });
    default:
      return assertNever(signal);
  }
}

const nothing: Plan = { kind: 'nothing' };
const rests = (why: string): Plan => ({ kind: 'rests', why });

/** What it told of is over: a message that was not typed is not needed any more. */
function left(state: ReactionState, { remembers }: Extract<Signal, { kind: 'off' }>, { message }: Around): Reacted {
  const waits = message === 'waits' ? state.message : null;
  const act: Act | null = waits === null ? null : { kind: 'withdraw', message: waits };
  if (remembers === undefined) return { state: null, act, plan: nothing };
  const { greenAt } = remembers;
  const isNews = greenAt !== null && greenAt > (state.greenAt ?? -Infinity);
  const greens = greenAt === null ? 0 : state.greens + (isNews ? 1 : 0);
  if (greens >= greensToForget) return { state: null, act, plan: nothing };
  const remembered: ReactionState = {
    ...state,
    ...{ standing: false, acted: null, message: null, dismissed: null, wanted: null, greens },
    attempts: waits === null ? state.attempts : state.attempts - 1,
    greenAt: isNews ? greenAt : state.greenAt,
  };
  return { state: isSame(state, remembered) ? state : remembered, act, plan: nothing };
}

const isSame = (one: ReactionState, other: ReactionState): boolean => JSON.stringify(one) === JSON.stringify(other);

type On = Extract<Signal, { kind: 'on' }>;

/** With the signal taken note of, and a message that failed not counted. */
function standing(before: ReactionState | null, { occasion }: On, { now, message }: Around): ReactionState {
  const known = before ?? triggered(now);
  const isNew = before === null || !known.standing || known.occasion !== occasion;
  const seen = isNew ? { ...known, standing: true, occasion, occasionAt: now, greens: 0 } : known;
  if (message !== 'failed') return seen;
  return {
    ...seen,
    ...{ attempts: Math.max(0, seen.attempts - 1), acted: null, message: null },
    ...{ failures: seen.failures + 1, failedAt: now },
  };
}

interface Within {
  readonly rule: RuleInForce;
  readonly around: Around;
}

function ofRule(state: ReactionState, signal: On, within: Within): Reacted {
  const { rule, around } = within;
  if (rule.action !== 'send-to-agent') return ofNotifying(state, around);
  const quiet = whyNotSent(state, rule);
  if (quiet !== null) return { state, act: null, plan: rests(quiet) };
  const late = whyLate(state, rule, around);
  return late === null ? ofSending(state, signal, within) : escalated(state, late, around.now);
}

/** `auto: false` holds back no notice. */
function ofNotifying(state: ReactionState, { now }: Around): Reacted {
  if (state.acted === state.occasion) return { state, act: null, plan: rests('You were told.') };
  const told = { ...state, acted: state.occasion, actedAt: now, attempts: state.attempts + 1 };
  return { state: told, act: { kind: 'notify' }, plan: rests('You are told.') };
}

function whyNotSent(
  { escalatedAt, escalation, dismissed, occasion, wanted }: ReactionState,
  { auto }: RuleInForce,
): string | null {
  if (wanted === occasion) return null;
  if (escalatedAt !== null) return `It is your affair now. ${escalation ?? ''}`.trim();
  if (!auto) return 'Its rule says auto: false, so its agent is told only when you say so.';
  return dismissed === occasion ? 'You dismissed it.' : null;
}

/** Null: it is not a person's affair yet. */
function whyLate(state: ReactionState, { escalateAfterMs }: RuleInForce, { now, hold }: Around): string | null {
  if (escalateAfterMs !== null && now - state.firstAt >= escalateAfterMs)
    return state.attempts === 0
      ? `Its agent could not be told within ${inWords(escalateAfterMs)}.`
      : `It has been so for ${inWords(escalateAfterMs)} since its agent was to be told.`;
  if (state.failures >= mostFailures) return `${state.failures} messages to its agent did not arrive.`;
  const isDue = now >= state.occasionAt + graceBeforeSending;
  return hold?.kind === 'never' && isDue ? hold.why : null;
}

function ofSending(state: ReactionState, signal: On, { rule, around }: Within): Reacted {
  const { now, message } = around;
  const isWanted = state.wanted === state.occasion;
  const again = state.acted === state.occasion && !isWanted;
  const most = mostSends(rule);
  if (again && (message === 'waits' || message === 'under-way'))
    return { state, act: null, plan: rests('The message waits to be typed.') };
  if (again && most === null) return { state, act: null, plan: rests('Its agent was told.') };
  const at = isWanted ? now : dueAt(state, signal, again);
  const hold = isWanted && around.hold?.yields === true ? null : around.hold;
  // Whoever looks before the time should not believe that it is told then.
  if (now < at && !again && hold?.kind === 'wait') return held(state, hold.why);
  if (now < at) return { state: withHeld(state, null), act: null, plan: { kind: 'due', at } };
  if (again && around.busy) return held(state, 'It works; it is told again only when it rests.');
  const replaces = message === 'waits' ? state.message : null;
  const attempt = state.attempts + (replaces === null ? 1 : 0);
  if (!isWanted && most !== null && attempt > most)
    return escalated(state, `Its agent was told ${times(state.attempts)}.`, now);
  if (hold !== null) return held(state, hold.why);
  const phase = signal.phase ?? null;
  const sent = { ...state, attempts: attempt, acted: state.occasion, actedAt: now, phase };
  return {
    state: { ...sent, wanted: null, dismissed: null, held: null },
    act: { kind: 'send', attempt, replaces },
    plan: rests('Its agent is told.'),
  };
}

const held = (state: ReactionState, why: string): Reacted => ({
  state: withHeld(state, why),
  act: null,
  plan: { kind: 'held', why },
});

/** Remembered, so that whoever shows what comes next hears that it is another. */
const withHeld = (state: ReactionState, why: string | null): ReactionState =>
  state.held === why ? state : { ...state, held: why };

function dueAt(state: ReactionState, { phase, gathersFor = 0 }: On, again: boolean): number {
  const { occasionAt, actedAt, failedAt } = state;
  if (again) return (actedAt ?? 0) + insistsAfter;
  const isNews = phase !== undefined && phase !== state.phase;
  return Math.max(
    occasionAt + graceBeforeSending,
    actedAt === null || isNews ? 0 : actedAt + gathersFor,
    failedAt === null ? 0 : failedAt + triesAgainAfter,
  );
}

function escalated(state: ReactionState, why: string, now: number): Reacted {
  const person = { ...state, escalatedAt: now, escalation: why, wanted: null };
  return { state: person, act: { kind: 'escalate', why }, plan: rests(`It is your affair now. ${why}`) };
}

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

function inWords(ms: number): string {
  const [count, unit] =
    ms % 3_600_000 === 0
      ? [ms / 3_600_000, 'hour']
      : ms % 60_000 === 0
        ? [ms / 60_000, 'minute']
        : [ms / 1000, 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
