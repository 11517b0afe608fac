// What an agent says of itself (`athene report`), and how far that goes beside what its hooks tell. Source: system.md 5.4.
import type { Decision } from './decision.ts';
import type { TurnSoFar } from './turn.ts';

/** Milliseconds for which a report counts that nothing else confirms. */
const reportIsFresh = 5 * 60_000;

/** What an agent reports of itself says why it rests, or what it is at; it never says that it works when its hooks say otherwise. */
export function withReport(
  decided: Decision,
  { report, turn }: TurnSoFar,
  { now, typedAt }: { readonly now: number; readonly typedAt: number | null },
): Decision {
  if (report === null) return decided;
  const { state, note } = report.claim;
  const own = reported[state];
  const because = `It reported: ${state.replaceAll('_', ' ')}${note === null ? '.' : `, "${note}"`}`;
  const isFresh = now - report.at <= reportIsFresh && (typedAt ?? 0) <= report.at;
  if (decided.state === 'working') {
    if (own.state === 'working' && isFresh) return { ...decided, reason: own.reason };
    // It told so from within a turn, whose end is told by hooks; where nobody tells, its own word counts.
    return turn.kind === 'unknown' && isFresh
      ? { ...decided, ...own, because, confidence: 'likely', since: report.at, rule: 'reported' }
      : decided;
  }
  if (decided.state !== 'idle' || own.state === 'working') return decided;
  return turn.kind === 'rests' || isFresh
    ? {
        ...decided,
        ...own,
        because,
        confidence: turn.kind === 'rests' ? 'sure' : 'likely',
        since: report.at,
        rule: 'reported',
      }
    : decided;
}

/** Of system.md 5.4. */
const reported: Readonly<
  Record<NonNullable<TurnSoFar['report']>['claim']['state'], Pick<Decision, 'state' | 'reason' | 'asks'>>
> = {
  started: { state: 'working', reason: 'agent_acknowledged', asks: null },
  working: { state: 'working', reason: 'task_in_progress', asks: null },
  waiting: { state: 'idle', reason: 'awaiting_external_review', asks: null },
  needs_input: { state: 'needs_input', reason: 'awaiting_user_input', asks: 'something' },
  fixing_ci: { state: 'working', reason: 'fixing_ci', asks: null },
  addressing_reviews: { state: 'working', reason: 'resolving_review_comments', asks: null },
  pr_created: { state: 'idle', reason: 'pr_created', asks: null },
  draft_pr_created: { state: 'working', reason: 'task_in_progress', asks: null },
  ready_for_review: { state: 'idle', reason: 'awaiting_external_review', asks: null },
  completed: { state: 'idle', reason: 'research_complete', asks: null },
};
