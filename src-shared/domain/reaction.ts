// Reactions: what happens by itself when something happens to a session. The rules that are in force, from the defaults, the home and the project.
import type { Priority } from './priority.ts';
import { reactionKeys, type ReactionKey, type ReactionRule, type Reactions } from './reaction-rule.ts';

/** A rule with everything said. Milliseconds. */
export interface RuleInForce {
  readonly action: NonNullable<ReactionRule['action']>;
  /** False: the agent is told nothing by itself. */
  readonly auto: boolean;
  /** Null: that of what is told. */
  readonly priority: Priority | null;
  /** The words before the facts, instead of ours. */
  readonly message: string | null;
  /** How often the agent is told again; null: no limit of that kind. */
  readonly retries: number | null;
  /** The same as a number of `escalateAfter`. */
  readonly escalateAfterTimes: number | null;
  readonly escalateAfterMs: number | null;
  readonly thresholdMs: number | null;
  readonly includeSummary: boolean;
}

/**
 * Source: system.md 4.8. Null: nothing happens unless somebody says so. Nobody is told to go on only because it rests: `agent-idle` waits for
 * `auto: true`.
 */
export const defaultRules: Readonly<Record<ReactionKey, ReactionRule | null>> = {
  'pr-closed': { action: 'notify', priority: 'action' },
  // No `escalateAfter: 2` beside it, which says the same and would hold back whoever writes more `retries`.
  'ci-failed': { action: 'send-to-agent', retries: 2 },
  'changes-requested': { action: 'send-to-agent', escalateAfter: '30m' },
  'bugbot-comments': { action: 'send-to-agent', escalateAfter: '30m' },
  'merge-conflicts': { action: 'send-to-agent', escalateAfter: '15m' },
  'approved-and-green': { auto: false, action: 'notify', priority: 'action' },
  'agent-idle': { auto: false, action: 'send-to-agent', retries: 2, escalateAfter: '15m', threshold: '10m' },
  'agent-stuck': { action: 'notify', priority: 'urgent', threshold: '10m' },
  'agent-needs-input': { action: 'notify', priority: 'urgent' },
  'agent-exited': { action: 'notify', priority: 'urgent' },
  'all-complete': { action: 'notify', priority: 'info', includeSummary: true },
  'report-no-acknowledge': null,
  'report-stale': null,
  'report-needs-input': null,
};

/** Of the whole home, then of the project: each overlays the one before field by field. */
export type RuleLayers = readonly [home: Reactions, project: Reactions];

/** As it would stand in config.yaml if all of it were written there; null: nothing happens. */
export function wholeRule(key: ReactionKey, [home, project]: RuleLayers): ReactionRule | null {
  const whole = { ...defaultRules[key], ...said(home[key]), ...said(project[key]) };
  return whole.action === undefined ? null : whole;
}

/** Null: nothing happens. */
export function ruleInForce(key: ReactionKey, layers: RuleLayers): RuleInForce | null {
  const { action, auto, priority, message, retries, escalateAfter, threshold, includeSummary } =
    wholeRule(key, layers) ?? {};
  if (action === undefined) return null;
  return {
    ...{ action, auto: auto ?? true, priority: priority ?? null, message: message ?? null, retries: retries ?? null },
    escalateAfterTimes: typeof escalateAfter === 'number' ? escalateAfter : null,
    escalateAfterMs: typeof escalateAfter === 'string' ? millisecondsOf(escalateAfter) : null,
    thresholdMs: threshold === undefined ? null : millisecondsOf(threshold),
    includeSummary: includeSummary ?? false,
  };
}

export type RuleOrigin = 'default' | 'global' | 'project';

/** Where each field of a rule comes from. */
export const originsOf = (
  key: ReactionKey,
  [home, project]: RuleLayers,
): Readonly<Partial<Record<keyof ReactionRule, RuleOrigin>>> => ({
  ...from(defaultRules[key] ?? undefined, 'default'),
  ...from(home[key], 'global'),
  ...from(project[key], 'project'),
});

const from = (rule: ReactionRule | undefined, origin: RuleOrigin) =>
  Object.fromEntries(Object.keys(said(rule)).map((field) => [field, origin]));

/** Without what is there and undefined. */
const said = (rule: ReactionRule | undefined): ReactionRule =>
  Object.fromEntries(Object.entries(rule ?? {}).filter(([, value]) => value !== undefined));

const units = { s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Of `90s`, `30m`, `2h`. */
export function millisecondsOf(duration: string): number {
  const unit = duration.at(-1);
  return Number(duration.slice(0, -1)) * (unit === 's' || unit === 'm' || unit === 'h' ? units[unit] : 0);
}

/** How often the agent is told in all before a person is; null: only time decides. */
export function mostSends({ retries, escalateAfterTimes }: RuleInForce): number | null {
  if (retries === null && escalateAfterTimes === null) return null;
  return Math.min(retries ?? Infinity, escalateAfterTimes ?? Infinity) + 1;
}

/** Does it tell the agent by itself? */
export const tellsAgent = (rule: RuleInForce | null): boolean => rule?.action === 'send-to-agent' && rule.auto;

/** Those of a session; the other one is of the home. */
export const sessionReactionKeys = reactionKeys.filter(
  (key): key is Exclude<ReactionKey, 'all-complete'> => key !== 'all-complete',
);
export type SessionReactionKey = (typeof sessionReactionKeys)[number];
