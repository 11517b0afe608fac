import { originsOf, wholeRule } from '#shared/domain/reaction.ts';
import { reactionKeys, type Reactions } from '#shared/domain/reaction-rule.ts';
import type { ReactionView, RuleView, SessionReactions } from '#shared/domain/reaction-view.ts';
import type { SessionView } from '#shared/domain/session.ts';

const usual: ReactionView = {
  ...{ key: 'ci-failed', what: '2 checks fail.', action: 'send-to-agent', auto: true, attempts: 1, most: 3 },
  ...{ escalatesAt: null, escalated: false, dismissed: false, plan: { kind: 'rests', why: 'Its agent was told.' } },
};

/** Of a session whose checks fail: one of each kind that its inspector shows. */
export const sampleReactions = (sessions: readonly SessionView[]): readonly SessionReactions[] =>
  sessions
    .filter(({ state }) => state === 'ci-failing')
    .map(({ id, project }) => ({
      ...{ session: id, project, cleanup: null },
      reactions: [
        { ...usual, plan: { kind: 'due', at: Date.now() + 18_000 } },
        {
          ...usual,
          ...{ key: 'changes-requested', what: 'Changes are requested.', attempts: 0, most: null },
          ...{ escalatesAt: Date.now() + 24 * 60_000 },
          plan: { kind: 'held', why: 'Somebody types in its terminal.' },
        },
      ],
    }));

export const sampleMessage = `Checks fail on your pull request #421, at commit 3f9c01d7a2b4.

What the code host says of each follows, each line of it after a ">".

1. A check that failed and is required:
> unit (ubuntu-latest)
> https://ci.example.org/runs/9121`;

const [home, own]: readonly [Reactions, Reactions] = [
  {
    'ci-failed': { retries: 4, message: 'CI is red. Read the log before you change anything.' },
    'report-stale': { action: 'notify' },
    'agent-stuck': { threshold: '20m', priority: 'warning' },
  },
  { 'ci-failed': { auto: false, escalateAfter: '1h' }, 'merge-conflicts': { action: 'notify' } },
];

/** As config.yaml would say them, and one project differently. */
export const sampleRules = (project: string | null): RuleView[] =>
  (project === null ? [null] : [null, project]).flatMap((of) =>
    reactionKeys
      .filter((key) => of === null || own[key] !== undefined)
      .map((key) => {
        const layers = [home, of === null ? {} : own] as const;
        const rule = wholeRule(key, layers);
        return { project: of, key, rule: rule ?? {}, from: rule === null ? {} : { ...originsOf(key, layers) } };
      }),
  );
