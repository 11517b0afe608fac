// What a person says to a reaction: see what it would send, have it sent now, have it not sent.
import type { Problem } from '#shared/domain/problem.ts';
import { react } from '#shared/domain/react.ts';
import { triggered, type ReactionState } from '#shared/domain/reaction-state.ts';
import type { SessionReactionKey } from '#shared/domain/reaction.ts';
import type { ReactionView } from '#shared/domain/reaction-view.ts';
import { reactionWords } from '#shared/domain/reaction-words.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { deleteDelivery } from '../../storage/outbox.ts';
import { recordEvent } from '../../storage/events.ts';
import { putReaction } from '../../storage/reactions.ts';
import type { ReadTransaction, Transaction } from '../../storage/store.ts';
import { findSession } from '../../sessions/session-record.ts';
import { carryOut } from './carry-out.ts';
import type { ReactionDependencies } from './dependencies.ts';
import { evaluate, type Evaluated } from './evaluate.ts';
import { readLayers } from './layers.ts';
import { reactionView } from './list-reactions.ts';
import { composeMessage } from './messages/compose-message.ts';

export interface OneReaction {
  readonly id: string;
  readonly key: SessionReactionKey;
}
type ReactionProblem = Problem<'session-unknown' | 'reaction-refused'>;

export function previewReaction(
  dependencies: ReactionDependencies,
  one: OneReaction,
): Result<{ readonly reaction: ReactionView; readonly text: string | null }, ReactionProblem> {
  const known = findSession(dependencies.sessions, one.id);
  if (!known.ok) return fail({ ...known.problem, code: 'session-unknown' });
  const found = dependencies.sessions.store.read((tx) => find(dependencies, tx, one));
  return found === null ? fail(notTriggered(one)) : ok({ reaction: reactionView(found), text: textOf(found) });
}

/** Null where nothing is sent to its agent. */
export const textOf = ({ rule, signal, key, facts }: Evaluated): string | null =>
  rule?.action === 'send-to-agent' && signal.kind === 'on' ? composeMessage(key, facts, rule.message) : null;

/** What it is told goes the way of all messages. */
export async function runReaction(
  dependencies: ReactionDependencies,
  one: OneReaction,
): Promise<Result<null, ReactionProblem>> {
  const known = findSession(dependencies.sessions, one.id);
  if (!known.ok) return fail({ ...known.problem, code: 'session-unknown' });
  return dependencies.sessions.store.write('reaction: run', (tx) => {
    const found = find(dependencies, tx, one);
    return found === null ? fail(notTriggered(one)) : runNow(dependencies, tx, found);
  });
}

/** Only what is triggered by something that its agent was not told of, or is told again since a person wants it. */
export function runNow(
  dependencies: ReactionDependencies,
  tx: Transaction,
  found: Evaluated,
): Result<null, ReactionProblem> {
  const { record, key, rule, signal } = found;
  const one: OneReaction = { id: record.id, key };
  if (signal.kind !== 'on')
    return fail(refused(one, signal.kind === 'unknown' ? signal.why : 'Nothing triggers it now.'));
  if (rule?.action !== 'send-to-agent') return fail(refused(one, 'Its rule tells no agent.'));
  const { now } = dependencies.sessions;
  const state: ReactionState = {
    ...(found.before ?? triggered(now())),
    standing: true,
    occasion: signal.occasion,
    wanted: signal.occasion,
  };
  const around = { now: now(), hold: found.hold, busy: false, message: found.message };
  if (around.message === 'waits' && state.acted === signal.occasion)
    return fail(refused(one, 'The message waits to be typed already.'));
  const reacted = react(state, { signal, rule }, around);
  if (reacted.act?.kind !== 'send')
    return fail(refused(one, 'why' in reacted.plan ? reacted.plan.why : 'It can not be told now.'));
  recordEvent(tx, {
    kind: 'reaction.wanted',
    session: record.id,
    source: 'person',
    text: `You want its agent to be told now: ${signal.what}`,
    data: { reaction: key },
  });
  carryOut(tx, { ...found, before: state, reacted }, dependencies.sessions.newId);
  return ok(null);
}

/** A message that has not been typed yet is taken back. */
export async function dismissReaction(
  dependencies: ReactionDependencies,
  { on, ...one }: OneReaction & { readonly on: boolean },
): Promise<Result<null, ReactionProblem>> {
  const known = findSession(dependencies.sessions, one.id);
  if (!known.ok) return fail({ ...known.problem, code: 'session-unknown' });
  return dependencies.sessions.store.write('reaction: dismiss', (tx) => {
    const found = find(dependencies, tx, one);
    if (found === null || found.signal.kind !== 'on') return fail(notTriggered(one));
    const { occasion, what } = found.signal;
    const state = found.before ?? triggered(dependencies.sessions.now());
    const waits = on && found.message === 'waits' && state.message !== null;
    if (waits) deleteDelivery(tx, { id: state.message ?? '', session: one.id });
    const withdrawn = waits ? { message: null, acted: null, attempts: Math.max(0, state.attempts - 1) } : {};
    putReaction(
      tx,
      { session: one.id, key: one.key },
      { ...state, ...withdrawn, standing: true, occasion, dismissed: on ? occasion : null },
    );
    const text = on
      ? `You dismissed it, so its agent is not told: ${what}`
      : `You took back that it was dismissed: ${what}`;
    recordEvent(tx, {
      kind: 'reaction.dismissed',
      session: one.id,
      source: 'person',
      text,
      data: { reaction: one.key, on },
    });
    return ok(null);
  });
}

const find = (dependencies: ReactionDependencies, tx: ReadTransaction, { id, key }: OneReaction): Evaluated | null =>
  evaluate(dependencies, tx, { layers: readLayers(dependencies), only: id }).find((one) => one.key === key) ?? null;

const notTriggered = ({ id, key }: OneReaction): ReactionProblem => ({
  code: 'reaction-refused',
  what: `Nothing triggers ${key} of ${id} now.`,
  kept: 'Nothing was sent.',
  todo: `See what there is: athene reactions ${id}`,
});

const refused = ({ id, key }: OneReaction, why: string): ReactionProblem => ({
  code: 'reaction-refused',
  what: `${reactionWords[key].name}: the agent of ${id} is not told. ${why}`,
  kept: 'Nothing was sent.',
});
