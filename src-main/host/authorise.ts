// The one place that decides whether a caller may do something; asked before every handler.
import { rules, type Action, type InputOfAction } from '#shared/contract/rules.ts';
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { Caller } from '#shared/domain/caller.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { refusalOf, type Rule, type Subject, type Target } from '#shared/domain/rights.ts';
import { fail } from '#shared/lib/result.ts';
import type { Handlers } from '#shared/rpc/handlers.ts';
import { getSession } from '../storage/sessions.ts';
import type { Store } from '../storage/store.ts';

export type Refusal = Problem<'not-allowed'>;

/** Null when the caller may. */
export type Authorise = <A extends Action>(caller: Caller, action: A, input: InputOfAction<A>) => Refusal | null;

export const createAuthorise =
  ({ store }: { readonly store: Pick<Store, 'read'> }): Authorise =>
  (caller, action, input) => {
    // The type of the table joins each rule with its input; for one action of many the compiler can't follow it.
    const rule = rules[action] as Rule<typeof input>;
    return refusalOf(rule, { caller, input, subjectOf: (target) => subjectOf(store, target) });
  };

function subjectOf(store: Pick<Store, 'read'>, target: Target): Subject {
  if (target.kind !== 'session') return target;
  const stored = store.read((tx) => getSession(tx, target.id));
  if (stored === null || 'damaged' in stored) return { kind: 'unknown-session', id: target.id };
  const { id, kind: role, project, owner } = stored.record;
  return { kind: 'session', id, role, project, owner };
}

/** The same handlers behind the question; feeds and terminals are for windows. */
export function withRights(
  { calls, feeds, bytes }: Handlers<AtheneContract, Caller>,
  authorise: Authorise,
): Handlers<AtheneContract, Caller> {
  return {
    calls: mapped(calls, (name, handler: Loose) => (input, call) => {
      const refusal = authorise(call.context, name as Action, input as never);
      return refusal === null ? handler(input, call) : Promise.resolve(fail(refusal));
    }),
    feeds: mapped(feeds, (_name, handler: LooseFeed) => (key, after, sink, call) => {
      if (call.context.kind === 'window') return handler(key, after, sink, call);
      sink.end(onlyWindows);
      return () => undefined;
    }),
    bytes: mapped(
      bytes,
      (_name, handler: LooseLane) => (key, lane, call) =>
        call.context.kind === 'window' ? handler(key, lane, call) : Promise.resolve(fail(onlyWindows)),
    ),
  };
}

interface Call {
  readonly context: Caller;
}
type Loose = (input: unknown, call: Call) => Promise<unknown>;
type LooseFeed = (key: unknown, after: number | null, sink: { end(problem: Refusal): void }, call: Call) => () => void;
type LooseLane = (key: unknown, lane: unknown, call: Call) => Promise<unknown>;

/** Every entry goes through `change`, which gives a function of the same type: so none can be forgotten. */
const mapped = <Group extends object, Loosely>(
  group: Group,
  change: (name: string, handler: Loosely) => Loosely,
): Group =>
  Object.fromEntries(Object.entries(group).map(([name, handler]) => [name, change(name, handler as Loosely)])) as Group;

const onlyWindows: Refusal = {
  code: 'not-allowed',
  what: 'Only a window can follow what changes.',
  todo: 'Ask again with `athene status`.',
};
