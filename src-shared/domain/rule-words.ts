// A rule for what happens by itself as a sentence, for people.
import { assertNever } from '../lib/assert-never.ts';
import type { ReactionRule } from './reaction-rule.ts';

/** @param rule complete; empty: nothing happens */
export function ruleWords({ priority, ...rule }: ReactionRule): string {
  return priority === undefined ? whatHappens(rule) : `${whatHappens(rule)} (${priority})`;
}

function whatHappens(rule: ReactionRule): string {
  const { action, threshold } = rule;
  const after = threshold === undefined ? '' : ` after ${threshold}`;
  switch (action) {
    case undefined:
      return 'nothing happens';
    case 'notify':
      return `you are told${after}`;
    case 'auto-merge':
      return `you are told${after}; merging is yours`;
    case 'send-to-agent':
      return rule.auto === false
        ? 'its agent is told only when you say so'
        : `its agent is told${after}${thenYou(rule)}`;
    default:
      return assertNever(action);
  }
}

function thenYou({ retries, escalateAfter }: ReactionRule): string {
  const counts = [retries, escalateAfter].filter((count) => typeof count === 'number');
  const last = typeof escalateAfter === 'string' ? escalateAfter : null;
  if (counts.length === 0) return last === null ? '' : `; you after ${last}`;
  const again = Math.min(...counts);
  const until = again === 0 ? ', once' : again === 1 ? ', once more' : `, again up to ${again} times`;
  return `${until}; then you${last === null ? '' : `, after ${last} at the latest`}`;
}
