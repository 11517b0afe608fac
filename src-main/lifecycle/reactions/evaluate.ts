// What each reaction of each session would do now: read from the store, concluded by the pure engine, and nothing done.
import { isCoordinator } from '#shared/domain/coordinator.ts';
import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import { react, type Around, type Hold, type Reacted, type Signal } from '#shared/domain/react.ts';
import {
  ruleInForce,
  sessionReactionKeys,
  type RuleInForce,
  type SessionReactionKey,
} from '#shared/domain/reaction.ts';
import type { ReactionState } from '#shared/domain/reaction-state.ts';
import { isToldByState } from '#shared/domain/told.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { findDelivery, type DeliveryState } from '../../storage/outbox.ts';
import { listReactions } from '../../storage/reactions.ts';
import { lastReport } from '../../storage/reports.ts';
import { getSession, listSessions } from '../../storage/sessions.ts';
import type { ReadTransaction } from '../../storage/store.ts';
import type { ReactionDependencies } from './dependencies.ts';
import { holdOf } from './hold.ts';
import type { Layers } from './layers.ts';
import { signalsOf } from './signals.ts';

export interface Evaluated {
  readonly record: SessionRecord;
  readonly key: SessionReactionKey;
  readonly rule: RuleInForce | null;
  readonly signal: Signal;
  readonly before: ReactionState | null;
  readonly reacted: Reacted;
  readonly hold: Hold | null;
  /** What became of the last message. */
  readonly message: Around['message'];
  /** Of its pull request, where some are known. */
  readonly facts: PullRequestFacts | null;
}

/** @param only one session; null: all */
export function evaluate(
  dependencies: ReactionDependencies,
  tx: ReadTransaction,
  { layers, only = null }: { readonly layers: Layers; readonly only?: string | null },
): readonly Evaluated[] {
  const remembered = Map.groupBy(listReactions(tx, only), ({ session }) => session);
  return recordsIn(tx, only).flatMap((record) => {
    const states = new Map((remembered.get(record.id) ?? []).map(({ key, state }) => [key, state]));
    const facts = dependencies.pullRequest(tx, record);
    return evaluateOne(dependencies, tx, { record, states, layers, facts });
  });
}

function recordsIn(tx: ReadTransaction, only: string | null): readonly SessionRecord[] {
  const stored = only === null ? null : getSession(tx, only);
  const all = only === null ? listSessions(tx).sessions : stored === null || 'damaged' in stored ? [] : [stored];
  return all.map(({ record }) => record).filter(({ kind }) => !isCoordinator(kind));
}

interface Of {
  readonly record: SessionRecord;
  readonly states: ReadonlyMap<SessionReactionKey, ReactionState>;
  readonly layers: Layers;
  readonly facts: PullRequestFacts | null;
}

function evaluateOne(
  dependencies: ReactionDependencies,
  tx: ReadTransaction,
  { record, states, layers, facts }: Of,
): readonly Evaluated[] {
  const now = dependencies.sessions.now();
  const rule = (key: SessionReactionKey): RuleInForce | null => ruleInForce(key, layers.of(record.project));
  const signals = signalsOf({ record, facts, report: lastReport(tx, record.id), rule, now });
  const keys = sessionReactionKeys.filter((key) => signals[key].kind !== 'off' || states.has(key));
  const hold = keys.length === 0 ? null : (ofDoubt(layers.doubt(record.project)) ?? holdOf(dependencies, tx, record));
  return keys.map((key): Evaluated => {
    const before = states.get(key) ?? null;
    const seen = { signal: signals[key], rule: rule(key) };
    const around: Around = {
      now,
      hold,
      busy: record.lifecycle.session.state === 'working',
      message: messageOf(tx, before),
    };
    const reacted = isToldByState(key, seen.rule) ? toldByState(seen.signal) : react(before, seen, around);
    return { record, key, ...seen, before, reacted, hold: around.hold, message: around.message, facts };
  });
}

/** A rule that can't be read may have said that nothing is sent. */
const ofDoubt = (why: string | null): Hold | null =>
  why === null ? null : { kind: 'wait', why: `Its rules can't be read: ${why}` };

/** What its state tells by itself is told once as notices are: nothing is remembered of it here. */
const toldByState = (signal: Signal): Reacted => ({
  state: null,
  act: null,
  plan: signal.kind === 'on' ? { kind: 'rests', why: 'You are told of its state.' } : { kind: 'nothing' },
});

function messageOf(tx: ReadTransaction, before: ReactionState | null): Around['message'] {
  const delivery = before === null || before.message === null ? null : findDelivery(tx, before.message);
  return delivery === null ? 'none' : outcomes[delivery.state];
}

const outcomes = {
  pending: 'waits',
  delivering: 'under-way',
  delivered: 'arrived',
  failed: 'failed',
} as const satisfies Record<DeliveryState, Around['message']>;
