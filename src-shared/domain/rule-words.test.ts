import { expect, it } from 'vitest';
import { wholeRule } from './reaction.ts';
import { reactionKeys, type ReactionRule } from './reaction-rule.ts';
import { ruleWords } from './rule-words.ts';

it('says what happens by each rule as it is by default', () => {
  expect(Object.fromEntries(reactionKeys.map((key) => [key, ruleWords(wholeRule(key, [{}, {}]) ?? {})]))).toEqual({
    'pr-closed': 'you are told (action)',
    'ci-failed': 'its agent is told, again up to 2 times; then you',
    'changes-requested': 'its agent is told; you after 30m',
    'bugbot-comments': 'its agent is told; you after 30m',
    'merge-conflicts': 'its agent is told; you after 15m',
    'approved-and-green': 'you are told (action)',
    'agent-idle': 'its agent is told only when you say so',
    'agent-stuck': 'you are told after 10m (urgent)',
    'agent-needs-input': 'you are told (urgent)',
    'agent-exited': 'you are told (urgent)',
    'all-complete': 'you are told (info)',
    'report-no-acknowledge': 'nothing happens',
    'report-stale': 'nothing happens',
    'report-needs-input': 'nothing happens',
  });
});

it.each<[ReactionRule, string]>([
  [{ action: 'send-to-agent' }, 'its agent is told'],
  [
    { ...wholeRule('agent-idle', [{}, {}]), auto: true },
    'its agent is told after 10m, again up to 2 times; then you, after 15m at the latest',
  ],
  [{ action: 'send-to-agent', retries: 0 }, 'its agent is told, once; then you'],
  [{ action: 'send-to-agent', retries: 5, escalateAfter: 1 }, 'its agent is told, once more; then you'],
  [{ action: 'send-to-agent', threshold: '20m', auto: true }, 'its agent is told after 20m'],
  [{ action: 'auto-merge', priority: 'warning' }, 'you are told; merging is yours (warning)'],
])('%o: %s', (rule, words) => {
  expect(ruleWords(rule)).toBe(words);
});
