// The rules, and what each session's reactions are about to do, for whoever asks. Nothing is done.
import { mostSends, originsOf, wholeRule, type RuleLayers } from '#shared/domain/reaction.ts';
import { reactionKeys } from '#shared/domain/reaction-rule.ts';
import type { ReactionView, RuleView, SessionReactions } from '#shared/domain/reaction-view.ts';
import { listPendingCleanups, type PendingCleanup } from '../../storage/reactions.ts';
import { getSession } from '../../storage/sessions.ts';
import type { ReadTransaction } from '../../storage/store.ts';
import type { ReactionDependencies } from './dependencies.ts';
import { evaluate, type Evaluated } from './evaluate.ts';
import { readLayers } from './layers.ts';

/** Those of the home, then what projects say differently. */
export function listRules(
  { configuration }: Pick<ReactionDependencies, 'configuration'>,
  project: string | null,
): readonly RuleView[] {
  const { reactions, projects } = configuration.wholeConfig();
  const own = projects.filter(({ id }) => project === null || id === project);
  return [
    ...reactionKeys.map((key) => ruleView(key, null, [reactions, {}])),
    ...own.flatMap(({ id, reactions: its = {} }) =>
      reactionKeys.filter((key) => its[key] !== undefined).map((key) => ruleView(key, id, [reactions, its])),
    ),
  ];
}

function ruleView(key: RuleView['key'], project: string | null, layers: RuleLayers): RuleView {
  const rule = wholeRule(key, layers);
  return { project, key, rule: rule ?? {}, from: rule === null ? {} : originsOf(key, layers) };
}

/** Sessions of which something is triggered or remembered. @param only one session; null: all */
export function listSessionReactions(
  dependencies: ReactionDependencies,
  tx: ReadTransaction,
  only: string | null = null,
): readonly SessionReactions[] {
  const cleanups = listPendingCleanups(tx);
  const bySession = Map.groupBy(
    evaluate(dependencies, tx, { layers: readLayers(dependencies), only }),
    ({ record }) => record.id,
  );
  const ids = new Set([...bySession.keys(), ...[...cleanups.keys()].filter((id) => only === null || id === only)]);
  return [...ids].flatMap((session) => {
    const stored = getSession(tx, session);
    if (stored === null || 'damaged' in stored) return [];
    const reactions = (bySession.get(session) ?? []).map(reactionView);
    return [{ session, project: stored.record.project, reactions, cleanup: cleanupWords(cleanups.get(session)) }];
  });
}

const cleanupWords = (pending: PendingCleanup | undefined): string | null =>
  pending === undefined
    ? null
    : (pending.left?.why ?? 'Its pull request is merged: it is ended and removed when its agent rests.');

export function reactionView({ key, rule, signal, reacted, before }: Evaluated): ReactionView {
  const state = reacted.state ?? before;
  const isSending = rule?.action === 'send-to-agent';
  const escalatesAfter = isSending ? rule.escalateAfterMs : null;
  return {
    ...{
      key,
      what: signal.kind === 'on' ? signal.what : null,
      action: rule?.action ?? null,
      auto: rule?.auto ?? false,
    },
    attempts: before?.attempts ?? 0,
    most: isSending ? mostSends(rule) : null,
    escalatesAt:
      escalatesAfter === null || state === null || state.escalatedAt !== null ? null : state.firstAt + escalatesAfter,
    escalated: (before?.escalatedAt ?? null) !== null,
    dismissed: before !== null && before.dismissed !== null && before.dismissed === before.occasion,
    plan: reacted.act === null ? reacted.plan : { kind: 'due', at: before?.occasionAt ?? 0 },
  };
}
